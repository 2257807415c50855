"""A clock of the sandbox's own: any speed, and the same times in every run."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from console.base.clock import Clock, SystemClock

STARTS_AT = 1_800_000_000.0
"""15 January 2027, 08:00 UTC: when a virtual day begins, in unix seconds."""


class VirtualClock:
    """Runs ``speed`` times as fast as ``real``, from ``starts_at`` on; stopped until :meth:`go`.

    While a due action runs, the clock shows the time it was due, so that the result of a run does
    not depend on how late the action ran.
    """

    def __init__(
        self, speed: float = 1.0, *, starts_at: float = STARTS_AT, real: Clock | None = None
    ) -> None:
        if speed <= 0:
            raise ValueError("a clock needs a speed above zero")
        self.speed = speed
        self._real = real or SystemClock()
        self._starts_at = starts_at
        self._passed = 0.0
        self._going_since: float | None = None
        self._held: float | None = None

    def now(self) -> float:
        return self._starts_at + self.monotonic()

    def monotonic(self) -> float:
        if self._held is not None:
            return self._held
        if self._going_since is None:
            return self._passed
        return self._passed + (self._real.monotonic() - self._going_since) * self.speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)

    def timeout(self, seconds: float) -> asyncio.Timeout:
        return asyncio.timeout(seconds / self.speed)

    def go(self) -> None:
        """Run."""
        if self._going_since is None:
            self._going_since = self._real.monotonic()

    def stop(self) -> None:
        """Stand still."""
        self._passed = self.monotonic()
        self._going_since = None

    @contextmanager
    def held(self, monotonic: float) -> Iterator[None]:
        """Let the clock stand at ``monotonic`` (seconds since it began)."""
        self._held = monotonic
        try:
            yield
        finally:
            self._held = None
