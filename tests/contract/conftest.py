"""A sandbox that Stream's own SDK talks to: in this process, or over a socket."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import websockets
from getstream.stream import AsyncStream
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from console.sandbox.app import create_app
from console.sandbox.fidelity.webhooks import Patience, Webhooks
from console.sandbox.rate_limits import RateLimits
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import World
from tests.patience import patient

CID = "default:talk"


@dataclass
class Peer:
    """One sandbox and everything a client needs to reach it; ``transport`` None is a socket."""

    world: World
    sockets: Sockets
    keys: AppKeys
    app: Any
    limits: RateLimits
    webhooks: Webhooks
    base_url: str = "http://sandbox"
    ws_url: str = ""
    in_process: bool = True
    _open: list[Any] = field(default_factory=list)

    @property
    def api_key(self):
        return self.keys.api_key

    @property
    def api_secret(self):
        return self.keys.api_secret

    def server(self):
        """The SDK with the app's secret."""
        return self._client(api_secret=self.keys.api_secret)

    def user(self, user_id="moderator"):
        """The SDK with one user's token."""
        return self._client(token=self.keys.user_token(user_id))

    def _client(self, **sign_in):
        options: dict[str, Any] = {"base_url": self.base_url, "api_key": self.api_key}
        if self.in_process:
            options["transport"] = httpx.ASGITransport(app=self.app)
        client = AsyncStream(**options, **sign_in)
        self._open.append(client)
        return client

    async def ask(
        self, method, path, *, token="", query=None, body=None, content=None, headers=None
    ):
        """One raw request, for what the SDK cannot or will not send."""
        transport = httpx.ASGITransport(app=self.app) if self.in_process else None
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url) as http:
            return await http.request(
                method,
                path,
                params={"api_key": self.api_key, **(query or {})},
                headers={
                    **({"authorization": token, "stream-auth-type": "jwt"} if token else {}),
                    **(headers or {}),
                },
                json=body,
                content=content,
            )

    @contextlib.asynccontextmanager
    async def socket(
        self, user_id="moderator", *, path="/api/v2/connect", token=None, products=("video",)
    ):
        """A raw coordinator socket past its greeting; served sandboxes only."""
        url = self.ws_url.replace("/api/v2/connect", path)
        async with websockets.connect(
            f"{url}?api_key={self.api_key}&stream-auth-type=jwt", ping_interval=None
        ) as raw:
            hello = {
                "token": token or self.keys.user_token(user_id),
                "user_details": {"id": user_id},
                "products": list(products),
            }
            await raw.send(json.dumps(hello))
            yield RawSocket(raw, json.loads(await asyncio.wait_for(raw.recv(), patient(5))))

    async def aclose(self):
        await self.webhooks.close()
        for client in self._open:
            await client.aclose()


@dataclass
class RawSocket:
    """A socket and the first frame it was sent."""

    raw: Any
    first: dict[str, Any]

    @property
    def connection_id(self):
        return self.first["connection_id"]

    async def next(self, *types):
        """The next frame, or the next of ``types``."""
        async with asyncio.timeout(patient(5)):
            while True:
                frame = json.loads(await self.raw.recv())
                if not types or frame["type"] in types:
                    return frame

    async def until(self, kind):
        """Types of all frames up to and including the next of ``kind``."""
        seen: list[str] = []
        while not seen or seen[-1] != kind:
            seen.append((await self.next())["type"])
        return seen

    async def closed(self):
        """The close code, once the server closed it."""
        async with asyncio.timeout(patient(5)):
            await self.raw.wait_closed()
        return self.raw.close_code


def _peopled():
    world = World()
    world.add_user("moderator", "Moderator", role="moderator")
    for name in ("Ana", "Bo", "Cy"):
        world.add_user(name.lower(), name)
    world.control.create("default", "talk", created_by="ana", name="Talk")
    for name in ("ana", "bo"):
        presence = world.attendance.join(CID, name)
        assert isinstance(presence, Presence)
        world.attendance.publish(CID, presence.user_session_id, "audio")
    return world


def _peer():
    world, keys, limits = _peopled(), AppKeys.generate(), RateLimits()
    sockets = Sockets(world)
    webhooks = Webhooks(world, keys, Patience(pause=0.0))
    app = create_app(world, keys, sockets=sockets, limits=limits, webhooks=webhooks)
    return Peer(world=world, sockets=sockets, keys=keys, app=app, limits=limits, webhooks=webhooks)


@pytest.fixture
async def sandbox():
    """A sandbox in this process: users moderator, ana, bo, cy; ana and bo talk in default:talk."""
    peer = _peer()
    yield peer
    await peer.aclose()


@pytest.fixture
async def served_sandbox():
    """The same over a real socket."""
    peer = _peer()
    async with serving(peer.app) as address:
        peer.base_url, peer.ws_url, peer.in_process = address.base_url, address.ws_url, False
        yield peer
        await peer.aclose()


@pytest.fixture
def presence_of(request):
    """``presence_of(world, user_id)``: somebody's first device in default:talk."""

    def find(world, user_id):
        return world.state.calls[CID].running.of_user(user_id)[0]

    return find


@dataclass
class Receiver:
    """An app's own server: what it got, and how it answers (200 when nothing else is planned)."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    async def take(self, request):
        self.got.append((dict(request.headers), await request.body()))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    @property
    def types(self):
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
async def receiver():
    made = Receiver()
    app = Starlette(routes=[Route("/hook", made.take, methods=["POST"])])
    async with serving(app) as address:
        made.url = f"{address.base_url}/hook"
        yield made
