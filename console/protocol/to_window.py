"""What the engine sends to the window."""

from enum import StrEnum
from typing import Any, get_args

from msgspec import Struct

from console.base.percentiles import Percentiles
from console.domain.call import Call, Participant
from console.domain.phase import Phase
from console.domain.raised import RaisedCounts
from console.domain.sign_in import Method
from console.domain.verdict import JudgedItem, Verdict
from console.protocol.acts import ActsChanged
from console.protocol.app_wide import BannedAnswer, UserBlocksAnswer
from console.protocol.ask import Answer, Ask
from console.protocol.automation import AutomationNumbers, AutomationToWindow
from console.protocol.chat import OlderMessages
from console.protocol.connection import ConnectionTested
from console.protocol.door import DoorSet
from console.protocol.evidence import EvidenceToWindow
from console.protocol.frames import (
    AvatarAnswer,
    FramesSeen,
    FreshFrameAnswer,
    PictureAnswer,
    PicturesWithheld,
)
from console.protocol.handover import Handover
from console.protocol.lab import LabToWindow
from console.protocol.lab_runs import RunToWindow
from console.protocol.lab_stream import StreamToWindow
from console.protocol.label_fits import FitsToWindow
from console.protocol.labels import LabelsToWindow
from console.protocol.listening import ListeningToWindow
from console.protocol.members import MembersAnswer
from console.protocol.past import PastToWindow
from console.protocol.people import (
    NotesChanged,
    PersonCard,
    PersonSessionLines,
    Remembered,
    WatchedChanged,
)
from console.protocol.push import Merge, Push
from console.protocol.raid import RaidAnswer
from console.protocol.raised import Around, Decided, RaisedChanged
from console.protocol.requests import RequestsChanged
from console.protocol.retention import ErasePreview, PersonErased, Retention
from console.protocol.review import QueueToWindow
from console.protocol.sanctions import SanctionAnswer, SanctionCounts, SanctionsChanged
from console.protocol.search import SearchToWindow
from console.protocol.stream_rules import StreamRulesToWindow
from console.protocol.suspensions import SuspensionAnswer
from console.protocol.team import TeamChanged, TeamTold

VERSION = 3


class Hello(Struct, frozen=True, tag="hello"):
    """First message of an engine. The window refuses another ``version``."""

    version: int
    pid: int


class EngineState(Struct, frozen=True, tag="engine_state"):
    """Phase changes (docs/PHASES.md). ``sentence`` and ``advice`` are for the person at the screen.

    Attributes:
        retry_at: unix seconds at which the next attempt begins, 0.0 for none.
        directory_complete: all pages of active calls were read and are watched.
        heard_until: unix seconds up to which the calls were heard; 0.0 while they are heard, and
            before they were for the first time.
        token_ends_at: unix seconds at which the token of this sign-in ends; 0.0 when it does not.
    """

    phase: Phase
    sentence: str = ""
    advice: str = ""
    retry_at: float = 0.0
    method: Method | None = None
    user_id: str = ""
    profile: str = ""
    directory_complete: bool = False
    heard_until: float = 0.0
    token_ends_at: float = 0.0


class StoreState(Struct, frozen=True, tag="store_state"):
    """Whether the store can be written. ``damage``: what is wrong with it; empty when all is well.

    ``advice`` is what can be done.
    """

    damage: str = ""
    advice: str = ""


class CallsChanged(Push, frozen=True, tag="calls_changed"):
    """Calls that appeared or changed, and cids that are over. ``whole``: forget all others."""

    merge = Merge("changed", key=lambda call: call.cid, removed="removed")

    changed: tuple[Call, ...] = ()
    removed: tuple[str, ...] = ()
    whole: bool = False


class ParticipantsChanged(Push, frozen=True, tag="participants_changed"):
    """People of the focused call. ``left`` holds user_session_ids; ``whole``: forget all others.

    People who are not in the session but matter (blocked, banned, spoke before they left) come
    with an empty ``user_session_id``.
    """

    merge = Merge("changed", key=lambda person: person.key, removed="left", apart=("cid",))

    cid: str
    session_id: str
    changed: tuple[Participant, ...] = ()
    left: tuple[str, ...] = ()
    whole: bool = False


