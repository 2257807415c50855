"""What the window asks of the engine."""

from msgspec import Struct

from console.domain.act import Act
from console.domain.sign_in import Profile
from console.protocol.ask import Ask
from console.protocol.lab import LabToEngine
from console.protocol.lab_runs import RunToEngine
from console.protocol.lab_stream import StreamToEngine
from console.protocol.requests import RestoreRequests


class SignIn(Struct, frozen=True, tag="sign_in"):
    """Leave any current session and sign in. ``secret`` is an app secret or a user token."""

    profile: Profile
    secret: str

    def __repr__(self) -> str:  # so that no log or traceback shows the secret
        return f"SignIn({self.profile.name!r})"


class SignOut(Struct, frozen=True, tag="sign_out"):
    """Close the socket, keep the store."""


class TestConnection(Ask, frozen=True, tag="test_connection"):
    """Try a profile without using it; answered by ConnectionTested."""

    repeatable = False

    __test__ = False  # pytest would take it for a test class

    profile: Profile
    secret: str

    def __repr__(self) -> str:
        return f"TestConnection({self.profile.name!r})"


class Focus(Struct, frozen=True, tag="focus"):
    """The call whose people the window shows; empty for none."""

    cid: str


class AskPerson(Ask, frozen=True, tag="ask_person"):
    """Wanted: the card of this person in this call; answered by PersonCard."""

    cid: str
    user_id: str


class RequestAct(Struct, frozen=True, tag="request_act"):
    """Put an act in the outbox. The same act_id again changes nothing."""

    act: Act


class RetryAct(Struct, frozen=True, tag="retry_act"):
    """Send a failed or unconfirmed act once more."""

    act_id: str


class Shutdown(Struct, frozen=True, tag="shutdown"):
    """Finish what is under way, at most a few seconds, and exit 0."""


ToEngine = (
    SignIn
    | SignOut
    | TestConnection
    | Focus
    | AskPerson
    | RequestAct
    | RetryAct
    | RestoreRequests
    | Shutdown
    | LabToEngine
    | RunToEngine
    | StreamToEngine
)
