"""What every family of acts says of itself towards Stream."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.spec import ActSpec
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, User

People: TypeAlias = frozenset[str]
"""User ids, or WHOLE_CALL alone."""

NOBODY: People = frozenset()


class ActRequest(Struct, frozen=True):
    """One POST to the API.

    Attributes:
        targets: the people it is about, or WHOLE_CALL alone.
    """

    path: str
    targets: tuple[str, ...]
    body: dict[str, Any] | None = None
    query: dict[str, str] | None = None


class Family:
    """One family of acts.

    Attributes:
        acts: its rows in the table.
        proofs: for each kind, the events that show that it is done.
        one_event_one_act: its event fits several acts, but is the proof of one only.
        proven_by_resending: Stream has no state to look at; sent again, the act makes its event
            again.
    """

    acts: ClassVar[tuple[ActSpec, ...]]
    proofs: ClassVar[Mapping[str, tuple[type[Event], ...]]]
    one_event_one_act: ClassVar[bool] = False
    proven_by_resending: ClassVar[bool] = False

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

    async def shown_by_state(self, entry: Entry, left: People, stream: ActsGateway) -> People:
        """Those who are ``left`` for whom a look at Stream's state shows that the act is done.

        Raises:
            StreamRefusedError, MalformedAnswerError, msgspec.ValidationError: it shows nothing.
        """
        return NOBODY


def fields(**given: Any) -> dict[str, Any]:
    """The body of a request, without what is None or empty."""
    return {name: value for name, value in given.items() if value not in (None, "", (), [])}
