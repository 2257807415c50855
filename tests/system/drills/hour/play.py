"""Plays an hour of a busy evening for two moderators, and gathers what came of it."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from console.base.clock import SystemClock
from console.base.percentiles import percentiles
from console.base.tasks import Tasks
from console.protocol.to_window import Pulse
from console.sandbox.world import MODERATOR_ID
from console.ui.demo.sandbox_process import SandboxProcess
from console.ui.shell.app import build_application
from console.ui.state import aio
from tests.system.drills.hour import kept
from tests.system.drills.hour.bad_luck import BadLuck
from tests.system.drills.hour.desk_console import DeskConsole
from tests.system.drills.hour.judge import Told, Verdict, judge
from tests.system.drills.hour.moderator import MINUTES, Moderator
from tests.system.drills.hour.sandbox_program import LOG_VARIABLE, SECOND_MODERATOR

log = logging.getLogger(__name__)

SCENARIO = "supervisor-wall"
SIGN_IN_LIMIT_S = 180.0
"""Real seconds."""

DRAIN_LIMIT_S = 400.0
"""Longest that anything may take to end once everybody rests, in seconds of the program's clock."""

LOOK_S = 5.0
MOST_BEHIND_S = 5.0
"""A console keeps up while nineteen of twenty looks find its numbers no older, in seconds of the
program's clock, and no line waiting for longer in seconds of the machine's: a request takes no less
time because the program's clock is fast."""


class Played(Struct, frozen=True, kw_only=True):
    """One hour. ``figures`` are for reading; ``kept_up`` says whether the speed was held."""

    kept_up: bool
    figures: dict[str, Any]
    verdict: Verdict


