"""What stands between the console and a sandbox in a network: encryption, and a proxy."""

import asyncio
import contextlib
import ssl

import trustme

from console.base.tasks import Tasks

HOST = "stream.test"
"""A name that only the proxy knows."""


class Road:
    """Servers of one test; all of them end with it."""

    def __init__(self) -> None:
        self.authority = trustme.CA()
        self.asked: list[str] = []
        self.status = b"200 OK"
        self._servers: list[asyncio.Server] = []
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks = Tasks()

    async def encrypted(self, port: int, *names: str) -> int:
        """A port that speaks TLS, with a certificate for ``names``, in front of ``port``."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*(names or (HOST, "127.0.0.1"))).configure_cert(context)

        async def serve(reader, writer):
            await self._join(reader, writer, port)

        return await self._listen(serve, context)

    async def proxy(self, port: int) -> int:
        """A proxy that leads every CONNECT to ``port``, and notes who asked for what.

        It answers with ``status``; nothing at all where that is empty.
        """

        async def serve(reader, writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(head.split(" HTTP/")[0])
            if not self.status:
                await reader.read()
                return
            writer.write(b"HTTP/1.1 " + self.status + b"\r\n\r\n")
            if self.status.startswith(b"200"):
                await self._join(reader, writer, port)

        return await self._listen(serve)

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*(server.wait_closed() for server in self._servers))
        await self._tasks.close()

    async def _join(self, reader, writer, port: int) -> None:
        further_reader, further_writer = await asyncio.open_connection("127.0.0.1", port)
        self._writers.append(further_writer)
        await asyncio.gather(_pour(reader, further_writer), _pour(further_reader, writer))

    async def _listen(self, serve, context: ssl.SSLContext | None = None) -> int:
        async def handle(reader, writer):
            self._writers.append(writer)
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await serve(reader, writer)
            writer.close()

        def begin(reader, writer):
            self._tasks.spawn(handle(reader, writer), name="road")

        server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=context)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
