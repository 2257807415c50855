"""What every family of acts says of itself towards Stream."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, TypeAlias

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.spec import ActSpec
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, User
from console.engine.wire.refusals import StreamRefusedError

People: TypeAlias = frozenset[str]
"""User ids, or WHOLE_CALL alone."""

NOBODY: People = frozenset()


class ActRequest(Struct, frozen=True):
    """One request to the API.

    Attributes:
        targets: the people for whom it decides whether the act was done, or WHOLE_CALL alone;
            empty for what only goes with the act.
    """

    path: str
    targets: tuple[str, ...]
    body: dict[str, Any] | None = None
    query: dict[str, str] | None = None
    method: str = "POST"


class Look(Struct, frozen=True):
    """What Stream's state says of an act that was sent. Whom no field names it says nothing of.

    Attributes:
        done: for them it is done.
        not_done: for them it was not done; nobody can have taken it back.
        absent: its effect is not there. It was not done, or somebody took it back since.
        refused: for them Stream's task ended with a refusal, whose words are the value.
        task: how far Stream's task is; empty where there is none.
        clash: what somebody else did at the same moment, one sentence; "" where nobody did.
    """

    done: People = NOBODY
    not_done: People = NOBODY
    absent: People = NOBODY
    refused: Mapping[str, str] = MappingProxyType({})
    task: str = ""
    clash: str = ""


class RepeatRule(Struct, frozen=True):
    """Whether acts of a family may be done again; each a part of docs/ARCHITECTURE.md's table.

    Attributes:
        harm: whom a repeat would harm; empty where it is harmless.
        looked_at: what of Stream's state shows that it was done.
        not_done: what shows that it was not, so that it may be sent again without asking.
        unseen: one sentence for the moderator, when neither can be seen.
    """

    harm: str
    looked_at: str
    not_done: str
    unseen: str


class Family:
    """One family of acts.

    Attributes:
        acts: its rows in the table.
        proofs: for each kind, the events that show that it is done.
        repeat: whether its acts may be done again.
        one_event_one_act: its event fits several acts, but is the proof of one only.
        looked_at_once: no event shows it, so Stream's state is looked at as soon as it is accepted.
    """

    acts: ClassVar[tuple[ActSpec, ...]]
    proofs: ClassVar[Mapping[str, tuple[type[Event], ...]]]
    repeat: ClassVar[RepeatRule]
    one_event_one_act: ClassVar[bool] = False
    looked_at_once: ClassVar[bool] = False

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        """The request that does ``act`` to one person or to the whole call, one by one.

        ``actor``: whom to name as who acts; empty with a user token, which acts for itself.
        """
        raise NotImplementedError

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        """The requests that do the act to those who are ``left``, of whom there is one at least."""
        return [self.request(entry.act, target, actor) for target in left]

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        """For whom ``event``, one of the act's proofs and of its call, shows that it is done.

        ``me``: user id of whoever acts. People who are no targets are ignored.
        """
        user = getattr(event, "user", None)
        return frozenset((user.id,)) if isinstance(user, User) else NOBODY

    async def overtaken(self, entry: Entry, stream: ActsGateway) -> str:
        """What somebody else did that whoever wanted this act did not know; "" where nothing.

        Asked right before it is sent; where there is something, it is not sent.

        Raises:
            StreamRefusedError: it cannot be seen now.
        """
        return ""

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        """What Stream's state says of those who are ``left``. It changes nothing.

        Raises:
            StreamRefusedError, MalformedAnswerError, msgspec.ValidationError: it shows nothing.
        """
        raise NotImplementedError


def unsent(error: StreamRefusedError) -> StreamRefusedError:
    """``error`` of a look before an act was sent: whatever it says, nothing was done."""
    return StreamRefusedError(
        error.sentence, error.advice, retryable=error.retryable, may_be_done=False
    )


def fields(**given: Any) -> dict[str, Any]:
    """The body of a request, without what is None or empty."""
    return {name: value for name, value in given.items() if value not in (None, "", (), [])}
