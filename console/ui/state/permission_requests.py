"""Open permission requests of all calls, as the engine knows them."""

from console.protocol.requests import OpenRequest, RequestsChanged


class OpenRequests:
    """Requests by call and person.

    Attributes:
        known_since: as in RequestsChanged.
    """

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], OpenRequest] = {}
        self.known_since = 0.0

    def __len__(self) -> int:
        return len(self._open)

    def apply(self, change: RequestsChanged) -> None:
        """Fold in what the engine says."""
        if change.whole:
            self._open.clear()
        for key in change.closed:
            self._open.pop(key, None)
        self._open |= {request.key: request for request in change.changed}
        self.known_since = change.known_since

    def all(self) -> tuple[OpenRequest, ...]:
        """Every open request, whoever waits longest first."""
        return tuple(sorted(self._open.values(), key=lambda request: request.since))

    def find(self, cid: str, user_id: str) -> OpenRequest | None:
        """What a person asks for in a call."""
        return self._open.get((cid, user_id))

    def count(self, cid: str) -> int:
        """How many are open in ``cid``; in all calls for ""."""
        return sum(1 for key in self._open if cid in ("", key[0]))

    def clear(self) -> None:
        """Forget all."""
        self._open.clear()
