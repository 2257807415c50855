"""What the window asks of the engine."""

from msgspec import Struct

from console.protocol.acts import LeaveAct, RequestAct, RetryAct
from console.protocol.app_wide import AskBanned, AskUserBlocks, ChangeUserBlock
from console.protocol.audit import NoteExport, NoteSetting
from console.protocol.automation import AutomationToEngine
from console.protocol.chat import AskOlderMessages
from console.protocol.connection import NewStore, SignIn, SignOut, TestConnection, TryNow
from console.protocol.door import SetDoor
from console.protocol.evidence import EvidenceToEngine
from console.protocol.frames import AskAvatar, AskFreshFrame, AskPicture
from console.protocol.handover import AskHandover
from console.protocol.lab import LabToEngine
from console.protocol.lab_runs import RunToEngine
from console.protocol.lab_stream import StreamToEngine
from console.protocol.label_fits import FitsToEngine
from console.protocol.labels import LabelsToEngine
from console.protocol.lines import ReturnLines
from console.protocol.listening import ListeningToEngine
from console.protocol.members import AskMembers
from console.protocol.past import PastToEngine
from console.protocol.people import (
    AskPerson,
    AskPersonSession,
    RemoveNote,
    WatchPerson,
    WriteNote,
)
from console.protocol.raid import AskRaid
from console.protocol.raised import AskAround, Decide, UndoDecision
from console.protocol.requests import RestoreRequests
from console.protocol.retention import AskErase, AskRetention, ErasePerson, SetRetention
from console.protocol.review import QueueToEngine
from console.protocol.sanctions import LiftSanction, LiftSanctions, TimeSanction
from console.protocol.search import SearchToEngine
from console.protocol.stream_rules import StreamRulesToEngine
from console.protocol.suspensions import AskSuspension


class Focus(Struct, frozen=True, tag="focus"):
    """The call whose people the window shows; empty for none."""

    cid: str


class ClearProblems(Struct, frozen=True, tag="clear_problems"):
    """The problems so far were seen: count each kind from nothing again."""


class Shutdown(Struct, frozen=True, tag="shutdown"):
    """Finish what is under way, at most a few seconds, and exit 0."""


ToEngine = (
    SignIn
    | SignOut
    | TryNow
    | NewStore
    | TestConnection
    | Focus
    | AskPerson
    | AskPersonSession
    | PastToEngine
    | EvidenceToEngine
    | SearchToEngine
    | WriteNote
    | RemoveNote
    | WatchPerson
    | AskRetention
    | SetRetention
    | AskErase
    | ErasePerson
    | NoteExport
    | NoteSetting
    | AskHandover
    | RequestAct
    | RetryAct
    | LeaveAct
    | Decide
    | UndoDecision
    | AskAround
    | RestoreRequests
    | AskSuspension
    | AskMembers
    | LiftSanction
    | LiftSanctions
    | TimeSanction
    | SetDoor
    | AskRaid
    | AskBanned
    | AskUserBlocks
    | ChangeUserBlock
    | ReturnLines
    | LabelsToEngine
    | FitsToEngine
    | ListeningToEngine
    | AskPicture
    | AskFreshFrame
    | AskAvatar
    | AskOlderMessages
    | AutomationToEngine
    | StreamRulesToEngine
    | ClearProblems
    | Shutdown
    | QueueToEngine
    | LabToEngine
    | RunToEngine
    | StreamToEngine
)
