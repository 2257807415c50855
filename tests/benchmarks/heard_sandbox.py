"""A sandbox in a process of its own whose people really threaten, and that notes their mutes."""

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import Iterator

import psutil
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.base.clock import SystemClock
from console.sandbox.app import create_app
from console.sandbox.media_on_demand import MediaOnDemand
from console.sandbox.rate_limits import RateLimits
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from tests.benchmarks.muted_sandbox import MutedSandbox, Threats
from tests.benchmarks.sandbox_program import announce, sandbox_program

VOICES = 16
"""People whom the media server gives a voice in one call; the module that says so needs the extra
``media``, and this one is imported without it."""
SAID = "I will find you and then I will kill you."


class SpokenThreats(Threats):
    """As many people as the media server gives a voice, in a call without captions."""

    def __init__(self, world: World) -> None:
        super().__init__(world, VOICES)
        off = {"closed_caption_mode": "disabled", "mode": "disabled"}
        world.control.update("default:threats", settings_override={"transcription": off})

    async def threaten(self, request: Request) -> Response:
        person = next(self._people)
        self.muted_at.pop(person.user.id, None)
        self._world.attendance.publish(person.cid, person.user_session_id, "audio")
        if "silent" not in request.query_params:
            self._world.speech.begin(person.cid, person.user_session_id, SAID)
        return JSONResponse({"user": person.user.id, "at": time.time()})


async def serve() -> None:
    """Print the address as one JSON line and serve until standard input closes."""
    world, keys = World(SystemClock()), AppKeys.generate()
    world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    threats, media = SpokenThreats(world), MediaOnDemand(world)
    app = create_app(
        world,
        keys,
        sockets=Sockets(world),
        limits=RateLimits(limits={}, default=10**9),
        signalling_routes=media.routes(),
        control=[
            Route("/bench/threaten", threats.threaten, methods=["POST"]),
            Route("/bench/muted", threats.muted, methods=["POST"]),
        ],
    )
    async with serving(app) as address:
        announce(address, keys)
        await asyncio.to_thread(sys.stdin.read)
        await media.close()


@contextlib.contextmanager
def heard_sandbox() -> Iterator[MutedSandbox]:
    """The sandbox as a process, until the context ends."""
    with sandbox_program("tests.benchmarks.heard_sandbox") as (process, address):
        yield MutedSandbox(psutil.Process(process.pid), address)


if __name__ == "__main__":
    argparse.ArgumentParser(prog="heard_sandbox", description=__doc__).parse_args()
    asyncio.run(serve())
