"""Delays over the last minute, as percentiles."""

from collections import deque

from console.protocol.to_window import Span

WINDOW_S = 60.0
MAX_SAMPLES = 20_000


class Delays:
    """Milliseconds measured lately. Samples beyond a bound push the oldest out."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque(maxlen=MAX_SAMPLES)

    def add(self, at: float, milliseconds: float) -> None:
        """Note one measurement made at ``at`` (any clock that :meth:`span` is asked with)."""
        self._samples.append((at, milliseconds))

    def span(self, now: float) -> Span:
        """Percentiles of the last minute."""
        while self._samples and self._samples[0][0] < now - WINDOW_S:
            self._samples.popleft()
        if not self._samples:
            return Span()
        values = sorted(value for _, value in self._samples)
        return Span(
            n=len(values),
            p50=_percentile(values, 0.50),
            p95=_percentile(values, 0.95),
            p99=_percentile(values, 0.99),
        )


def _percentile(ordered: list[float], share: float) -> float:
    """The smallest value that at least ``share`` of all values do not exceed."""
    position = max(0, -(-len(ordered) * share // 1) - 1)
    return ordered[int(position)]
