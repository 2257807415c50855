"""The sandbox on a loopback port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from console.base.errors import WorldError
from console.base.tasks import Tasks

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Address:
    """Where a sandbox listens."""

    port: int

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://{HOST}:{self.port}/api/v2/connect"


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program that runs it decides when it ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, *, port: int = 0) -> AsyncIterator[Address]:
    """Serve ``app`` on the loopback interface for as long as the context lasts.

    Raises:
        WorldError: the port is taken.
    """
    # asyncio turns Nagle's delay off (40 ms an answer) only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise WorldError(
            f"Port {port} cannot be used: {error.strerror}.", "Choose another one, or 0."
        ) from error
    address = Address(listener.getsockname()[1])
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
        ws_ping_interval=None,
        timeout_keep_alive=75,
    )
    server = _Server(config)
    tasks = Tasks()
    running = tasks.spawn(server.serve(sockets=[listener]), name="sandbox server")
    try:
        while not server.started:
            if running.done():
                raise WorldError("The sandbox's server did not start.", "See its log.")
            await asyncio.sleep(0.01)
        yield address
    finally:
        server.should_exit = True
        await asyncio.wait([running], timeout=5)
        await tasks.close()
        listener.close()
