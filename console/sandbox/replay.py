"""Plays a tape back: the same answers to the same requests, the same frames at the same pace.

No world and no checks: any key and token will do. An answer that was recorded several times comes
in the order it came, and the last one for ever. Sockets get what sockets got, first come first
served on each path; the last recorded one is served again to those who come later.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from console.base.tasks import Tasks
from console.sandbox import api_errors
from console.sandbox.coordinator import health_check, is_ping
from console.sandbox.tape import Answer, Closed, Entry, Opened, Sent, content_of, same_request
from console.sandbox.timestamps import Form, encode

log = logging.getLogger(__name__)

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(slots=True)
class _Socket:
    """What one socket got: seconds after it came, and the frame; a number closes it."""

    path: str
    opened: float
    got: list[tuple[float, str | int]] = field(default_factory=list)


class Replay:
    """Serves one tape.

    Args:
        speed: how much faster than it was; ``float("inf")`` sends everything at once.
    """

    def __init__(self, entries: Iterable[Entry], *, speed: float = 1.0) -> None:
        self._speed = speed
        self._answers: dict[tuple[str, str, str, str], deque[Answer]] = {}
        self._loose: dict[tuple[str, str], Answer] = {}
        self._sockets: dict[str, deque[_Socket]] = {}
        found: dict[int, _Socket] = {}
        for entry in entries:
            match entry:
                case Answer():
                    self._answers.setdefault(entry.key, deque()).append(entry)
                    self._loose[entry.method, entry.path] = entry
                case Opened():
                    found[entry.socket] = _Socket(entry.path, entry.at)
                    self._sockets.setdefault(entry.path, deque()).append(found[entry.socket])
                case Sent() if '"type":"health.check"' not in entry.text:
                    one = found[entry.socket]
                    one.got.append((entry.at - one.opened, entry.text))
                case Closed():
                    one = found[entry.socket]
                    one.got.append((entry.at - one.opened, entry.code))
                case _:
                    continue  # health checks are answered as they come

    def app(self) -> Starlette:
        """The tape as an application."""
        return Starlette(
            routes=[
                WebSocketRoute("/{rest:path}", self._socket),
                Route("/{rest:path}", self._answer, methods=METHODS),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        key = same_request(
            request.method,
            request.url.path,
            request.scope.get("query_string", b""),
            await request.body(),
        )
        waiting = self._answers.get(key)
        if waiting:
            answer = waiting.popleft() if len(waiting) > 1 else waiting[0]
        else:
            # The same endpoint was asked something else: the nearest there is.
            loose = self._loose.get(key[:2])
            if loose is None:
                return _not_on_tape(key)
            answer = loose
        return Response(
            content_of(answer), answer.status or 500, dict(answer.headers), answer.content_type
        )

    async def _socket(self, socket: WebSocket) -> None:
        await socket.accept()
        waiting = self._sockets.get(socket.url.path)
        if not waiting:
            await socket.close(1011, "no socket of this path is on the tape")
            return
        one = waiting.popleft() if len(waiting) > 1 else waiting[0]
        tasks = Tasks()
        try:
            await socket.receive_text()  # who they are does not matter
            sending = tasks.spawn(self._send(socket, one), name="tape out")
            hearing = tasks.spawn(_hear(socket), name="tape in")
            await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
        except (WebSocketDisconnect, RuntimeError, KeyError):
            log.debug("a socket closed before the tape began")
        finally:
            await tasks.close()

    async def _send(self, socket: WebSocket, one: _Socket) -> None:
        """Send what there is, then leave the socket open unless it was closed."""
        began = asyncio.get_running_loop().time()
        try:
            for at, what in one.got:
                left = began + at / self._speed - asyncio.get_running_loop().time()
                if left > 0:
                    await asyncio.sleep(left)
                if isinstance(what, int):
                    await socket.close(what)
                    return
                await socket.send_text(what)
            await asyncio.Event().wait()
        except (WebSocketDisconnect, RuntimeError):
            return


async def _hear(socket: WebSocket) -> None:
    """Answer health checks until the client is gone."""
    form = Form.NANOSECONDS if socket.url.path.startswith("/api/v2/") else Form.RFC3339
    try:
        while True:
            if is_ping(await socket.receive_text()):
                await socket.send_text(health_check("tape", time.time(), form))
    except (WebSocketDisconnect, RuntimeError, KeyError):
        log.debug("a socket closed")


def _not_on_tape(key: tuple[str, str, str, str]) -> Response:
    error = api_errors.not_found(f"{key[0]} {key[1]} is not on the tape")
    return Response(
        encode(api_errors.body(error, ""), Form.NANOSECONDS), 404, media_type="application/json"
    )
