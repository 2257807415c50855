"""What the store keeps a second, and how long an act waits for the disk.

Run alone with ``python -m tests.benchmarks.store_writes``. Files lie in the system's temporary
folder: give TMPDIR to measure another disk.
"""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec

from console.base.tasks import Tasks
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.item import Item, Text
from console.domain.verdict import KEEP, JudgedItem, Source, Verdict
from console.store.store import AppStore, Store
from tests.benchmarks.report import at_share, ratio, table
from tests.benchmarks.talking_sandbox import TEXTS

BATCH = 500
"""As many lines as the engine hands over at once at most."""

TOGETHER = 100
_numbers = itertools.count(1)


class Kept(msgspec.Struct):
    """One way to keep lines, measured."""

    name: str
    rate: float
    p99_ms: float


def new_line() -> JudgedItem:
    number, now = next(_numbers), time.time()
    line = Item(
        item_id=f"u{number:024x}",
        kind="caption",
        cid=f"default:call-{number % 40}",
        session_id="session",
        author_id=f"voice-{number % 400}",
        author_name="Voice",
        body=Text(f"{TEXTS[number % len(TEXTS)]} {number}"),
        start_time=now - 2,
        end_time=now,
        received_at=now,
        source_id=f"{number:032x}",
        language="en",
    )
    verdict = Verdict(
        item_id=line.item_id,
        source=Source.LOCAL,
        action=KEEP,
        provisional=True,
        judged_at=now,
    )
    return JudgedItem(line, (verdict,))


async def keep(store: AppStore, lines: int) -> None:
    """Keep new lines, each with its local verdict; returns when they are on disk."""
    await store.keep_items([new_line() for _ in range(lines)])


async def kept(name: str, store: AppStore, seconds: float, *, callers: int, lines: int) -> Kept:
    """``callers`` tasks keep ``lines`` lines at a time for ``seconds``."""
    began, count = time.perf_counter(), 0
    took: list[float] = []

    async def keep_on() -> None:
        nonlocal count
        while time.perf_counter() < began + seconds:
            asked = time.perf_counter()
            await keep(store, lines)
            took.append((time.perf_counter() - asked) * 1e3)
            count += lines

    await asyncio.gather(*(keep_on() for _ in range(callers)))
    return Kept(name, count / (time.perf_counter() - began), at_share(took, 0.99))


async def acts(store: AppStore, seconds: float) -> list[float]:
    """Put acts in the outbox for ``seconds``, one after the other; milliseconds of each."""
    took = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        now = time.time()
        act = Act(
            act_id=f"act-{next(_numbers)}",
            kind="mute_audio",
            cid="default:call-1",
            requested_at=now,
            user_ids=("voice-1",),
        )
        receipt = Receipt(act_id=act.act_id, state=ReceiptState.QUEUED, queued_at=now)
        asked = time.perf_counter()
        assert await store.add_act(act, receipt)
        took.append((time.perf_counter() - asked) * 1e3)
        await asyncio.sleep(0.005)  # people and automations press one after the other
    return took


async def acts_while(
    store: AppStore, seconds: float, load: Callable[[], Awaitable[None]]
) -> list[float]:
    """As :func:`acts`, while ``load`` runs again and again."""
    tasks = Tasks()

    async def load_on() -> None:
        while True:
            await load()

    tasks.spawn(load_on(), name="load")
    took = await acts(store, seconds)
    await tasks.close()
    return took


async def run(seconds: float) -> tuple[list[Kept], list[tuple[str, list[float]]]]:
    """Every way to keep lines, then acts on an idle and on a busy store."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(Path(folder) / "console.db")
        app = await store.use_app("bench")

        async def four_hundred() -> None:
            """Lines as the engine keeps them at 400 a second: what came within a frame."""
            await keep(app, 7)
            await asyncio.sleep(7 / 400)

        try:
            found = [
                await kept("one commit for each line", app, seconds, callers=1, lines=1),
                await kept(
                    f"{TOGETHER} callers, a line each", app, seconds, callers=TOGETHER, lines=1
                ),
                await kept(f"{BATCH} lines at once", app, seconds, callers=1, lines=BATCH),
            ]
            waits = [
                ("nothing else is written", await acts(app, seconds)),
                ("400 lines/s are kept", await acts_while(app, seconds, four_hundred)),
                (
                    f"{BATCH} lines at once, on and on",
                    await acts_while(app, seconds, lambda: keep(app, BATCH)),
                ),
            ]
        finally:
            await store.close()
        return found, waits


def main(argv: Sequence[str] = ()) -> int:
    """Print both tables; returns 0."""
    parser = argparse.ArgumentParser(prog="store_writes", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each way is measured")
    options = parser.parse_args(argv)
    longest = 30 + 12 * options.seconds
    found, waits = asyncio.run(asyncio.wait_for(run(options.seconds), longest))
    base = found[0]
    table(
        "lines kept, each with its local verdict (not durable: the death of the process only)",
        base.name,
        ("", "lines/s", "ratio", "p99 ms"),
        [
            (each.name, f"{each.rate:,.0f}", ratio(each.rate, base.rate), f"{each.p99_ms:.1f}")
            for each in found
        ],
    )
    quiet = at_share(waits[0][1], 0.99)
    table(
        "acts put in the outbox (durable: synced to the disk)",
        f"while {waits[0][0]}",
        ("while", "acts", "p50 ms", "p99 ms", "ratio of p99"),
        [
            (
                name,
                str(len(took)),
                f"{at_share(took, 0.5):.1f}",
                f"{at_share(took, 0.99):.1f}",
                ratio(at_share(took, 0.99), quiet),
            )
            for name, took in waits
        ],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
