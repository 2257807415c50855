"""One WebSocket on its way through the proxy: frames of the server one by one, for faults."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from tests.chaos.proxy.bytes import payload_of, read_frame, reset

_CHUNK = 65_536


class SocketRelay:
    """Passes bytes of the client on as they are, and frames of the server one by one.

    Attributes:
        deaf: nothing passes in either direction while this is set.
        zombie: the server forgot what this socket watches: only health checks still come.
        connection_id: Stream's name for this socket, once it was told.
    """

    def __init__(
        self,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        spoil: "Callable[[SocketRelay], FrameSpoil | None]",
    ) -> None:
        self._client, self.writer = client
        self._server, self._to_server = server
        self._spoil = spoil
        self._hears = asyncio.Event()
        self._hears.set()
        self.zombie = False
        self.connection_id = ""
        self.held: bytes = b""

    async def run(self) -> None:
        """Relay until either side ends."""
        up = asyncio.create_task(self._up())
        down = asyncio.create_task(self._down())
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (up, down):
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
            self._to_server.close()
            self.writer.close()

    def deafen(self) -> None:
        """From now on nothing passes, and nobody is told."""
        self._hears.clear()

    def recover(self) -> None:
        """What waited passes now."""
        self._hears.set()

    async def send(self, data: bytes) -> None:
        """Write to the client."""
        self.writer.write(data)
        await self.writer.drain()

    def cut(self) -> None:
        """End it without a word."""
        reset(self.writer)

    async def _up(self) -> None:
        with contextlib.suppress(OSError):
            while data := await self._client.read(_CHUNK):
                await self._hears.wait()
                self._to_server.write(data)
                await self._to_server.drain()

    async def _down(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                whole = await read_frame(self._server)
                await self._hears.wait()
                if not self.connection_id:
                    self._read_id(payload_of(whole))
                elif self.zombie and b"health.check" not in whole[:400]:
                    continue
                spoil = self._spoil(self) if self.connection_id else None
                if spoil is not None:
                    await spoil(self, whole)
                else:
                    held, self.held = self.held, b""
                    await self.send(whole + held)

    def _read_id(self, payload: bytes) -> None:
        mark = b'"connection_id":"'
        start = payload.find(mark)
        if start >= 0 and b"connection.ok" in payload:
            start += len(mark)
            self.connection_id = payload[start : payload.index(b'"', start)].decode()


FrameSpoil = Callable[[SocketRelay, bytes], Awaitable[None]]
"""Passes a frame on in the wrong way, or not at all."""
