"""Time as a part that can be handed in, so that tests never wait."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What the program needs to know of time."""

    def now(self) -> float:
        """Wall-clock time in unix seconds."""

    def monotonic(self) -> float:
        """Seconds that never go backwards, for measuring spans inside one process."""

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds`` of this clock."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
