"""Permission requests: what people ask of the moderators of their call."""

from msgspec import Struct

from console.protocol.push import Merge, Push


class OpenRequest(Struct, frozen=True, kw_only=True):
    """What one person asks for in one call, all of it together. ``name`` is hostile.

    Attributes:
        since: when they asked first (unix seconds).
        doubtful: events were missed since then, so it may be answered already.
    """

    cid: str
    user_id: str
    name: str
    permissions: tuple[str, ...]
    since: float
    doubtful: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells requests apart: the call and the person."""
        return self.cid, self.user_id


class RequestsChanged(Push, frozen=True, tag="requests_changed"):
    """Open requests of all calls.

    Attributes:
        closed: keys of requests that were answered by anybody, or whose person or call is gone.
        whole: there are no others.
        known_since: requests made before are not known (unix seconds); 0.0 without a connection.
    """

    merge = Merge("changed", key=lambda request: request.key, removed="closed")

    changed: tuple[OpenRequest, ...] = ()
    closed: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    known_since: float = 0.0


class RestoreRequests(Struct, frozen=True, tag="restore_requests"):
    """What was open when an earlier engine ended; Stream does not list open requests."""

    requests: tuple[OpenRequest, ...]
