"""From a caption to its deciding verdict through an engine with no window.

Run alone with ``python -m tests.benchmarks.pipeline``. Sandbox, engine and this reader are three
processes on the loopback interface; nothing may be lost or doubled at any rate.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.benchmarks.heard_engine import HeardEngine
from tests.benchmarks.report import at_share, cpu_seconds, ratio, rss_mb, say, table
from tests.benchmarks.talking_sandbox import TalkingSandbox, talking_sandbox

RATES = (20.0, 100.0, 400.0)
HEARD_WITHIN_S = 10.0
JUDGED_WITHIN_S = 20.0


class Outcome(msgspec.Struct):
    """One rate, measured. Delays in milliseconds: (p50, p99)."""

    rate: float
    spoken: int
    lost: int
    doubled: int
    unjudged: int
    given_up: int
    heard: tuple[float, float]
    judged: tuple[float, float]
    drain_s: float
    cores: float
    rss_mb: float


async def measure(
    engine: HeardEngine, sandbox: TalkingSandbox, rate: float, seconds: float
) -> Outcome:
    """People talk for ``seconds``; then wait until all of it is judged, for a while."""
    engine.clear()
    before = await sandbox.talk(0)
    given_up = engine.pulse.given_up if engine.pulse else 0
    process, began = engine.process, time.perf_counter()
    used = cpu_seconds(process)
    await sandbox.talk(rate)
    await asyncio.sleep(seconds)
    spoken = await sandbox.talk(0) - before
    cores = (cpu_seconds(process) - used) / (time.perf_counter() - began)
    stopped = time.perf_counter()
    await engine.reached(lambda: len(engine.lines) >= spoken, HEARD_WITHIN_S)
    await engine.reached(lambda: len(engine.judged_at) >= spoken, JUDGED_WITHIN_S)
    heard = [(engine.heard_at[key] - line.end_time) * 1e3 for key, line in engine.lines.items()]
    judged = [
        (at - engine.heard_at[key]) * 1e3
        for key, at in engine.judged_at.items()
        if key in engine.heard_at
    ]
    return Outcome(
        rate=rate,
        spoken=spoken,
        lost=spoken - len(engine.lines),
        doubled=engine.doubled,
        unjudged=len(engine.lines) - len(engine.judged_at),
        given_up=(engine.pulse.given_up if engine.pulse else 0) - given_up,
        heard=(at_share(heard, 0.5), at_share(heard, 0.99)),
        judged=(at_share(judged, 0.5), at_share(judged, 0.99)),
        drain_s=time.perf_counter() - stopped,
        cores=cores,
        rss_mb=rss_mb(process),
    )


async def run(rates: Sequence[float], seconds: float) -> list[Outcome]:
    """Every rate, one after the other, on one engine."""
    with tempfile.TemporaryDirectory() as home, talking_sandbox() as sandbox:
        engine = HeardEngine(Path(home))
        await engine.start()
        try:
            await engine.sign_in(sandbox.address)
            await measure(engine, sandbox, rates[0], min(1.0, seconds))  # what is done once only
            found = [await measure(engine, sandbox, rate, seconds) for rate in rates]
            await engine.close_stdin()
        finally:
            await engine.kill()
        return found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 when a line was lost, doubled or never judged."""
    parser = argparse.ArgumentParser(prog="pipeline", description=__doc__)
    parser.add_argument("--seconds", type=float, default=7.0, help="how long each rate is held")
    parser.add_argument("--rates", type=float, nargs="+", default=RATES, metavar="LINES")
    options = parser.parse_args(argv)
    longest = 90 + len(options.rates) * (options.seconds + HEARD_WITHIN_S + JUDGED_WITHIN_S)
    found = asyncio.run(asyncio.wait_for(run(options.rates, options.seconds), longest))
    base = found[0]
    table(
        "caption to verdict, engine with no window, every line checked by the sandbox",
        f"the same engine at {base.rate:.0f} lines/s",
        (
            "lines/s",
            "spoken",
            "lost",
            "doubled",
            "unjudged",
            "heard p50/p99 ms",
            "ratio",
            "judged p50/p99 ms",
            "ratio",
            "all judged after",
            "cores",
            "RSS MB",
        ),
        [
            (
                f"{each.rate:.0f}",
                str(each.spoken),
                str(each.lost),
                str(each.doubled),
                str(each.unjudged),
                f"{each.heard[0]:.0f} / {each.heard[1]:.0f}",
                ratio(each.heard[1], base.heard[1]),
                f"{each.judged[0]:.0f} / {each.judged[1]:.0f}",
                ratio(each.judged[1], base.judged[1]),
                f"{each.drain_s:.1f} s",
                f"{each.cores:.2f}",
                f"{each.rss_mb:.0f}",
            )
            for each in found
        ],
    )
    say("  heard: from the end of the speech; judged: from heard; ratios are of p99")
    wrong = [each for each in found if each.lost or each.doubled or each.unjudged or each.given_up]
    for each in wrong:
        say(f"  at {each.rate:.0f} lines/s not everything was heard once and judged")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
