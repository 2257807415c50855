"""What one process of the sandbox carries: calls, people, watching sockets, delivered events.

Run alone with ``python -m tests.benchmarks.sandbox_scale``. The server is a process of its own on
the loopback interface; this one holds the sockets and counts what arrives on them. Ends by itself.
"""

import argparse
import asyncio
import contextlib
import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

import httpx
import msgspec
import psutil
import websockets
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from websockets.asyncio.client import ClientConnection

from console.base.tasks import Tasks
from console.sandbox.app import create_app
from console.sandbox.rate_limits import RateLimits
from console.sandbox.records import Presence
from console.sandbox.server import serving
from console.sandbox.sockets import Sockets
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World

LINES = (
    "We will come to the numbers for the third quarter in a minute.",
    "Can you hear me at the back?",
    "I think that is what she meant, but let us ask her.",
    "Thank you, that was very clear.",
)
_TICK = 0.02
_LONGEST_START = 180.0
_LONGEST_ANSWER = 30.0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# -- the server -----------------------------------------------------------------------------------


def crowd(world: World, calls: int, people: int) -> list[tuple[str, str]]:
    """``calls`` calls with ``people`` in all of them together; who has a microphone on."""
    world.add_user(MODERATOR_ID, "Moderator", role="moderator")
    voices = []
    each = people // calls
    for number in range(calls):
        cid = f"default:call-{number:04}"
        host = f"host-{number:04}"
        world.add_user(host, f"Host {number}")
        captions = {"transcription": {"closed_caption_mode": "auto-on"}}
        world.control.create(
            "default",
            f"call-{number:04}",
            created_by=host,
            name=f"Call {number}",
            settings_override=captions,
        )
        for seat in range(each):
            user_id = host if seat == 0 else f"person-{number:04}-{seat:03}"
            if seat:
                world.add_user(user_id, f"Person {number} {seat}")
            presence = world.attendance.join(cid, user_id)
            if not isinstance(presence, Presence):
                raise TypeError(presence.reason)
            if seat < 3:
                world.attendance.publish(cid, presence.user_session_id, "audio")
                voices.append((cid, presence.user_session_id))
    return voices


@dataclass
class Talk:
    """People who talk, ``rate`` items a second spread over all calls."""

    world: World
    voices: list[tuple[str, str]]
    rate: float = 0.0

    async def run(self) -> None:
        voices, lines = itertools.cycle(self.voices), itertools.cycle(LINES)
        owed, last = 0.0, time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            owed = min(owed + (now - last) * self.rate, self.rate)
            last = now
            while owed >= 1:
                owed -= 1
                end = self.world.state.now()
                cid, session = next(voices)
                self.world.speech.speak(cid, session, next(lines), start=end - 2, end=end)

    async def set_rate(self, request: Request) -> Response:
        self.rate = float(request.query_params["captions"])
        return Response(status_code=204)


async def serve(calls: int, people: int) -> None:
    """Print the address as one JSON line and serve until standard input closes."""
    world, keys = World(), AppKeys.generate()
    sockets = Sockets(world)
    voices = crowd(world, calls, people)
    gc.collect()
    gc.freeze()
    # Neighbours in one call talk far apart in time.
    talk = Talk(world, voices[::3] + voices[1::3] + voices[2::3])
    rate = Route("/bench/rate", talk.set_rate, methods=["POST"])
    app = create_app(world, keys, sockets=sockets, limits=RateLimits(default=10**9), control=[rate])
    tasks = Tasks()
    async with serving(app) as address:
        said = {
            "base_url": address.base_url,
            "ws_url": address.ws_url,
            "api_key": keys.api_key,
            "token": keys.user_token(MODERATOR_ID),
        }
        say(json.dumps(said))
        tasks.spawn(talk.run(), name="talk")
        await asyncio.to_thread(sys.stdin.read)
        await tasks.close()


# -- the clients ----------------------------------------------------------------------------------


class Frame(msgspec.Struct):
    """What the counting looks at."""

    type: str
    created_at: int = 0


@dataclass
class Arrived:
    """What arrived since it was last cleared; ``late`` in seconds."""

    frames: int = 0
    late: list[float] = field(default_factory=list)

    def clear(self) -> None:
        self.frames = 0
        self.late.clear()


