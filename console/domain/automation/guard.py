"""The guard: is this far above what is usual? Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

WINDOW_S = 600.0
"""Acts are counted in stretches of ten minutes."""

MEMORY_S = 7 * 86_400.0
"""What is usual is what was in the last week."""


def usual(times: Iterable[float], now: float) -> float:
    """How many acts a stretch had in which there were any, before the present one; 0.0 for none."""
    stretches = Counter(
        int((now - at) // WINDOW_S) for at in times if WINDOW_S <= now - at <= MEMORY_S
    )
    return sum(stretches.values()) / len(stretches) if stretches else 0.0


def recent(times: Iterable[float], now: float) -> int:
    """How many acts the last ten minutes had."""
    return sum(now - at < WINDOW_S for at in times)


def too_many(times: Sequence[float], now: float, *, least: int, factor: float) -> bool:
    """Whether one more act would be far above what is usual.

    ``times``: unix seconds of the acts so far. Up to ``least`` are always normal.
    """
    return recent(times, now) >= max(least, factor * usual(times, now))


def too_many_until(times: Sequence[float], now: float, *, least: int, factor: float) -> float:
    """Until when one more act would be far above what is usual (unix seconds); 0.0 where it is not.

    ``times``: as in ``too_many``, oldest first.
    """
    if not too_many(times, now, least=least, factor=factor):
        return 0.0
    most = math.ceil(max(least, factor * usual(times, now)))
    return times[-most] + WINDOW_S
