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

    def timeout(self, seconds: float) -> asyncio.Timeout:
        """``asyncio.timeout`` in seconds of this clock, for what is done at intervals.

        How long the network or a disk may take is real time: ``asyncio.timeout`` itself.
        """
        return asyncio.timeout(seconds)


class SystemClock:
    """The machine's own clock; with ``speed`` above 1 a faster one, for tests and drills.

    Both showed the same time at ``origin`` (unix seconds). Processes agree on the time when their
    clocks have the same speed and origin.
    """

    def __init__(self, speed: float = 1.0, origin: float = 0.0) -> None:
        self.speed = speed
        self.origin = origin

    def now(self) -> float:
        return self.origin + (time.time() - self.origin) * self.speed

    def monotonic(self) -> float:
        return time.monotonic() * self.speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)

    def timeout(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds / self.speed)