class Hour:
    """``seconds`` of the program's clock at ``speed``, with files below ``home``."""

    def __init__(self, home: Path, seconds: float, speed: float, seed: int) -> None:
        self._home = home
        self._seconds = seconds
        self._seed = seed
        self._clock = SystemClock(speed, time.time())
        self._log = home / "requests.jsonl"
        self._consoles: list[DeskConsole] = []
        self._moderators: list[Moderator] = []
        self._figures: dict[str, Any] = {}
        self._pulses: list[Pulse] = []
        self._suspended: list[frozenset[str]] = []
        self._state: dict[str, Any] = {}
        self._failure: Exception | None = RuntimeError("The hour was left before its end.")
        os.environ[LOG_VARIABLE] = str(self._log)
        self._sandbox = _sandbox(home, self._clock)

    def play(self) -> Played:
        """From the start of all programs to their end."""
        app = build_application([sys.argv[0]])

        def start(tasks: Tasks) -> None:
            tasks.spawn(self._play(tasks, lambda: app.exit(0)), name="hour")

        async def close() -> None:
            for console in self._consoles:
                console.close()
            await self._sandbox.stop()

        aio.run(app, start, close)
        if self._failure is not None:
            raise self._failure
        told = self._told(0), self._told(1)
        # Kept where the files of the hour are kept, to look at what was judged.
        (self._home / "told.json").write_bytes(
            msgspec.json.encode((told, self._state, self._figures))
        )
        verdict = judge(told, self._log.read_bytes().splitlines(), self._state)
        return Played(kept_up=self._kept_up(), figures=self._figures, verdict=verdict)

    async def _play(self, tasks: Tasks, leave: Callable[[], object]) -> None:
        try:
            await self._begin(tasks)
            await self._work()
            await self._rest()
            self._failure = None
        except Exception as error:
            self._failure = error
        finally:
            leave()

    async def _begin(self, tasks: Tasks) -> None:
        address = await self._sandbox.start()
        for number, user_id in enumerate((MODERATOR_ID, SECOND_MODERATOR)):
            home = self._home / f"console-{number + 1}"
            console = DeskConsole(user_id, home, address, self._clock, tasks)
            self._consoles.append(console)
            self._moderators.append(Moderator(console, self._clock, self._seed + number))
            console.engine.start()
            console.sign_in()
        await self._until(
            lambda: all(one.live and one.captioning for one in self._consoles),
            SIGN_IN_LIMIT_S,
            "both consoles hear all calls",
        )
        await self._sandbox.control("/start", {})

    async def _work(self) -> None:
        luck = BadLuck(self._sandbox, self._clock, self._seed)
        began = time.monotonic()
        await asyncio.gather(
            *(moderator.work(self._seconds) for moderator in self._moderators),
            luck.strike(self._seconds),
            self._kill_one(self._seconds / 2),
            self._look(self._seconds),
        )
        status = await self._sandbox.control("/status")
        elapsed = time.monotonic() - began
        self._figures |= {
            "speed": self._clock.speed,
            "speed_of_the_scenario": round(status["scenario_time"] / elapsed, 2),
            "seconds": round(status["scenario_time"], 1),
            "calls": status["calls"],
            "people": status["participants"],
            "faults_planned": dict(luck.struck),
        }

    async def _kill_one(self, after: float) -> None:
        await self._clock.sleep(after)
        os.kill(self._consoles[1].engine.pid, signal.SIGKILL)

    async def _look(self, seconds: float) -> None:
        end = self._clock.monotonic() + seconds
        while self._clock.monotonic() < end:
            await self._clock.sleep(LOOK_S)
            for console in self._consoles:
                console.look()

    async def _rest(self) -> None:
        """Wait until all that was begun has ended, clocks of sanctions too."""
        limit = DRAIN_LIMIT_S / self._clock.speed
        await self._settle(limit)
        await self._clock.sleep(60 * max(MINUTES) + 30)
        for moderator in self._moderators:
            moderator.give_all_back()
        await self._sandbox.control("/pause", {})
        await self._settle(limit)
        await self._judged(limit)
        status = await self._sandbox.control("/status")
        self._state = await self._sandbox.control("/desk")
        # What the engines count ends with their sign-in.
        pulses = (console.session.pulse for console in self._consoles)
        self._pulses = [pulse for pulse in pulses if pulse is not None]
        shown = (console.session.calls.values() for console in self._consoles)
        self._suspended = [frozenset(c.cid for c in calls if c.suspended) for calls in shown]
        self._figures |= {
            "captioned": status["captioned"],
            "faults_happened": (await self._sandbox.control("/faults", {"kind": "clear"}))[
                "happened"
            ],
            "engines_killed": [len(console.deaths) for console in self._consoles],
            "did": [dict(moderator.did) for moderator in self._moderators],
            "behind_s": [_behind(console) for console in self._consoles],
            "rss_mb": [round(pulse.rss_mb) for pulse in self._pulses],
        }

    async def _settle(self, limit: float) -> None:
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if all(
                one.live and not one.under_way and not one.session.history.waiting()
                for one in self._consoles
            ):
                return
            await asyncio.sleep(0.1)

    async def _judged(self, limit: float) -> None:
        """Wait until every line is judged, and what the engines count of them has come to rest."""
        end = time.monotonic() + limit
        before: list[tuple[Any, ...]] = []
        while time.monotonic() < end:
            pulses = [console.session.pulse for console in self._consoles]
            now = [(pulse.at, pulse.waiting, pulse.desk) for pulse in pulses if pulse is not None]
            fresh = bool(before) and all(a[0] > b[0] for a, b in zip(now, before, strict=False))
            if fresh and [each[1:] for each in now] == [(0, each[2]) for each in before]:
                return
            if fresh or not before:
                before = now
            await asyncio.sleep(0.1)

    async def _until(self, condition: Callable[[], bool], limit: float, what: str) -> None:
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"not in {limit:.0f} s: {what}")
            await asyncio.sleep(0.05)

    def _kept_up(self) -> bool:
        return all(
            _p95([look.told for look in console.behind]) <= MOST_BEHIND_S
            and _p95([look.waiting for look in console.behind]) <= MOST_BEHIND_S * self._clock.speed
            for console in self._consoles
        )

    def _told(self, number: int) -> Told:
        console, moderator = self._consoles[number], self._moderators[number]
        counts = self._pulses[number].desk
        return Told(
            acts=tuple(console.session.acts.values()),
            flagged=frozenset(moderator.flagged),
            raised=frozenset(console.raised),
            counts={
                "raised": counts.raised,
                "handled": counts.handled,
                "dismissed": counts.dismissed,
                "open": counts.open,
            },
            outlived=self._pulses[number].sanctions.outlived,
            suspended=self._suspended[number],
            kept=kept.read(console.store),
        )


def _sandbox(home: Path, clock: SystemClock) -> SandboxProcess:
    arguments = ["--scenario", SCENARIO, "--paused", f"--clock-speed={clock.speed}@{clock.origin}"]
    made = SandboxProcess(arguments, home / "sandbox.log", home=home / "sandbox")
    module = f"{__package__}.sandbox_program"
    made._command = [module if part == "console" else part for part in made._command]
    return made


def _behind(console: DeskConsole) -> dict[str, Any]:
    told = percentiles([look.told for look in console.behind])
    waiting = percentiles([look.waiting for look in console.behind])
    return {
        "looks": len(console.behind),
        "told": {"p50": round(told.p50, 1), "p95": round(told.p95, 1)},
        "waiting": {"p50": round(waiting.p50, 1), "p95": round(waiting.p95, 1)},
    }


def _p95(values: list[float]) -> float:
    return percentiles(values).p95 if values else float("inf")
