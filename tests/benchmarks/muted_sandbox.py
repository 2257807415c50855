"""A sandbox in a process of its own that notes when people who threaten are muted for it."""

import argparse
import asyncio
import contextlib
import gc
import itertools
import json
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import psutil
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.sandbox.app import create_app
from console.sandbox.direction.director import Director
from console.sandbox.direction.scenario_file import find_scenario, read_scenario
from console.sandbox.events import WorldEvent
from console.sandbox.rate_limits import RateLimits
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from console.ui.demo.sandbox_process import SandboxAddress
from tests.benchmarks.sandbox_program import announce, sandbox_program
from tests.benchmarks.talking_sandbox import Talk

CID = "default:threats"
THREAT = "Just kill yourself now."
PEOPLE = 40


class Threats:
    """People who threaten one after the other, each with a microphone that is on again by then."""

    def __init__(self, world: World, people: int = PEOPLE) -> None:
        self._world = world
        self.muted_at: dict[str, float] = {}
        captioned = {"transcription": {"closed_caption_mode": "auto-on"}}
        world.judging.put_blocklist({"name": "THREAT", "words": ["kill yourself"]}, new=True)
        removing = [{"name": "THREAT", "action": "remove"}]
        world.judging.put_config(
            "custom:captions", {"block_list_config": {"enabled": True, "rules": removing}}
        )
        world.add_user("owner", "Owner", role="admin")
        world.control.create(
            "default", "threats", created_by="owner", name="Threats", settings_override=captioned
        )
        self._people = itertools.cycle([self._join(f"angry-{at:02}") for at in range(people)])
        world.state.events.listen(self._on_event)

    async def threaten(self, request: Request) -> Response:
        person = next(self._people)
        self.muted_at.pop(person.user.id, None)
        self._world.attendance.publish(CID, person.user_session_id, "audio")
        if "silent" in request.query_params:
            return JSONResponse({"user": person.user.id, "at": time.time()})
        end = self._world.state.now()
        said = self._world.speech.speak(
            CID, person.user_session_id, THREAT, start=end - 0.5, end=end
        )
        assert said.captioned, said.reason
        return JSONResponse({"user": person.user.id, "at": time.time()})

    async def muted(self, _request: Request) -> Response:
        return JSONResponse(self.muted_at)

    def _on_event(self, event: WorldEvent) -> None:
        if event.type == "call.user_muted" and event.cid == CID:
            for user_id in event.payload["muted_user_ids"]:
                self.muted_at.setdefault(user_id, time.time())

    def _join(self, user_id: str) -> Presence:
        self._world.add_user(user_id, user_id.title())
        presence = self._world.attendance.join(CID, user_id)
        assert isinstance(presence, Presence)
        return presence


async def serve() -> None:
    """Print the address as one JSON line and serve until standard input closes."""
    clock = SystemClock()
    world, keys = World(clock), AppKeys.generate()
    world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    scenario = read_scenario(find_scenario("town-hall"))
    Director(world, scenario, clock, seed=1, speed=1.0, rate=1.0, paused=True).prepare()
    talk, threats = Talk(world), Threats(world)
    gc.collect()
    gc.freeze()
    routes = [
        Route("/bench/rate", talk.set_rate, methods=["POST"]),
        Route("/bench/threaten", threats.threaten, methods=["POST"]),
        Route("/bench/muted", threats.muted, methods=["POST"]),
    ]
    limits = RateLimits(limits={}, default=10**9)
    app = create_app(world, keys, sockets=Sockets(world), limits=limits, control=routes)
    tasks = Tasks()
    async with serving(app) as address:
        announce(address, keys)
        tasks.spawn(talk.run(), name="talk")
        await asyncio.to_thread(sys.stdin.read)
        await tasks.close()


class MutedSandbox:
    """The running server, seen from the benchmark."""

    def __init__(self, process: psutil.Process, address: SandboxAddress) -> None:
        self.process = process
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    async def talk(self, rate: float) -> None:
        """Others say ``rate`` lines a second from now on."""
        await self._ask(f"rate?lines={rate}")

    async def threaten(self, *, silent: bool = False) -> tuple[str, float]:
        """The next person threatens, or only turns the microphone on; who, and when (unix s)."""
        found = await self._ask("threaten?silent=1" if silent else "threaten")
        return str(found["user"]), float(found["at"])

    async def muted(self) -> dict[str, float]:
        """When each of them was muted since they threatened last (unix seconds)."""
        return dict(await self._ask("muted"))

    async def _ask(self, what: str) -> dict[str, Any]:
        def post() -> dict[str, Any]:
            url = f"{self.address.base_url}/bench/{what}"
            asked = urllib.request.Request(url, method="POST")
            with self._opener.open(asked, timeout=30) as answer:
                found: dict[str, Any] = json.loads(answer.read())
                return found

        return await asyncio.to_thread(post)


@contextlib.contextmanager
def muted_sandbox() -> Iterator[MutedSandbox]:
    """The sandbox as a process, until the context ends."""
    with sandbox_program("tests.benchmarks.muted_sandbox") as (process, address):
        yield MutedSandbox(psutil.Process(process.pid), address)


if __name__ == "__main__":
    argparse.ArgumentParser(prog="muted_sandbox", description=__doc__).parse_args()
    asyncio.run(serve())
