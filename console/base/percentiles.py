"""What was measured, as percentiles."""

import itertools
import math
from collections import deque
from collections.abc import Iterable

from msgspec import Struct

SAMPLES_KEPT = 50_000
RECENT_S = 60.0


class Percentiles(Struct, frozen=True):
    """Of ``n`` values in their own unit; all 0.0 when nothing was measured."""

    n: int = 0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    max: float = 0.0


def percentiles(values: Iterable[float]) -> Percentiles:
    """The percentiles of ``values``."""
    ordered = sorted(values)
    if not ordered:
        return Percentiles()
    return Percentiles(
        n=len(ordered),
        p50=percentile(ordered, 0.50),
        p95=percentile(ordered, 0.95),
        p99=percentile(ordered, 0.99),
        max=ordered[-1],
    )


def percentile(ordered: list[float], share: float) -> float:
    """The smallest value that at least ``share`` of the ordered values do not exceed."""
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(len(ordered) * share - 1e-9) - 1)]


class DelayMeter:
    """Durations in milliseconds with the time of their measurement; the newest SAMPLES_KEPT."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES_KEPT)

    def add(self, ms: float, at: float) -> None:
        """One measurement, taken at the unix time ``at``; never negative, whatever clocks say."""
        self._samples.append((at, max(0.0, ms)))

    def total(self) -> Percentiles:
        """Over everything kept."""
        return percentiles(ms for _, ms in self._samples)

    def recent(self, now: float) -> Percentiles:
        """Over the last minute."""
        newest_first = reversed(self._samples)
        recent = itertools.takewhile(lambda sample: sample[0] >= now - RECENT_S, newest_first)
        return percentiles(ms for _, ms in recent)
