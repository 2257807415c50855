"""Plays one episode with the real program, and gathers what came of it."""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.ui.shell.app import build_application
from console.ui.state import aio
from console.ui.state.entries import GapEntry
from tests.chaos import judge_acts, judge_lines, stored
from tests.chaos.engine_handle import EngineHandle
from tests.chaos.faults.registry import FAULTS
from tests.chaos.jumping_clock import VARIABLE, Jump, JumpingClock
from tests.chaos.outcome import Outcome, Violation
from tests.chaos.plan import SECONDS, Episode, Order
from tests.chaos.stage import Stage
from tests.chaos.trace import trace
from tests.chaos.window import Window

SIGN_IN_LIMIT_S = 60.0
"""Real seconds."""

DRAIN_LIMIT_S = 150.0
"""Longest that anything may take to settle once no fault comes any more, in clock seconds."""

Condition = Callable[[], object]

_NUMBER = re.compile(r"line (\d+) of the evening")
_OPEN = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)


class Result(Struct, frozen=True, kw_only=True):
    """What one episode came to.

    Attributes:
        stumbles: errors in the engine's log, in one line each.
        trace: what happened, second by second.
    """

    episode: Episode
    seconds: float
    violations: list[Violation]
    struck: Counter[str]
    receipts: Counter[str]
    said: int
    shown: int
    kills: int
    stumbles: Counter[str]
    trace: list[str]


def play(
    episode: Episode, speed: float, *, python: str = sys.executable, keep: Path | None = None
) -> Result:
    """Play ``episode``; the program's clock runs ``speed`` times as fast.

    ``python`` runs the engine. ``keep``: the folder where its files stay.
    """
    home = keep or Path(tempfile.mkdtemp(prefix="moderator-console-chaos-"))
    home.mkdir(parents=True, exist_ok=True)
    try:
        return _Play(episode, speed, home, python).run()
    finally:
        if keep is None:
            shutil.rmtree(home, ignore_errors=True)


class _Play:
    def __init__(self, episode: Episode, speed: float, home: Path, python: str) -> None:
        jump = Jump(home / "clock")
        self._episode = episode
        self._home = home
        self._python = python
        origin = time.time()
        self._clock = JumpingClock(jump, speed, origin)
        self._handle = EngineHandle(home / "data" / "console.db", jump)
        faults = {fault.name: fault for fault in FAULTS}
        # The server's clock is another one: it does not jump when that of this machine is set.
        self._stage = Stage(episode, self._handle, SystemClock(speed, origin), faults)
        self._window: Window | None = None
        self._began = time.monotonic()

    def run(self) -> Result:
        os.environ[VARIABLE] = str(self._home / "clock")
        app = build_application([sys.argv[0]])
        self._stage.start()

        def start(tasks: Tasks) -> None:
            self._window = Window(
                self._home, self._program(), self._stage, self._handle, self._clock, tasks
            )
            playing = tasks.spawn(self._play(self._window), name="episode")
            playing.add_done_callback(lambda _: app.exit(0))

        async def close() -> None:
            if self._window is not None:
                self._window.close()

        try:
            aio.run(app, start, close)
            return self._result()
        finally:
            self._stage.close()

    def _program(self) -> list[str]:
        clock = f"--clock-speed={self._clock.speed}@{self._clock.origin}"
        module = ["-m", "tests.chaos.engine_program"]
        return [self._python, *module, "--home", str(self._home), "engine", clock]

    async def _play(self, window: Window) -> None:
        window.engine.start()
        window.sign_in()
        await self._until(lambda: window.live, SIGN_IN_LIMIT_S)
        orders = [asyncio.ensure_future(self._order(window, one)) for one in self._episode.orders]
        await self._stage.strike_all()
        await asyncio.gather(*orders)
        await self._drain(window)

    async def _order(self, window: Window, order: Order) -> None:
        await asyncio.sleep(order.at / self._clock.speed)
        if spec_of(order.kind).scope is Scope.REQUEST:
            await self._stage.call(lambda: self._stage.people.ask(order))
        window.give(order)
        if order.undo and spec_of(order.kind).undo:
            await self._until(lambda: window.undo(order), 2 * SECONDS / self._clock.speed / 3)

    async def _drain(self, window: Window) -> None:
        limit = DRAIN_LIMIT_S / self._clock.speed
        await self._until(lambda: self._settled(window), limit)
        self._stage.fall_silent()
        await self._until(lambda: window.live and not window.session.history.waiting(), limit)
        await asyncio.sleep(3 / self._clock.speed)  # the last receipts reach the store

    def _settled(self, window: Window) -> bool:
        receipts = [window.session.acts[act_id].receipt for act_id in window.given_at]
        return window.live and all(receipt.state not in _OPEN for receipt in receipts)

    async def _until(self, condition: Condition, limit: float) -> None:
        end = time.monotonic() + limit
        while not condition() and time.monotonic() < end:  # noqa: ASYNC110  # Qt tells, not asyncio
            await asyncio.sleep(0.05)

    def _result(self) -> Result:
        window = self._window
        assert window is not None
        outcome = self._outcome(window)
        receipts = [outcome.acts[act_id].receipt for act_id in outcome.given]
        return Result(
            episode=self._episode,
            seconds=time.monotonic() - self._began,
            violations=[*judge_lines.judge(outcome), *judge_acts.judge(outcome)],
            struck=self._stage.scene.struck,
            receipts=Counter(str(receipt.state) for receipt in receipts),
            said=len(outcome.said),
            shown=len(outcome.shown),
            kills=self._handle.killed,
            stumbles=_stumbles(self._home / "logs"),
            trace=trace(outcome, self._stage.scene.log),
        )

    def _outcome(self, window: Window) -> Outcome:
        session, truth, scene = window.session, self._stage.truth, self._stage.scene
        numbers = (
            int(match[1])
            for line in session.history.lines()
            if (match := _NUMBER.search(line.item.text))
        )
        return Outcome(
            speed=self._clock.speed,
            origin=self._clock.origin,
            said=truth.said,
            done=truth.done,
            contrary=truth.contrary,
            refused=truth.refused,
            visible={
                act_id: self._stage.people.shows(
                    session.acts[act_id].act,
                    accepted=session.acts[act_id].receipt.accepted_at > 0,
                )
                for act_id in window.given_at
            },
            shown=Counter(numbers),
            gaps=[one.gap for one in session.history if isinstance(one, GapEntry)],
            aheads=(0.0, *self._handle.aheads),
            lag=scene.lag,
            timeline=window.timeline,
            hears_at_end=window.live,
            waiting=self._waiting(window),
            acts=dict(session.acts),
            given=dict(window.given_at),
            stored=stored.read(self._handle.store),
        )

    def _waiting(self, window: Window) -> list[str]:
        if not self._episode.secret:
            return []  # nobody asks Stream with a user token
        waiting = (line for line in window.session.history.lines() if line.waiting)
        return [
            f"{line.item.text[:40]!r} of {line.item.received_at:.2f}, {line.verdict}"
            for line in waiting
            if not line.replay
        ]


def _stumbles(logs: Path) -> Counter[str]:
    """The last line of each traceback in the engine's log."""
    found: Counter[str] = Counter()
    for path in logs.glob("engine*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        for block in text.split("Traceback (most recent call last):")[1:]:
            lines = block.splitlines()
            last = next((line for line in lines if line[:1].isalpha()), "")
            where = [line.strip() for line in lines if "console/" in line]
            found[f"{last[:160]} | {where[-1] if where else ''}"] += 1
    return found