class Heard(Push, frozen=True, tag="heard"):
    """New or revised items, each with the local verdict on it if there is one.

    ``replay``: items from the store, of before this engine ran; not to be counted as new.
    ``older``: of these, chat messages that somebody asked for, older than all that was shown.
    """

    merge = Merge(
        "items",
        # A mark comes without the verdicts, so it must not take the place of what they came with.
        key=lambda judged: (judged.item.item_id, judged.marks_only),
        apart=("replay", "older"),
        limit=20_000,
        size=lambda judged: len(judged.item.text) + 200,
        split_at=1_000_000,  # code points of text: 16 MiB a line is the protocol's limit
    )

    items: tuple[JudgedItem, ...] = ()
    replay: bool = False
    older: bool = False


class Judged(Push, frozen=True, tag="judged"):
    """Deciding verdicts."""

    merge = Merge("verdicts", key=lambda verdict: (verdict.item_id, verdict.source))

    verdicts: tuple[Verdict, ...]


class Gap(Struct, frozen=True, tag="gap"):
    """Nothing of these calls could be heard from ``since`` to ``until`` (unix seconds).

    ``partly``: some of it could; the reason says what could not.
    """

    cids: tuple[str, ...]
    since: float
    until: float
    reason: str
    partly: bool = False


class NoticeKind(StrEnum):
    """What happened in a call that is not speech."""

    JOINED = "joined"
    LEFT = "left"
    MUTED = "muted"
    KICKED = "kicked"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    BANNED = "banned"
    UNBANNED = "unbanned"
    PERMISSIONS = "permissions"
    ASKED = "asked"
    WARNING = "warning"
    BLUR = "blur"
    CAPTIONS = "captions"
    LIVE = "live"
    ENDED = "ended"
    UPDATED = "updated"
    MEDIA = "media"
    """Sound or pictures of somebody cannot be heard or seen here."""


class Notice(Struct, frozen=True, kw_only=True):
    """One event of a call, whoever caused it: us, a colleague, Stream's rules, the person.

    Attributes:
        user_ids: whom it concerns. actor_id: who did it; empty when Stream gives none.
        text: a plain sentence without markup; may hold hostile names.
        act_id: our act that this event confirms, if any.
    """

    cid: str
    at: float
    kind: NoticeKind
    text: str
    user_ids: tuple[str, ...] = ()
    actor_id: str = ""
    act_id: str = ""


class Noticed(Push, frozen=True, tag="noticed"):
    """Call events for transcript and act log."""

    merge = Merge("notices", limit=5_000)

    notices: tuple[Notice, ...]


class Problem(Push, frozen=True, tag="problem", kw_only=True):
    """Something malformed or refused that did not stop the work.

    ``place`` says where (``event call.closed_caption``, ``policy default.toml:12``), ``count``
    how many of the same since the start.
    """

    merge = Merge(apart=("place", "sentence"))

    place: str
    sentence: str
    at: float
    count: int = 1


