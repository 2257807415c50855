"""Who is heard how loud, and who dominates. Pure.

How often Stream tells it, and from when on somebody counts as speaking, nobody knows (?).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from av import AudioFrame

EVERY_S = 0.4
SPEAKS_FROM = 0.02
"""Of the largest sample, which is 1.0."""
HOLDS_S = 1.0
"""Who dominates does so until they were silent for so long."""


@dataclass(slots=True)
class Level:
    """One person. ``level`` from 0.0 to 1.0."""

    user_id: str
    session_id: str
    level: float

    @property
    def speaks(self) -> bool:
        """Whether that is more than the noise of a room."""
        return self.level >= SPEAKS_FROM


def loudness(frame: AudioFrame) -> float:
    """The largest sample of a frame."""
    samples = frame.to_ndarray()
    whole = 1.0 if samples.dtype.kind == "f" else 32_768.0
    return min(1.0, float(np.abs(samples.astype(np.float32)).max(initial=0.0)) / whole)


@dataclass(slots=True)
class Loudest:
    """What was told of a room last."""

    told: dict[str, float] = field(default_factory=dict)
    dominant: str = ""
    spoke_at: float = float("-inf")

    def news(self, levels: Mapping[str, Level], now: float) -> tuple[list[Level], Level | None]:
        """The levels that changed, and who dominates from now on; None where that is as before.

        ``levels`` by session id; ``now`` in monotonic seconds.
        """
        changed = [
            each
            for key, each in levels.items()
            if each.speaks or self.told.get(key, 0.0) >= SPEAKS_FROM
        ]
        self.told = {key: each.level for key, each in levels.items()}
        speaking = [each for each in levels.values() if each.speaks]
        now_dominant = levels.get(self.dominant)
        if now_dominant is not None and now_dominant.speaks:
            self.spoke_at = now
            return changed, None
        if not speaking or (now_dominant is not None and now - self.spoke_at < HOLDS_S):
            return changed, None
        first = max(speaking, key=lambda each: each.level)
        self.dominant, self.spoke_at = first.session_id, now
        return changed, first
