"""How hot calls are, as the engine needs to know it: the window has its own, with more in it."""

from console.domain.heat import HALF_LIFE, weight
from console.domain.verdict import Verdict

MOST_CALLS = 5_000


class CallHeat:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._heats: dict[str, tuple[float, float]] = {}

    def add(self, cid: str, verdict: Verdict, now: float) -> None:
        """A verdict on something said in ``cid``."""
        added = weight(verdict)
        if not added or (cid not in self._heats and len(self._heats) >= MOST_CALLS):
            return
        self._heats[cid] = (self._now(cid, now) + added, now)

    def all(self, now: float) -> dict[str, float]:
        """Those that are not cold; the others are forgotten."""
        heats = {cid: self._now(cid, now) for cid in self._heats}
        self._heats = {cid: self._heats[cid] for cid, heat in heats.items() if heat > 0.01}
        return {cid: round(heat, 2) for cid, heat in heats.items() if heat > 0.01}

    def _now(self, cid: str, now: float) -> float:
        heat, at = self._heats.get(cid, (0.0, now))
        return float(heat * 0.5 ** ((now - at) / HALF_LIFE))