@contextlib.contextmanager
def server_process(calls: int, people: int) -> Iterator[tuple[psutil.Process, dict[str, str]]]:
    """The sandbox as a process, until the context ends."""
    command = [sys.executable, "-m", "tests.benchmarks.sandbox_scale", "--serve"]
    command += ["--calls", str(calls), "--people", str(people)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("the sandbox did not start")
            yield psutil.Process(process.pid), json.loads(line)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextlib.asynccontextmanager
async def watching(
    address: dict[str, str], http: httpx.AsyncClient, sockets: int, calls: int, each: int
) -> AsyncIterator[Arrived]:
    """``sockets`` sockets, each watching ``each`` of the calls; every call is watched evenly."""
    arrived, tasks = Arrived(), Tasks()
    decoder = msgspec.json.Decoder(Frame)

    async def count(raw: ClientConnection) -> None:
        async for text in raw:
            frame = decoder.decode(text)
            if frame.type == "call.closed_caption":
                arrived.frames += 1
                arrived.late.append(time.time() - frame.created_at / 1e9)

    async with contextlib.AsyncExitStack() as stack:
        for number in range(sockets):
            url = f"{address['ws_url']}?api_key={address['api_key']}&stream-auth-type=jwt"
            raw = await stack.enter_async_context(
                websockets.connect(url, ping_interval=None, max_queue=None, compression=None)
            )
            hello = {"token": address["token"], "user_details": {"id": MODERATOR_ID}}
            await raw.send(json.dumps({**hello, "products": ["video"]}))
            connection_id = json.loads(await raw.recv())["connection_id"]
            first = number * each % calls
            cids = [f"default:call-{(first + step) % calls:04}" for step in range(each)]
            answer = await http.post(
                "/api/v2/video/calls",
                params={"connection_id": connection_id},
                json={"watch": True, "limit": 100, "filter_conditions": {"cid": {"$in": cids}}},
            )
            answer.raise_for_status()
            tasks.spawn(count(raw), name="socket")
        yield arrived
        await tasks.close()


async def measured(
    arrived: Arrived,
    http: httpx.AsyncClient,
    server: psutil.Process,
    *,
    captions: float,
    expected: float,
    seconds: float,
) -> bool:
    """Let people talk for a while and print what came of it; whether it kept up."""
    await http.post("/bench/rate", params={"captions": captions})
    await asyncio.sleep(1.0)
    arrived.clear()
    before, began = _cpu(server), time.perf_counter()
    pages = []
    while (left := began + seconds - time.perf_counter()) > 0:
        await asyncio.sleep(min(1.0, left))
        asked = time.perf_counter()
        answer = await http.post("/api/v2/video/calls", json={"limit": 100})
        answer.raise_for_status()
        pages.append(time.perf_counter() - asked)
    spent = time.perf_counter() - began
    used = (_cpu(server) - before) / spent
    late = sorted(arrived.late) or [0.0]
    rate = arrived.frames / spent
    p99 = late[int(len(late) * 0.99)]
    say(
        f"  {rate:>8,.0f} events/s delivered of {expected:>6,.0f}"
        f"   server {used:>5.0%} of a core, {server.memory_info().rss / 1e6:>5,.0f} MB"
        f"   late p50 {statistics.median(late) * 1e3:>6.1f} ms, p99 {p99 * 1e3:>7.1f} ms"
        f"   100 calls with people {statistics.median(pages) * 1e3:>5.0f} ms"
    )
    await http.post("/bench/rate", params={"captions": 0})
    return rate > 0.95 * expected and p99 < 1.0


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def run(options: argparse.Namespace) -> bool:
    """Print one line for each rate; whether the first one was carried."""
    began = time.perf_counter()
    each = min(options.calls, options.calls * options.watchers // options.sockets)
    with server_process(options.calls, options.people) as (server, address):
        ready = time.perf_counter() - began
        rss = server.memory_info().rss / 1e6
        say(
            f"{options.calls:,} calls, {options.people:,} people, {options.sockets} sockets that "
            f"watch {each} calls each (ready in {ready:.1f} s, {rss:,.0f} MB)"
        )
        headers = {"authorization": address["token"], "stream-auth-type": "jwt"}
        async with (
            httpx.AsyncClient(
                base_url=address["base_url"],
                params={"api_key": address["api_key"]},
                headers=headers,
                timeout=_LONGEST_ANSWER,
            ) as http,
            watching(address, http, options.sockets, options.calls, each) as arrived,
        ):
            outcomes = []
            for factor in (1, 2, 4) if options.most else (1,):
                wanted = options.rate * factor
                captions = wanted * options.calls / (options.sockets * each)
                outcomes.append(
                    await measured(
                        arrived,
                        http,
                        server,
                        captions=captions,
                        expected=wanted,
                        seconds=options.seconds,
                    )
                )
                if not outcomes[-1]:
                    break
    return outcomes[0]


def main(argv: Sequence[str] = ()) -> int:
    """Print what was carried; 1 when the first rate was not."""
    parser = argparse.ArgumentParser(prog="sandbox_scale", description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--watchers", type=int, default=10, help="sockets that watch one call")
    parser.add_argument("--rate", type=float, default=2_000, help="delivered events a second")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each rate is held")
    parser.add_argument("--no-most", dest="most", action="store_false", help="that rate only")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.serve:
        asyncio.run(serve(options.calls, options.people))
        return 0
    longest = _LONGEST_START + 3 * (options.seconds + 5)
    carried = asyncio.run(asyncio.wait_for(run(options), longest))
    return 0 if carried else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
