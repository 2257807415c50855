"""The coordinator WebSocket (STREAM.md 2.1 to 2.3), on both of its paths."""

import asyncio
import logging
from typing import Any

import msgspec
from msgspec import Struct
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from console.base.tasks import Tasks
from console.sandbox import api_errors, wire
from console.sandbox.api_errors import ApiError
from console.sandbox.records import User
from console.sandbox.request_handler import address_of, apply_fault
from console.sandbox.sockets import Connection, Sockets
from console.sandbox.timestamps import Form, Stamp, encode
from console.sandbox.tokens import AppKeys, check_key, identify, refuse_revoked
from console.sandbox.world import World

log = logging.getLogger(__name__)

FIRST_FRAME = 15.0
"""Seconds a client has for its first frame; clients wait as long for the answer."""
REFUSED = 4001
CHAT_PATH = "/connect"
"""Where clients of chat alone connect."""


class UserDetails(Struct):
    """Who connects, as they would like to be shown."""

    id: str
    name: str | None = None
    image: str | None = None
    language: str | None = None
    custom: dict[str, Any] | None = None


class Hello(Struct):
    """The first frame of a client (WSAuthMessage)."""

    token: str
    user_details: UserDetails
    products: list[str] | None = None


class ChatHello(Struct):
    """What a client of chat says of itself in the address."""

    user_details: UserDetails


class Ping(Struct):
    """A health check of a client."""

    type: str = ""


class Coordinator:
    """Serves the sockets of one app.

    Attributes:
        ping_every: seconds between unprompted health checks; whether production sends any is not
            known (?), clients must stand either way.
    """

    def __init__(
        self, world: World, sockets: Sockets, keys: AppKeys, *, ping_every: float = 25.0
    ) -> None:
        self._world = world
        self._sockets = sockets
        self._keys = keys
        self.ping_every = ping_every

    async def serve(self, socket: WebSocket) -> None:
        """One socket, from its first frame to its end."""
        form = Form.NANOSECONDS if socket.url.path.startswith("/api/v2/") else Form.RFC3339
        await socket.accept()
        old = socket.url.path == CHAT_PATH
        try:
            user, products = await (self._greet_by_address if old else self._greet)(socket)
        except ApiError as error:
            await self._refuse(socket, error, form)
            return
        except (WebSocketDisconnect, TimeoutError, RuntimeError):
            await _close(socket, REFUSED)
            return
        connection = self._sockets.open(user, form, products)
        tasks = Tasks()
        try:
            ok = {
                "type": "health.check" if old else "connection.ok",
                "connection_id": connection.id,
                **({"cid": "*"} if old else {}),
                "created_at": Stamp(self._world.state.now()),
                "me": wire.own_user(user, self._world.accounts.mutes_of(user.id)),
            }
            await socket.send_text(encode(ok, form).decode())
            sending = tasks.spawn(self._send(socket, connection), name="socket out")
            receiving = tasks.spawn(self._receive(socket, connection), name="socket in")
            await asyncio.wait(
                (sending, receiving, connection.closing), return_when=asyncio.FIRST_COMPLETED
            )
        except (WebSocketDisconnect, RuntimeError):
            log.debug("a socket closed while it was greeted")
        finally:
            self._sockets.forget(connection)
            connection.close(1000)
            await tasks.close()
            await _close(socket, connection.closing.result())

    async def _greet(self, socket: WebSocket) -> tuple[User, list[str]]:
        check_key(self._keys, socket.query_params.get("api_key", ""))
        async with asyncio.timeout(FIRST_FRAME):
            text = await socket.receive_text()
        try:
            hello = msgspec.json.decode(text, type=Hello)
        except msgspec.DecodeError as error:
            raise api_errors.input_error(f"invalid first frame: {error}") from error
        return await self._let_in(socket, hello.token, hello.user_details), hello.products or []

    async def _greet_by_address(self, socket: WebSocket) -> tuple[User, list[str]]:
        """A client of chat says all in the address, and sends no first frame (STREAM.md 12.3)."""
        check_key(self._keys, socket.query_params.get("api_key", ""))
        try:
            asked = msgspec.json.decode(socket.query_params.get("json", "{}"), type=ChatHello)
        except msgspec.DecodeError as error:
            raise api_errors.input_error(f"invalid json: {error}") from error
        token = socket.query_params.get("authorization", "")
        return await self._let_in(socket, token, asked.user_details), ["chat"]

    async def _let_in(self, socket: WebSocket, token: str, details: UserDetails) -> User:
        fault = self._world.state.faults.take_handshake()
        if fault is not None:
            await apply_fault(fault)
        who = identify(self._keys, token, self._world.state.now())
        if who.server or who.user_id != details.id:
            raise ApiError(5, 401, "the token is not for this user")
        user = self._world.state.users.get(details.id)
        if user is None:
            user = self._world.add_user(details.id, details.name or "")
        if user.deactivated_at:
            raise ApiError(17, 403, f"user {user.id} is deactivated")
        refuse_revoked(who, user.tokens_from, self._world.state.tokens_from)
        user.name = details.name or user.name
        user.image = details.image or user.image
        user.language = details.language or user.language
        user.custom = {**user.custom, **(details.custom or {})}
        user.address = address_of(socket) or user.address
        user.online = True
        user.last_active = self._world.state.now()
        user.touch()
        return user

    async def _refuse(self, socket: WebSocket, error: ApiError, form: Form) -> None:
        frame = {
            "type": "connection.error",
            "connection_id": "",
            "created_at": Stamp(self._world.state.now()),
            "error": api_errors.body(error, "Connect"),
        }
        try:
            await socket.send_text(encode(frame, form).decode())
        except (WebSocketDisconnect, RuntimeError):
            log.debug("a refused socket closed first")
        await _close(socket, REFUSED)

    async def _send(self, socket: WebSocket, connection: Connection) -> None:
        try:
            while True:
                try:
                    async with self._world.state.clock.timeout(self.ping_every):
                        frame = await connection.frames.get()
                except TimeoutError:
                    frame = self._health(connection)
                await socket.send_text(frame)
        except (WebSocketDisconnect, RuntimeError):
            log.debug("a socket closed while it was written to")

    async def _receive(self, socket: WebSocket, connection: Connection) -> None:
        try:
            while True:
                text = await socket.receive_text()
                if is_ping(text):
                    connection.put(self._health(connection))
        except (WebSocketDisconnect, RuntimeError, KeyError):
            log.debug("a socket closed")

    def _health(self, connection: Connection) -> str:
        return health_check(connection.id, self._world.state.now(), connection.form)


def health_check(connection_id: str, at: float, form: Form) -> str:
    """The frame that answers a health check; ``at`` is unix seconds."""
    frame = {
        "type": "health.check",
        "connection_id": connection_id,
        "created_at": Stamp(at),
        "custom": {},
    }
    return encode(frame, form).decode()


def is_ping(text: str) -> bool:
    """Whether a frame asks for a health check: an object, or an array with one in it."""
    try:
        found = msgspec.json.decode(text, type=list[Ping] | Ping)
    except msgspec.DecodeError:
        return False
    pings = found if isinstance(found, list) else [found]
    return any(one.type == "health.check" for one in pings)


async def _close(socket: WebSocket, code: int) -> None:
    if socket.application_state is WebSocketState.DISCONNECTED:
        return
    if socket.client_state is WebSocketState.DISCONNECTED:
        return
    try:
        await socket.close(code)
    except RuntimeError:
        log.debug("a socket closed by itself")
