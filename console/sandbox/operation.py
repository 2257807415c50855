"""One operation of the API: how it is found, who may call it, what it does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import get_annotations
from typing import Any, TypeVar

import msgspec

from console.sandbox.api_errors import ApiError, input_error, not_allowed
from console.sandbox.capabilities import own_capabilities
from console.sandbox.records import CallRecord, User
from console.sandbox.sockets import Sockets
from console.sandbox.timestamps import Form, read_time
from console.sandbox.tokens import AppKeys, Identity
from console.sandbox.world import World

B = TypeVar("B")

STAFF = ("admin", "moderator", "global_admin", "global_moderator")


@dataclass(slots=True)
class Asked:
    """One request, understood as far as every operation needs it.

    Attributes:
        base_url: scheme, host and port under which the client reached the sandbox.
        address: where the request comes from by its X-Forwarded-For; else empty, as everybody is
            on this machine.
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
    address: str
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

    @property
    def is_staff(self) -> bool:
        """Whether the app's server or a member of its staff asks."""
        return self.who.server or (self.caller is not None and self.caller.role in STAFF)

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
        return self.world.state.users[claimed].id if claimed else ""

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
            raise self._refusal(f"{capability} in scope '{self.path['type']}'", "anonymous")

    def need_staff(self, action: str) -> None:
        """Refuse a user who is not staff of the app.

        Raises:
            ApiError: 403 code 17.
        """
        if not self.is_staff:
            raise self._refusal(action, "")

    def _refusal(self, action: str, no_role: str) -> ApiError:
        role = self.caller.role if self.caller else no_role
        who = f"User '{self.who.user_id}' with role '{role}'"
        return not_allowed(f"{who} is not allowed to perform action {action}")


Handler = Callable[..., Awaitable[dict[str, Any] | None]]
"""Takes a request, and its body as a second argument where it names a type for one."""


@dataclass(slots=True, frozen=True)
class Operation:
    """One endpoint.

    Attributes:
        name: Stream's operation name, as error messages and rate limits use it.
        route: method and path below ``root`` and the family's own root, with ``{name}`` parts.
        capability: what a user token needs in the call of the path.
        staff: the action that only staff of the app may perform here; empty lets everybody in.
        family: ``video`` (under /video and /api/v2/video), ``v2`` (under /api/v2 only),
            ``chat`` (under the host itself and /api/v2/chat) or ``both``.
        side: ``both``, ``server`` (server tokens only), ``client``, or ``public`` (no token).
    """

    name: str
    route: str
    handle: Handler
    capability: str = ""
    staff: str = ""
    root: str = ""
    family: str = "video"
    side: str = "both"

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.root + self.route.partition(" ")[2]

    async def answer(self, asked: Asked) -> dict[str, Any]:
        """Decode the body as the type the handler's second parameter has, if any, and answer.

        Raises:
            ApiError: 400, the body does not fit; whatever the handler raises.
        """
        _, *body, _ = get_annotations(self.handle).values()
        return await self.handle(asked, *map(asked.body, body)) or {}


def time_of(name: str, value: str | int | float | None) -> float | None:
    """The time that a request gives as ``name``, in unix seconds.

    Raises:
        ApiError: 400, it is not readable.
    """
    try:
        return read_time(value)
    except ValueError:
        raise input_error(f"{name} is not a readable date") from None


def _decode(data: bytes, kind: type[B]) -> B:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise input_error(f"invalid request: {error}") from error
    except RecursionError:
        raise input_error("invalid request: nested too deeply") from None
