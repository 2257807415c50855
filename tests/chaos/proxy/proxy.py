"""The proxy between engine and sandbox: passes everything on but what a fault asked for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from tests.chaos.proxy.bytes import Message, answer, read_head, read_request, reset
from tests.chaos.proxy.exchange import Exchange, Spoil
from tests.chaos.proxy.socket_relay import FrameSpoil, SocketRelay

HandshakeSpoil = Callable[[Exchange], Awaitable[bool]]
"""Answers a handshake; False lets the real one follow."""

UNKNOWN_CONNECTION = (
    b'{"code":46,"message":"UpdateCall failed with error: \\"connection id not found\\"",'
    b'"StatusCode":400,"duration":"0.1ms","more_info":"","details":[]}'
)


class Proxy:
    """Listens on a port of its own.

    Attributes:
        armed: what spoils coming exchanges, each with the kind it waits for; empty is any.
        frames, handshakes: the same for coming frames of any socket, and coming sockets.
        sockets: those that are open.
    """

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.armed: deque[tuple[str, Spoil]] = deque()
        self.frames: deque[FrameSpoil] = deque()
        self.handshakes: deque[HandshakeSpoil] = deque()
        self.sockets: set[SocketRelay] = set()
        self.unknown_ids: set[str] = set()

    @property
    def listening(self) -> bool:
        """Whether connections can be made."""
        return self._server is not None

    async def open(self) -> None:
        """Listen; on the same port again after :meth:`shut`."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, limit=2**26, reuse_address=True
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Listen no longer, and cut every connection: the network is gone."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in tuple(self._connections):
            reset(writer)
        await asyncio.sleep(0)

    async def close(self) -> None:
        """End for good."""
        await self.shut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def disarm(self) -> None:
        """No fault comes any more; sockets that are deaf without a word are cut."""
        self.armed.clear()
        self.frames.clear()
        self.handshakes.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._connections.add(writer)
        try:
            while (request := await read_request(reader)) is not None:
                exchange = Exchange(request, writer, self._upstream)
                if request.header("upgrade").lower() == "websocket":
                    await self._socket(exchange, reader)
                    return
                await self._exchange(exchange)
                if writer.is_closing():
                    return
        except (OSError, asyncio.CancelledError):
            return
        finally:
            self._tasks.discard(task)
            self._connections.discard(writer)
            writer.close()

    async def _exchange(self, exchange: Exchange) -> None:
        if any(f"connection_id={one}" in exchange.target for one in self.unknown_ids):
            await exchange.send(answer(400, UNKNOWN_CONNECTION).raw())
            return
        for index, (kind, spoil) in enumerate(self.armed):
            if kind in ("", exchange.kind):
                del self.armed[index]
                await spoil(exchange)
                return
        await exchange.send((await exchange.forward()).raw())

    async def _socket(self, exchange: Exchange, reader: asyncio.StreamReader) -> None:
        if self.handshakes and await self.handshakes.popleft()(exchange):
            return
        server = await asyncio.open_connection("127.0.0.1", self._upstream, limit=2**26)
        server[1].write(exchange.request.raw())
        head = await read_head(server[0])
        await exchange.send((head or Message("HTTP/1.1 502 Gone", (), b"")).raw())
        relay = SocketRelay((reader, exchange.writer), server, self._frame_spoil)
        self.sockets.add(relay)
        try:
            await relay.run()
        finally:
            self.sockets.discard(relay)

    def _frame_spoil(self, _relay: SocketRelay) -> FrameSpoil | None:
        return self.frames.popleft() if self.frames else None