class Pulse(Push, frozen=True, tag="pulse", kw_only=True):
    """The engine's numbers, once a second.

    Attributes:
        heard, judged: since the sign-in. messages: chat messages among what was heard.
        duplicates: captions dropped as known. malformed: events that could not be decoded.
        waiting: lines without their deciding verdict.
        oldest_waiting_ms: how long the longest-waiting line has waited.
        checks_in_flight: requests under way. limited_until: unix seconds until which Stream asked
            us to hold back, 0.0 when not.
        retried: repeated requests. given_up: lines judged only locally because Stream refused
            for good.
        acts_pending: acts that are not settled.
        disagreements: lines that the local policy and Stream judged differently.
        skipped_models: lines no local model looked at, because too many came at once.
        lines_unwritten, receipts_unwritten: what waits in memory for a store that takes nothing.
        lines_lost, receipts_lost: what will never be on disk.
        audit_unwritten: rows of the log of what was done that wait for the store. audit_lost: those
            that will never be there.
        names_judged: names of people that were judged. names_left: names of which Stream was not
            asked, because too many came at once.
        frames_judged: frames of cameras and screens that were looked at and judged by the policy.
        pictures_waiting: pictures that wait to be looked at. pictures_unreadable: those that nobody
            could look at. pictures_shed: those left out because there were too many.
        webhooks_taken: webhooks of Stream that were taken. webhooks_refused: requests that were
            turned away there, forged ones among them. webhooks_doubled: those that came before.
        chat_lost_since: unix seconds since when chat messages do not arrive; 0.0 while they can.
        spoken_to_decoded, received_to_judged: delays of items over the last minute, in ms.
        desk: what became of the raised items, all that the store knows of this app.
        automation: what rules proposed and did since the sign-in.
        rss_mb: this process's memory.
    """

    at: float
    heard: int = 0
    messages: int = 0
    judged: int = 0
    duplicates: int = 0
    malformed: int = 0
    waiting: int = 0
    oldest_waiting_ms: float = 0.0
    checks_in_flight: int = 0
    limited_until: float = 0.0
    retried: int = 0
    given_up: int = 0
    acts_pending: int = 0
    disagreements: int = 0
    skipped_models: int = 0
    names_judged: int = 0
    names_left: int = 0
    frames_judged: int = 0
    pictures_waiting: int = 0
    pictures_unreadable: int = 0
    pictures_shed: int = 0
    webhooks_taken: int = 0
    webhooks_refused: int = 0
    webhooks_doubled: int = 0
    chat_lost_since: float = 0.0
    lines_unwritten: int = 0
    receipts_unwritten: int = 0
    lines_lost: int = 0
    receipts_lost: int = 0
    audit_unwritten: int = 0
    audit_lost: int = 0
    spoken_to_decoded: Percentiles = Percentiles()
    received_to_judged: Percentiles = Percentiles()
    desk: RaisedCounts = RaisedCounts()
    automation: AutomationNumbers = AutomationNumbers()
    sanctions: SanctionCounts = SanctionCounts()
    rss_mb: float = 0.0


ToWindow = (
    Hello
    | EngineState
    | StoreState
    | ConnectionTested
    | CallsChanged
    | ParticipantsChanged
    | Heard
    | Judged
    | Gap
    | Noticed
    | RaisedChanged
    | Decided
    | Around
    | ActsChanged
    | RequestsChanged
    | AutomationToWindow
    | SanctionsChanged
    | SanctionAnswer
    | StreamRulesToWindow
    | PersonCard
    | SuspensionAnswer
    | MembersAnswer
    | DoorSet
    | RaidAnswer
    | BannedAnswer
    | UserBlocksAnswer
    | PersonSessionLines
    | PastToWindow
    | EvidenceToWindow
    | SearchToWindow
    | Remembered
    | WatchedChanged
    | NotesChanged
    | TeamChanged
    | TeamTold
    | Handover
    | Retention
    | ErasePreview
    | PersonErased
    | LabelsToWindow
    | FitsToWindow
    | ListeningToWindow
    | FramesSeen
    | PicturesWithheld
    | PictureAnswer
    | FreshFrameAnswer
    | AvatarAnswer
    | OlderMessages
    | Problem
    | Pulse
    | QueueToWindow
    | LabToWindow
    | RunToWindow
    | StreamToWindow
)

_ANSWERS: dict[type[Ask], type[ToWindow]] = {
    question: answer
    for answer in get_args(ToWindow)
    if issubclass(answer, Answer)
    for question in answer.asks
}


def refusal(question: Ask, sentence: str, advice: str = "") -> ToWindow:
    """The answer to ``question`` that says only why there is no other."""
    answer: Any = _ANSWERS[type(question)]
    refused: ToWindow = answer(question.request_id, sentence=sentence, advice=advice)
    return refused
