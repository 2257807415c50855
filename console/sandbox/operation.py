"""One operation of the API: how it is found, who may call it, what it does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.capabilities import own_capabilities
from console.sandbox.records import CallRecord, User
from console.sandbox.sockets import Sockets
from console.sandbox.timestamps import Form
from console.sandbox.tokens import AppKeys, Identity
from console.sandbox.world import World

B = TypeVar("B")


@dataclass(slots=True)
class Asked:
    """One request, understood as far as every operation needs it.

    Attributes:
        base_url: scheme, host and port under which the client reached the sandbox.
    """

    world: World
    sockets: Sockets
    who: Identity
    form: Form
    path: dict[str, str]
    query: dict[str, str]
    raw: bytes
    keys: AppKeys
    base_url: str
    rate_limit_table: Callable[[str], dict[str, object]]

    @property
    def cid(self) -> str:
        return f"{self.path['type']}:{self.path['id']}"

    @property
    def call(self) -> CallRecord:
        """The call of the path.

        Raises:
            ApiError: 404.
        """
        return self.world.state.call(self.cid)

    @property
    def caller(self) -> User | None:
        """The user of a user token; None for the app's server."""
        return self.world.state.users.get(self.who.user_id)

    def body(self, kind: type[B]) -> B:
        """The body as ``kind``; an empty one counts as ``{}``.

        Raises:
            ApiError: 400, it does not fit.
        """
        return _decode(self.raw or b"{}", kind)

    def payload(self, kind: type[B]) -> B:
        """The JSON of the ``payload`` query parameter as ``kind``."""
        return _decode(self.query.get("payload", "{}").encode(), kind)

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number of the query string between 0 and ``most``.

        Raises:
            ApiError: 400.
        """
        text = self.query.get(name, "")
        if not text:
            return default
        if not text.isdecimal() or int(text) > most:
            raise input_error(f"{name} must be a number between 0 and {most}")
        return int(text)

    def actor(self, claimed: str | None = None) -> str:
        """The id of who acts: the token's user, or the one that the app's server names; else empty.

        Raises:
            ApiError: 404, the named user does not exist.
        """
        if not self.who.server:
            return self.who.user_id
        return self.world.state.user(claimed).id if claimed else ""

    def named_actor(self, claimed: str | None) -> str:
        """As :meth:`actor`, of an operation that somebody has to stand for.

        Raises:
            ApiError: 400, the app's server names no user; 404, the named user does not exist.
        """
        by = self.actor(claimed)
        if not by:
            raise input_error("user_id or user is required for server-side requests")
        return by

    def own_capabilities(self, call: CallRecord) -> list[str]:
        """What the caller may do in ``call``; the app's server may do everything."""
        user = self.caller
        if user is None:
            grants = self.world.state.grants_of(call)
            return sorted(grants.get("admin", frozenset()))
        role = self.who.call_roles.get(call.cid, "")
        return sorted(
            own_capabilities(self.world.state.grants_of(call), call, user, call_role=role)
        )

    def need(self, capability: str) -> None:
        """Refuse a user who lacks ``capability`` in the call of the path.

        Raises:
            ApiError: 403 code 17.
        """
        if not self.who.server and capability not in self.own_capabilities(self.call):
            raise not_allowed(
                f"User '{self.who.user_id}' with role '{_role(self.caller)}' is not allowed to "
                f"perform action {capability} in scope '{self.path['type']}'"
            )


Handler = Callable[[Asked], Awaitable[dict[str, Any]]]


@dataclass(slots=True, frozen=True)
class Operation:
    """One endpoint.

    Attributes:
        name: Stream's operation name, as error messages and rate limits use it.
        family: ``video`` (under /video and /api/v2/video), ``v2`` (under /api/v2 only),
            ``chat`` (under the host itself and /api/v2/chat) or ``both``.
        path: below the family's root, with ``{name}`` parts.
        side: ``both``, ``server`` (server tokens only), ``client``, or ``public`` (no token).
        capability: what a user token needs in the call of the path.
    """

    name: str
    method: str
    path: str
    handle: Handler
    family: str = "video"
    side: str = "both"
    capability: str = ""


class Operations(list[Operation]):
    """A subject's endpoints, collected by decorating their handlers."""

    def add(
        self,
        name: str,
        method: str,
        path: str,
        *,
        family: str = "video",
        side: str = "both",
        capability: str = "",
    ) -> Callable[[Handler], Handler]:
        def keep(handle: Handler) -> Handler:
            self.append(Operation(name, method, path, handle, family, side, capability))
            return handle

        return keep


def _decode(data: bytes, kind: type[B]) -> B:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise input_error(f"invalid request: {error}") from error


def _role(user: User | None) -> str:
    return user.role if user else "anonymous"
