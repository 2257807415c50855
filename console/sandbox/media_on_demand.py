"""The media server, begun by the first client that connects to it.

Most runs of the sandbox have none, and its libraries take a second to be imported.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from console.sandbox import signalling
from console.sandbox.signalling import PATH
from console.sandbox.world import World

if TYPE_CHECKING:
    from console.sandbox.sfu.media_server import MediaServer

log = logging.getLogger(__name__)


class MediaOnDemand:
    """Media where the extra ``media`` is installed; else signalling answers that there is none."""

    def __init__(self, world: World, *, allowed: bool = True) -> None:
        self._world = world
        self._turn = asyncio.Lock()
        self._tried = not allowed
        self._server: MediaServer | None = None

    def routes(self) -> list[BaseRoute]:
        """To be put into an application before the API's request handler."""
        return [
            WebSocketRoute(f"{PATH}/ws", self._signal),
            Route(f"{PATH}/{{rest:path}}", self._call, methods=["GET", "POST"]),
        ]

    async def close(self) -> None:
        """End what was begun."""
        if self._server is not None:
            await self._server.close()

    async def _signal(self, socket: WebSocket) -> None:
        server = await self._begun()
        if server is None:
            await signalling.signal(self._world.state.faults, socket)
        else:
            await server.signal(socket)

    async def _call(self, request: Request) -> Response:
        server = await self._begun()
        return await (signalling.twirp(request) if server is None else server.call(request))

    async def _begun(self) -> MediaServer | None:
        async with self._turn:
            if not self._tried:
                self._tried = True
                name = "console.sandbox.sfu.media_server"
                try:
                    module = await asyncio.to_thread(importlib.import_module, name)
                except ImportError as error:
                    log.info("Joins have no media behind them: %s", error)
                else:
                    self._server = module.MediaServer(self._world)
        return self._server
