"""A sandbox in a process of its own in which people send frames as a benchmark asks for.

Each line of its input is a number of frames a second and ``plain`` or ``hostile``: with names and
texts as people choose them, or with 64 kB of what a window can find hard to draw.
"""

import argparse
import asyncio
import contextlib
import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import msgspec

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.sandbox.app import create_app
from console.sandbox.rate_limits import RateLimits
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from console.ui.demo.sandbox_process import SandboxAddress
from tests.benchmarks.sandbox_program import announce, sandbox_program

CID = "default:hostile"
PEOPLE = 8
SIZE = 65_536
_TICK = 0.005

HOSTILE = (
    "x" * SIZE,
    "e" + "\u0301" * (SIZE // 2),
    "\u202e" * 200 + "evil " * (SIZE // 6),
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * (SIZE // 18),
    "\u6f22" * (SIZE // 3),
    "\n" * SIZE,
    "\u0627\u0644\u0639" * (SIZE // 6),
    "<b>" * (SIZE // 3),
    "\x00\x1b[31m" * (SIZE // 6),
)


class Crowd:
    """People who join, leave, talk, ask and are acted on, one frame or two at a time."""

    def __init__(self, world: World, sockets: Sockets) -> None:
        self._world = world
        self._sockets = sockets
        self._numbers = itertools.count()
        self.rate = 0.0
        self.hostile = False
        world.add_user("host", "Host")
        world.control.create(
            "default",
            CID.partition(":")[2],
            created_by="host",
            name="The call",
            settings_override={
                "transcription": {"closed_caption_mode": "auto-on"},
                "audio": {"access_request_enabled": True},
            },
        )
        self._join("host")

    async def run(self) -> None:
        owed, last = 0.0, time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            owed = min(owed + (now - last) * self.rate, self.rate / 4)
            last = now
            while owed >= 1:
                owed -= self._send(next(self._numbers))

    def _send(self, number: int) -> int:
        """Cause the next frames; how many."""
        user_id = f"p{number % PEOPLE}"
        name = HOSTILE[number % len(HOSTILE)] if self.hostile else f"Person {number % PEOPLE}"
        if user_id not in self._world.state.users or number % 7 == 0:
            self._world.add_user(user_id, name)
        world, session = self._world, self._join(user_id)
        actions: tuple[Callable[[], object], ...] = (
            lambda: self._say(session, name),
            lambda: self._say(session, "A plain line by somebody with such a name."),
            lambda: world.sanctions.mute(CID, [user_id], ["audio"], MODERATOR_ID),
            lambda: world.sanctions.kick(CID, user_id, MODERATOR_ID),
            lambda: world.attendance.leave(CID, session),
            lambda: world.sanctions.ask(CID, user_id, ["send-video"]),
            lambda: world.control.update(CID, custom={"name": name, "title": name}),
            lambda: self._sockets.send_raw(self._unknown(name)),
        )
        actions[number % len(actions)]()
        return 2

    def _join(self, user_id: str) -> str:
        call = self._world.state.call(CID)
        there = call.running.of_user(user_id) if call.running else []
        presence = there[0] if there else self._world.attendance.join(CID, user_id)
        assert isinstance(presence, Presence), presence.reason
        self._world.attendance.publish(CID, presence.user_session_id, "audio")
        return presence.user_session_id

    def _say(self, session: str, text: str) -> None:
        now = self._world.state.now()
        self._world.speech.speak(CID, session, text, start=now - 1, end=now)

    def _unknown(self, name: str) -> str:
        frame = {"type": f"call.{name[:100]}", "call_cid": CID, "created_at": name, "user": name}
        return msgspec.json.encode(frame).decode()

    def obey(self, line: str) -> None:
        """Do what a line of the input says."""
        rate, _, kind = line.strip().partition(" ")
        self.rate, self.hostile = float(rate), kind == "hostile"


async def serve() -> None:
    """Print the address as one JSON line and serve until standard input closes."""
    world, keys = World(SystemClock()), AppKeys.generate()
    world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    sockets = Sockets(world)
    crowd = Crowd(world, sockets)
    loop, ended, tasks = asyncio.get_running_loop(), asyncio.Event(), Tasks()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(crowd.obey, line)
        loop.call_soon_threadsafe(ended.set)

    limits = RateLimits(limits={}, default=10**9)
    async with serving(create_app(world, keys, sockets=sockets, limits=limits)) as address:
        announce(address, keys)
        tasks.spawn(crowd.run(), name="crowd")
        threading.Thread(target=read, name="stdin", daemon=True).start()
        await ended.wait()
        await tasks.close()


class HostileSandbox:
    """The running server, seen from the benchmark."""

    def __init__(self, process: subprocess.Popen[str], address: SandboxAddress) -> None:
        self._process = process
        self.address = address

    def send(self, rate: float, *, hostile: bool) -> None:
        """Send so many frames a second from now on."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{rate} {'hostile' if hostile else 'plain'}\n")
        self._process.stdin.flush()


@contextlib.contextmanager
def hostile_sandbox() -> Iterator[HostileSandbox]:
    """The sandbox as a process, until the context ends."""
    with sandbox_program("tests.benchmarks.hostile_sandbox") as (process, address):
        yield HostileSandbox(process, address)


if __name__ == "__main__":
    argparse.ArgumentParser(prog="hostile_sandbox", description=__doc__).parse_args()
    asyncio.run(serve())
