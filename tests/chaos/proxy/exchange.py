"""One request on its way through the proxy, for a fault to spoil."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from urllib.parse import urlsplit

from tests.chaos.proxy.bytes import Message, read_head, reset

_ACTS = (
    *("/mute_users", "/kick", "/block", "/unblock", "/user_permissions", "/mark_ended"),
    *("/moderation/ban", "/moderation/unban", "/submit_action", "/deactivate", "/reactivate"),
    *("/event", "/flag"),
)


class Exchange:
    """A request whose answer is still owed to ``writer``.

    Attributes:
        kind: ``act``, ``check``, ``calls`` (the pages of calls) or ``other``.
    """

    def __init__(self, request: Message, writer: asyncio.StreamWriter, upstream: int) -> None:
        self.request = request
        self.writer = writer
        self._upstream = upstream
        self.method, self.target, _ = request.first.split(" ", 2)
        self.path = urlsplit(self.target).path
        self.kind = _kind(self.method, self.path)

    async def forward(self) -> Message:
        """Let the sandbox carry it out; its answer, which lets the connection live."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            own = tuple(pair for pair in self.request.headers if pair[0].lower() != "connection")
            ending = (*own, ("connection", "close"))
            writer.write(Message(self.request.first, ending, self.request.body).raw())
            head = await read_head(reader)
            if head is None:
                return Message("HTTP/1.1 502 Sandbox Gone", (("content-length", "0"),), b"")
            lasting = tuple(pair for pair in head.headers if pair[0].lower() != "connection")
            return Message(head.first, lasting, await reader.read())
        finally:
            writer.close()

    async def send(self, data: bytes) -> None:
        """Write to the client; nothing where it is gone."""
        if self.writer.is_closing():
            return
        try:
            self.writer.write(data)
            await self.writer.drain()
        except OSError:
            return

    def end(self, chance: Random) -> None:
        """End the connection, orderly or by a reset."""
        if chance.random() < 0.5:
            reset(self.writer)
        else:
            self.writer.close()


Spoil = Callable[[Exchange], Awaitable[None]]
"""Answers an exchange in the wrong way, or not at all."""


def _kind(method: str, path: str) -> str:
    if method == "POST" and path.endswith(_ACTS):
        return "act"
    if path.endswith("/moderation/check"):
        return "check"
    return "calls" if path.endswith("/video/calls") else "other"
