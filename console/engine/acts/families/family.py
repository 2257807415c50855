"""What every family of acts says of itself towards Stream."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from msgspec import Struct

from console.domain.acts.spec import ActSpec
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event

NOBODY: frozenset[str] = frozenset()


class ActRequest(Struct, frozen=True, kw_only=True):
    """One request of the API.

    Attributes:
        targets: the people it is about, or WHOLE_CALL alone.
    """

    path: str
    targets: tuple[str, ...]
    body: dict[str, Any] | None = None
    query: dict[str, str] | None = None
    method: str = "POST"


class Family(ABC):
    """One family of acts. ``acts`` are its rows in the table, ``proofs`` the events it looks at.

    Attributes:
        one_event_one_act: its event fits several acts, but is the proof of one only.
        proven_by_resending: Stream has no state to look at; sent again, the act makes its event
            again.
    """

    acts: ClassVar[tuple[ActSpec, ...]]
    proofs: ClassVar[tuple[type[Event], ...]] = ()
    one_event_one_act: ClassVar[bool] = False
    proven_by_resending: ClassVar[bool] = False

    @abstractmethod
    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        """The requests that do the act to those who are ``left``, of whom there is one at least.

        Args:
            actor: whom to name as who acts; empty with a user token, which acts for itself.
        """

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        """The people for whom ``event`` shows that the act is done; others are ignored.

        Args:
            event: one of ``proofs``; an event of a call is of the act's call.
            me: user id of whoever acts.
        """
        return NOBODY

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        """Those who are ``left`` for whom a look at Stream's state shows that the act is done.

        Raises:
            StreamRefusedError, MalformedAnswerError, msgspec.ValidationError: it shows nothing.
        """
        return NOBODY


def fields(**given: Any) -> dict[str, Any]:
    """The body of a request, without what is None or empty."""
    return {name: value for name, value in given.items() if value not in (None, "", (), [])}
