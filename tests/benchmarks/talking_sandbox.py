"""A sandbox in a process of its own in which people say as much as a benchmark asks for.

It has no rate limits, and judges by the town hall's policy.
"""

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
from console.sandbox.rate_limits import RateLimits
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from console.ui.demo.sandbox_process import SandboxAddress
from tests.benchmarks.sandbox_program import announce, sandbox_program

CALLS = 40
VOICES = 4
TEXTS = (
    "We will come to the numbers for the third quarter in a minute.",
    "Can you hear me at the back?",
    "I think that is what she meant, but let us ask her.",
    "Thank you, that was very clear.",
    "The bridge on Mill Street has been closed since the spring, and nobody has told us why.",
    "¿Y cuánto va a costar todo esto al final del año?",
    "Claim your free crypto now at win-big.example before midnight.",
    "You are an idiot and everybody here knows it.",
)
_TICK = 0.005


class Talk:
    """People who talk: steadily at ``rate`` lines a second, and at once when asked."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._voices = itertools.cycle(_voices(world))
        self._numbers = itertools.count(1)
        self.rate = 0.0

    async def run(self) -> None:
        owed, last = 0.0, time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            owed = min(owed + (now - last) * self.rate, self.rate)
            last = now
            self._say(int(owed))
            owed -= int(owed)

    def _say(self, lines: int) -> None:
        for _ in range(lines):
            end = self._world.state.now()
            cid, session = next(self._voices)
            number = next(self._numbers)
            text = f"{TEXTS[number % len(TEXTS)]} {number}"
            outcome = self._world.speech.speak(cid, session, text, start=end - 2, end=end)
            assert outcome.captioned, outcome.reason

    async def set_rate(self, request: Request) -> Response:
        self.rate = float(request.query_params["lines"])
        return self._counted()

    async def say(self, request: Request) -> Response:
        self._say(int(request.query_params["lines"]))
        return self._counted()

    def _counted(self) -> Response:
        return JSONResponse({"captioned": self._world.state.counters.captioned})


def _voices(world: World) -> list[tuple[str, str]]:
    found = []
    for number in range(CALLS):
        cid, host = f"default:bench-{number:02}", f"voice-{number:02}-0"
        for seat in range(VOICES):
            world.add_user(f"voice-{number:02}-{seat}", f"Voice {number} {seat}")
        world.control.create(
            "default",
            f"bench-{number:02}",
            created_by=host,
            name=f"Call {number}",
            settings_override={"transcription": {"closed_caption_mode": "auto-on"}},
        )
        for seat in range(VOICES):
            presence = world.attendance.join(cid, f"voice-{number:02}-{seat}")
            assert isinstance(presence, Presence), presence.reason
            world.attendance.publish(cid, presence.user_session_id, "audio")
            found.append((cid, presence.user_session_id))
    # Neighbours in one call talk far apart in time.
    return [voice for seat in range(VOICES) for voice in found[seat::VOICES]]


async def serve() -> None:
    """Print the address as one JSON line and serve until standard input closes."""
    clock = SystemClock()
    world, keys = World(clock), AppKeys.generate()
    world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    scenario = read_scenario(find_scenario("town-hall"))
    Director(world, scenario, clock, seed=1, speed=1.0, rate=1.0, paused=True).prepare()
    talk = Talk(world)
    gc.collect()
    gc.freeze()
    routes = [
        Route("/bench/rate", talk.set_rate, methods=["POST"]),
        Route("/bench/say", talk.say, methods=["POST"]),
    ]
    limits = RateLimits(limits={}, default=10**9)
    app = create_app(world, keys, sockets=Sockets(world), limits=limits, control=routes)
    tasks = Tasks()
    async with serving(app) as address:
        announce(address, keys)
        tasks.spawn(talk.run(), name="talk")
        await asyncio.to_thread(sys.stdin.read)
        await tasks.close()


class TalkingSandbox:
    """The running server, seen from the benchmark."""

    def __init__(self, process: psutil.Process, address: SandboxAddress) -> None:
        self.process = process
        self.address = address
        # A proxy in the environment must not see what is meant for this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    async def talk(self, rate: float) -> int:
        """People say ``rate`` lines a second from now on; how many were captioned so far."""
        return await asyncio.to_thread(self._ask, "rate", rate)

    async def say(self, lines: int) -> int:
        """People say ``lines`` lines at once; how many were captioned so far."""
        return await asyncio.to_thread(self._ask, "say", lines)

    def _ask(self, what: str, lines: float) -> int:
        url = f"{self.address.base_url}/bench/{what}?lines={lines}"
        with self._opener.open(urllib.request.Request(url, method="POST"), timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return int(found["captioned"])


@contextlib.contextmanager
def talking_sandbox() -> Iterator[TalkingSandbox]:
    """The sandbox as a process, until the context ends."""
    with sandbox_program("tests.benchmarks.talking_sandbox") as (process, address):
        yield TalkingSandbox(psutil.Process(process.pid), address)


if __name__ == "__main__":
    argparse.ArgumentParser(prog="talking_sandbox", description=__doc__).parse_args()
    asyncio.run(serve())
