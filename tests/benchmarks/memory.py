"""What engine and window hold after many lines, beside what they hold after a few.

Run alone with ``python -m tests.benchmarks.memory``. Engine, window and sandbox are processes of
their own. Both sides remember a bounded number of lines, so what is held levels out.
"""

import argparse
import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import psutil

from console.domain.sign_in import Method
from tests.benchmarks.heard_engine import HeardEngine
from tests.benchmarks.report import ratio, rss_mb, say, table
from tests.benchmarks.talking_sandbox import TalkingSandbox, talking_sandbox

FEW, MANY, MORE = 5_000, 50_000, 70_000
MAX_IN_FLIGHT = 500
UNDER_WAY = 1_000
LONGEST_S = 200.0


class Held(msgspec.Struct):
    """Memory of one process after so many lines, and how long these took."""

    lines: int
    rss_mb: float
    seconds: float


async def feed(engine: HeardEngine, sandbox: TalkingSandbox, until: int) -> None:
    """Have lines said, as fast as the engine hears them, until it heard ``until``."""
    said = await sandbox.say(0)
    while said < until:
        said = await sandbox.say(min(MAX_IN_FLIGHT, until - said))
        if not await _heard(engine, until if said == until else said - UNDER_WAY):
            raise RuntimeError(f"heard {len(engine.heard_at)} of {said} lines")


async def _heard(engine: HeardEngine, lines: int) -> bool:
    return await engine.reached(lambda: len(engine.heard_at) >= lines, 30.0)


async def engine_memory(steps: Sequence[int]) -> list[Held]:
    """An engine that judges by itself: it signs in with a user token."""
    with tempfile.TemporaryDirectory() as home, talking_sandbox() as sandbox:
        engine = HeardEngine(Path(home))
        await engine.start()
        try:
            await engine.sign_in(sandbox.address, Method.TOKEN)
            found, began = [Held(0, rss_mb(engine.process), 0.0)], time.perf_counter()
            for step in steps:
                await feed(engine, sandbox, step)
                found.append(Held(step, rss_mb(engine.process), time.perf_counter() - began))
            await engine.close_stdin()
        finally:
            await engine.kill()
        return found


def window_memory(steps: Sequence[int], home: Path) -> list[Held]:
    """A whole window, offscreen, that is told lines and verdicts; its engine is never started."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest

    from console.base.paths import Paths
    from console.base.tasks import Tasks
    from console.domain.call import Call
    from console.domain.phase import Phase
    from console.protocol.to_window import CallsChanged, EngineState, Judged
    from console.ui.shell.app import Console, build_application
    from console.ui.shell.main_window import MainWindow
    from tests.benchmarks.transcript_rows import decided, tell

    app = build_application(["bench"])
    paths = Paths.under(home)
    paths.create()
    console = Console(paths, ["never-started"], Tasks(), theme="dark")
    console.context.theme.apply(app)
    window = MainWindow(console.context)
    window.resize(1440, 900)
    window.show()
    session = console.context.session
    session.apply(EngineState(Phase.LIVE, method=Method.SECRET, directory_complete=True))
    calls = tuple(
        Call(cid=f"default:call-{n}", type="default", id=f"call-{n}", name=f"Call {n}", people=4)
        for n in range(40)
    )
    session.apply(CallsChanged(changed=calls, whole=True))
    QTest.qWait(100)
    process = psutil.Process()
    found, began, told = [Held(0, rss_mb(process), 0.0)], time.perf_counter(), 0
    for step in steps:
        while told < step:
            ids = tell(session, min(100, step - told))
            told += len(ids)
            app.processEvents()
            session.apply(Judged(tuple(decided(each) for each in ids)))
            app.processEvents()
        QTest.qWait(50)
        gc.collect()
        found.append(Held(step, rss_mb(process), time.perf_counter() - began))
    return found


def print_table(title: str, found: Sequence[Held]) -> None:
    base = found[1]
    rows = []
    for before, each in zip((None, *found), found, strict=False):
        lines = each.lines - before.lines if before else 0
        grown = (each.rss_mb - before.rss_mb) * 1e6 if before else 0.0
        rows.append(
            (
                f"{each.lines:,}",
                f"{each.rss_mb:.0f}",
                ratio(each.rss_mb, base.rss_mb),
                f"{grown / lines:,.0f}" if lines else "-",
                f"{each.seconds:.1f}",
            )
        )
    columns = ("lines so far", "RSS MB", "ratio", "bytes/line since the row above", "seconds")
    table(title, f"the same process after {base.lines:,} lines", columns, rows)


def main(argv: Sequence[str] = ()) -> int:
    """Print both tables; returns 0."""
    parser = argparse.ArgumentParser(prog="memory", description=__doc__)
    parser.add_argument("--engine-lines", type=int, nargs="+", default=(FEW, MANY, MORE))
    parser.add_argument("--window-lines", type=int, nargs="+", default=(FEW, MANY, MORE))
    parser.add_argument("--window", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.window:
        with tempfile.TemporaryDirectory() as home:
            found = window_memory(options.window_lines, Path(home))
            say(msgspec.json.encode(found).decode())
            os._exit(0)  # the window never ran its event loop, so it has no orderly end
    engine = asyncio.run(asyncio.wait_for(engine_memory(options.engine_lines), LONGEST_S))
    print_table("engine, every line kept in its store and judged locally", engine)
    command = [sys.executable, "-m", "tests.benchmarks.memory", "--window", "--window-lines"]
    command += [str(lines) for lines in options.window_lines]
    window = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_S, check=True)
    answer = window.stdout.splitlines()[-1]
    print_table(
        "window, all calls shown, every line judged",
        msgspec.json.decode(answer, type=list[Held]),
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
