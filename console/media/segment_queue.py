"""Segments that wait to be written down: the hottest first, and never too many."""

from msgspec import Struct

from console.domain.speech import Speaker
from console.models.speech_segments import Segment

MAX_WAITING = 40
"""Final segments: at most so many, each of at most 12 s, which is 15 MB."""


class Waiting(Struct, frozen=True):
    """A segment of ``speaker`` that ended at ``end`` (unix seconds)."""

    speaker: Speaker
    segment: Segment
    end: float


class SegmentQueue:
    """Of each speaker one partial segment waits at most, and only until the final one is there.

    Attributes:
        heats: how hot calls are, by cid.
        shed: final segments that were left out.
    """

    def __init__(self) -> None:
        self._finals: list[Waiting] = []
        self._partials: dict[Speaker, Waiting] = {}
        self.heats: dict[str, float] = {}
        self.shed = 0

    def __len__(self) -> int:
        return len(self._finals)

    def put(self, waiting: Waiting) -> Waiting | None:
        """Let it wait. Returns what had to be left out for it: of the coldest call, the oldest."""
        if not waiting.segment.final:
            self._partials[waiting.speaker] = waiting
            return None
        self._partials.pop(waiting.speaker, None)
        self._finals.append(waiting)
        if len(self._finals) <= MAX_WAITING:
            return None
        out = min(self._finals, key=lambda each: (self._heat(each), each.end))
        self._finals.remove(out)
        self.shed += 1
        return out

    def take(self) -> Waiting | None:
        """The next one: final before partial, then of the hottest call, then the oldest."""
        if self._finals:
            found = min(self._finals, key=lambda each: (-self._heat(each), each.end))
            self._finals.remove(found)
            return found
        if not self._partials:
            return None
        found = min(self._partials.values(), key=lambda each: (-self._heat(each), each.end))
        return self._partials.pop(found.speaker)

    def _heat(self, waiting: Waiting) -> float:
        return self.heats.get(waiting.speaker.cid, 0.0)
