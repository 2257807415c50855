"""When an event told last what somebody may do in a call, in bounded memory."""

from collections import OrderedDict

from console.engine.services.service import Received
from console.engine.wire.events import PermissionsUpdated

MOST_REMEMBERED = 10_000


class LastPermitted:
    """Times are unix seconds of this machine's clock; people forgotten count as never told."""

    def __init__(self) -> None:
        self._at: OrderedDict[tuple[str, str], float] = OrderedDict()

    def note(self, received: Received) -> None:
        """Every event; most say nothing of it."""
        event = received.event
        if isinstance(event, PermissionsUpdated):
            key = event.call_cid, event.user.id
            self._at[key] = received.at
            self._at.move_to_end(key)
            if len(self._at) > MOST_REMEMBERED:
                self._at.popitem(last=False)

    def since(self, cid: str, user_id: str, at: float) -> bool:
        """Whether an event told it at ``at`` or later."""
        return self._at.get((cid, user_id), 0.0) >= at
