"""Drills: the whole program for longer than a test may take. ``make drills`` runs them."""

import asyncio
import json
import subprocess
import sys
from typing import Any

import pytest

from tests.patience import patient


class DemoShift:
    """A demo that a scripted moderator works through; start it, and wait for its summary."""

    def __init__(self, scenario: str, seconds: float, speed: float) -> None:
        self._arguments = (
            *("demo", "--headless", "--json", "--scenario", scenario),
            *("--clock-speed", str(speed), "--for", str(seconds)),
        )
        self._limit = seconds / speed + patient(60)
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> int:
        """Start it; gives its process id."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "console", *self._arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return self.process.pid

    async def summary(self) -> dict[str, Any]:
        """What it measured, once it ended well."""
        assert self.process is not None
        out, errors = await asyncio.wait_for(self.process.communicate(), self._limit)
        assert self.process.returncode == 0, errors.decode()
        found: dict[str, Any] = json.loads(out.splitlines()[-1])
        return found

    async def end(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@pytest.fixture
async def shift():
    """``shift("raid", seconds=120, speed=4)``: a :class:`DemoShift` that ends with the test."""
    made: list[DemoShift] = []

    def make(scenario: str, *, seconds: float, speed: float) -> DemoShift:
        made.append(DemoShift(scenario, seconds, speed))
        return made[-1]

    yield make
    for each in made:
        await each.end()
