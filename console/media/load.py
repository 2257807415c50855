"""How much of the machine this process takes."""

import time

import psutil

from console.base.clock import Clock
from console.protocol.media import MediaLoad


class LoadMeter:
    """Completes the counts of the parts with processor and memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._process = psutil.Process()  # type: ignore[no-untyped-call]  # psutil has no types
        self._busy_s, self._looked_at = self._look()

    def measure(self, counts: dict[str, float]) -> MediaLoad:
        """The load since the time before; ``counts`` are fields of MediaLoad."""
        (busy_s, at), before_s, before = self._look(), self._busy_s, self._looked_at
        self._busy_s, self._looked_at = busy_s, at
        return MediaLoad(
            at=self._clock.now(),
            cpu=(busy_s - before_s) / max(at - before, 0.001),
            rss_mb=self._process.memory_info().rss / 1_000_000,
            **counts,  # type: ignore[arg-type]  # whole numbers where the fields want them
        )

    def _look(self) -> tuple[float, float]:
        times = self._process.cpu_times()
        return times.user + times.system, time.monotonic()
