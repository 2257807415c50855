"""How long the window waits while people with 64 kB names send it a hundred frames a second.

Run alone with ``python -m tests.benchmarks.hostile_frames``. The whole program, offscreen, with a
sandbox in a process of its own. 1 when the window's thread worked for longer than 100 ms at a
stretch: the processor time counts, for on a busy machine the thread also waits for its turn.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer

from console.base.paths import Paths
from console.base.tasks import Tasks
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.ui.shell.app import Console, build_application, engine_program
from console.ui.shell.main_window import MainWindow
from console.ui.state import aio
from tests.benchmarks.hostile_sandbox import CID, HostileSandbox, hostile_sandbox
from tests.benchmarks.report import at_share, ratio, say, table

RATE = 100.0
LONGEST_MS = 100.0
READY_S = 60.0
_TICK_MS = 4


class Gaps(QObject):
    """How long the event loop was away between two ticks: by the clock, and by its own work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._wall = self._work = 0.0
        self.walls: list[float] = []
        self.works: list[float] = []

    def start(self) -> None:
        """Forget all, and measure from now on."""
        self.walls, self.works = [], []
        self._wall, self._work = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        wall, work = time.perf_counter(), time.thread_time()
        self.walls.append((wall - self._wall) * 1e3)
        self.works.append((work - self._work) * 1e3)
        self._wall, self._work = wall, work


class Outcome(msgspec.Struct):
    """One stretch of time, in ms. ``heard``: lines and notices that came in it."""

    name: str
    heard: int
    walls: list[float]
    works: list[float]


class Bench:
    """One window program from its start to its end, measured three times."""

    def __init__(self, console: Console, sandbox: HostileSandbox, seconds: float) -> None:
        self._console = console
        self._session = console.context.session
        self._sandbox = sandbox
        self._seconds = seconds
        self.found: list[Outcome] = []

    async def run(self) -> None:
        """Sign in, open the call, and measure."""
        address = self._sandbox.address
        profile = Profile(
            name="bench",
            api_key=address.api_key,
            method=Method.SECRET,
            user_id=address.user_id,
            base_url=address.base_url,
            ws_url=address.ws_url,
        )
        self._console.context.controller.sign_in(profile, address.api_secret)
        async with asyncio.timeout(READY_S):
            while not self._ready():  # noqa: ASYNC110  # Qt tells, not asyncio
                await asyncio.sleep(0.05)
        self._console.context.controller.choose_call(CID)
        await asyncio.sleep(1.0)
        await self._measure("nothing comes", 0.0, hostile=False)
        await self._measure(f"{RATE:.0f} plain frames a second", RATE, hostile=False)
        await self._measure(f"{RATE:.0f} hostile frames a second", RATE, hostile=True)

    def _ready(self) -> bool:
        return self._session.state.phase is Phase.LIVE and CID in self._session.calls

    async def _measure(self, name: str, rate: float, *, hostile: bool) -> None:
        gaps, before = Gaps(self._console), len(self._session.history)
        self._sandbox.send(rate, hostile=hostile)
        gaps.start()
        await asyncio.sleep(self._seconds)
        heard = len(self._session.history) - before
        self.found.append(Outcome(name, heard, gaps.walls, gaps.works))
        gaps.deleteLater()


def measure(seconds: float) -> list[Outcome]:
    """Run the program once."""
    app = build_application([sys.argv[0]])
    with tempfile.TemporaryDirectory() as folder, hostile_sandbox() as sandbox:
        paths = Paths.under(Path(folder))
        paths.create()
        benches: list[Bench] = []
        consoles: list[Console] = []

        def start(tasks: Tasks) -> None:
            console = Console(paths, engine_program(Path(folder)), tasks, theme="light")
            consoles.append(console)
            console.context.theme.apply(app)
            bench = Bench(console, sandbox, seconds)
            benches.append(bench)

            def build(context: object) -> MainWindow:
                window = MainWindow(console.context)
                window.resize(1440, 900)
                return window

            console.start(build)
            running = tasks.spawn(bench.run(), name="bench")
            running.add_done_callback(lambda _: app.exit(0))

        async def close() -> None:
            for console in consoles:
                await console.close()

        aio.run(app, start, close)
    return benches[0].found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 when the window's thread worked too long at a stretch."""
    parser = argparse.ArgumentParser(prog="hostile_frames", description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="how long each is measured")
    options = parser.parse_args(argv)
    found = measure(options.seconds)
    base = found[0]
    table(
        "names and texts of 64 kB: gaps of the window's event loop, and its work between two turns",
        "the same window while nothing comes",
        ("", "heard", "p50 ms", "p99 ms", "max ms", "ratio of p99", "work p99 ms", "work max ms"),
        [
            (
                each.name,
                f"{each.heard:,}",
                f"{at_share(each.walls, 0.5):.0f}",
                f"{at_share(each.walls, 0.99):.0f}",
                f"{max(each.walls, default=0.0):.0f}",
                ratio(at_share(each.walls, 0.99), at_share(base.walls, 0.99)),
                f"{at_share(each.works, 0.99):.0f}",
                f"{max(each.works, default=0.0):.0f}",
            )
            for each in found
        ],
    )
    longest = max(max(each.works, default=0.0) for each in found[1:])
    if longest > LONGEST_MS:
        say(f"  the window worked {longest:.0f} ms at a stretch: {LONGEST_MS:.0f} are allowed")
    return int(longest > LONGEST_MS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
