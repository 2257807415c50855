"""A tape: everything clients saw, on sockets and over REST, as JSON lines in a file.

Tokens and keys are left out: of requests only what distinguishes them is kept.
"""

import base64
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec import Struct
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.base.errors import WorldError
from console.base.plain_file import opened

log = logging.getLogger(__name__)

MAX_BYTES = 500_000_000
_OURS = "/sandbox/"  # the control endpoint
_NOT_KEPT = frozenset(
    {"api_key", "connection_id", "user_id", "X-Stream-Client", "stream-auth-type"}
)


class Answer(Struct, frozen=True, tag="answer"):
    """One answered request. ``at``: seconds since the tape began, of the answer's end.

    Attributes:
        query: without key, connection and client.
        body: of the request. packed: the answer is base64, as it is no text.
    """

    at: float
    method: str
    path: str
    query: str
    body: str
    status: int
    content: str
    content_type: str = "application/json"
    packed: bool = False
    headers: dict[str, str] = {}

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What distinguishes this request from others."""
        return self.method, self.path, self.query, self.body


class Opened(Struct, frozen=True, tag="opened"):
    """A socket came."""

    at: float
    socket: int
    path: str


class Sent(Struct, frozen=True, tag="sent"):
    """A frame went to a socket."""

    at: float
    socket: int
    text: str


class Closed(Struct, frozen=True, tag="closed"):
    """The server closed a socket."""

    at: float
    socket: int
    code: int


Entry = Answer | Opened | Sent | Closed
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)


def query_of(raw: bytes) -> str:
    """A query string without what differs from run to run."""
    pairs = [pair for pair in parse_qsl(raw.decode("latin-1")) if pair[0] not in _NOT_KEPT]
    return urlencode(sorted(pairs))


def read(path: Path) -> Iterator[Entry]:
    """The entries of a tape.

    Raises:
        WorldError: it cannot be read, or a line is none.
    """
    with opened(path) as file:
        number = 0
        try:
            while line := file.readline(MAX_BYTES):
                number += 1
                yield _DECODER.decode(line)
        except msgspec.DecodeError as error:
            raise WorldError(
                f"Line {number} of {path.name} is not of a tape: {error}.", "Record it anew."
            ) from error
        except OSError as error:
            raise WorldError(f"The tape {path.name} cannot be read: {error.strerror}.") from error


class Recorder:
    """An application that writes down what ``app`` answers and sends.

    Raises:
        WorldError: the file cannot be written.
    """

    def __init__(self, app: ASGIApp, path: Path) -> None:
        self._app = app
        self._began = time.monotonic()
        self._sockets = 0
        self._written = 0
        self._refused = ""
        try:
            # Only its owner may read what people said.
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            number = os.open(path, flags, 0o600)
        except OSError as error:
            raise WorldError(
                f"The tape {path.name} cannot be written: {error.strerror}.", "Choose another file."
            ) from error
        self._file: BinaryIO = os.fdopen(number, "wb")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and not path.startswith(_OURS):
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def close(self) -> None:
        """Finish the file.

        Raises:
            WorldError: not everything could be written.
        """
        try:
            self._file.close()
        except OSError as error:
            self._refused = self._refused or f"The tape ends too early: {error.strerror}."
        if self._refused:
            raise WorldError(self._refused)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked, answered = bytearray(), bytearray()
        start: Message = {}

        async def receiving() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            answered.extend(message.get("body", b""))
            await send(message)

        await self._app(scope, receiving, sending)
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in start.get("headers", ())
        }
        text, packed = _as_text(bytes(answered))
        self._write(
            Answer(
                at=self._now(),
                method=scope["method"],
                path=scope["path"],
                query=query_of(scope.get("query_string", b"")),
                body=_as_text(bytes(asked))[0],
                status=start.get("status", 0),
                content=text,
                content_type=headers.get("content-type", ""),
                packed=packed,
                headers={
                    name: value
                    for name, value in headers.items()
                    if name == "retry-after" or name.startswith("x-ratelimit")
                },
            )
        )

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._sockets += 1
        number = self._sockets
        self._write(Opened(self._now(), number, scope["path"]))

        async def sending(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("text") is not None:
                self._write(Sent(self._now(), number, message["text"]))
            elif message["type"] == "websocket.close":
                self._write(Closed(self._now(), number, message.get("code", 1000)))
            await send(message)

        await self._app(scope, receive, sending)

    def _now(self) -> float:
        return round(time.monotonic() - self._began, 6)

    def _write(self, entry: Entry) -> None:
        if self._file.closed or self._written > MAX_BYTES or self._refused:
            return
        try:
            self._written += self._file.write(_ENCODER.encode(entry) + b"\n")
        except OSError as error:
            self._refused = f"The tape ends too early: {error.strerror}."
            log.warning("%s", self._refused)
        if self._written > MAX_BYTES:
            log.warning("the tape is full: nothing more is recorded")


def _as_text(content: bytes) -> tuple[str, bool]:
    """``content`` as text, or as base64 where it is none."""
    try:
        return content.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(content).decode(), True


def content_of(answer: Answer) -> bytes:
    """The bytes of a recorded answer."""
    return base64.b64decode(answer.content) if answer.packed else answer.content.encode()


def same_request(method: str, path: str, query: bytes, body: bytes) -> tuple[str, str, str, str]:
    """The key under which a request of this kind was recorded."""
    return method, path, query_of(query), _as_text(body)[0]
