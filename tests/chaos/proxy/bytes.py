"""HTTP messages and WebSocket frames as bytes, as far as a proxy must know them."""

import asyncio
import contextlib
import socket
import struct

from msgspec import Struct

TEXT, CLOSE, PING = 1, 8, 9


class Message(Struct, frozen=True):
    """One HTTP request or answer. ``first``: its first line. ``headers`` keep their order."""

    first: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The header of this name in lower case letters; empty where it is missing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def raw(self) -> bytes:
        """The whole message, with the length of its body."""
        lines = [self.first, *(f"{key}: {value}" for key, value in self.headers)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


def answer(
    status: int,
    body: bytes = b"",
    content_type: str = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
) -> Message:
    """An answer that no sandbox gave."""
    own = (("content-type", content_type), ("content-length", str(len(body))))
    return Message(f"HTTP/1.1 {status} Chaos", (*own, *headers), body)


async def read_head(reader: asyncio.StreamReader) -> Message | None:
    """The next message without its body; None at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Message(first, tuple((key.strip(), value.strip()) for key, _, value in pairs), b"")


async def read_request(reader: asyncio.StreamReader) -> Message | None:
    """The next request whole; None at the end."""
    head = await read_head(reader)
    if head is None:
        return None
    try:
        body = await reader.readexactly(int(head.header("content-length") or 0))
    except (asyncio.IncompleteReadError, OSError):
        return None
    return Message(head.first, head.headers, body)


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """One whole frame of a server: unmasked.

    Raises:
        asyncio.IncompleteReadError: the peer is gone.
    """
    head = await reader.readexactly(2)
    length = head[1] & 0x7F
    more = b""
    if length in (126, 127):
        more = await reader.readexactly(2 if length == 126 else 8)
        length = int.from_bytes(more, "big")
    return head + more + await reader.readexactly(length)


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """An unmasked frame around ``payload``."""
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x80 | opcode, size) + payload
    if size < 65_536:
        return struct.pack("!BBH", 0x80 | opcode, 126, size) + payload
    return struct.pack("!BBQ", 0x80 | opcode, 127, size) + payload


def payload_of(whole: bytes) -> bytes:
    """What is in a frame that :func:`read_frame` read."""
    start = {126: 4, 127: 10}.get(whole[1] & 0x7F, 2)
    return whole[start:]


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a broken network does: with a reset instead of an end."""
    own = writer.get_extra_info("socket")
    if own is not None:
        with contextlib.suppress(OSError):
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
