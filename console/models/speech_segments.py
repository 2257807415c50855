"""Cuts one speaker's sound into segments of speech. Pure: chunks and chances in, segments out."""

from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from console.domain.speech import CHUNK_S

BEGINS_AT = 0.5
ENDS_AT = 0.35
HANGOVER_S = 0.45
"""So much silence ends a segment; the pauses inside a sentence are mostly shorter."""
LEAD_S = 0.25
SHORTEST_S = 0.2
LONGEST_S = 12.0
"""A longer one is cut where it is least like speech, in its last CUT_WITHIN_S."""
CUT_WITHIN_S = 3.0
PARTIAL_EVERY_S = 1.5


def _chunks(seconds: float) -> int:
    return round(seconds / CHUNK_S)


class Segment(Struct, frozen=True):
    """One stretch of speech.

    Attributes:
        number: counts this speaker's segments; partial ones have the number of the final one.
        start: seconds of this speaker's sound before it. seconds: how long it is.
        final: False while the speaker goes on.
        quiet: seconds of silence at its end.
    """

    number: int
    pcm: bytes
    start: float
    seconds: float
    final: bool
    quiet: float = 0.0


class Segmenter:
    """One speaker's. Holds at most LONGEST_S of sound.

    Attributes:
        talking: whether a segment runs.
        heard_s, spoken_s: seconds of sound so far, and of those in segments.
    """

    def __init__(self) -> None:
        self._lead: deque[bytes] = deque(maxlen=_chunks(LEAD_S))
        self._running: list[tuple[bytes, float]] = []
        self._quiet = 0
        self._voiced = 0
        self._number = 0
        self._chunks = 0
        self._told = 0
        self.talking = False
        self.spoken_s = 0.0

    @property
    def heard_s(self) -> float:
        return self._chunks * CHUNK_S

    @property
    def quiet_s(self) -> float:
        """For how long whoever talks has been quiet: they may go on."""
        return self._quiet * CHUNK_S if self.talking else 0.0

    def feed(self, chunk: bytes, chance: float) -> Iterator[Segment]:
        """One chunk, and the chance that it holds speech; what segments that gives."""
        self._chunks += 1
        if not self.talking:
            if chance < BEGINS_AT:
                self._lead.append(chunk)
                return
            self.talking = True
            self._running = [(each, 0.0) for each in self._lead]
            self._lead.clear()
            self._quiet = self._voiced = self._told = 0
        self._running.append((chunk, chance))
        if chance >= ENDS_AT:
            self._quiet = 0
            self._voiced += 1
        else:
            self._quiet += 1
        if self._quiet >= _chunks(HANGOVER_S):
            yield from self.end()
        elif len(self._running) >= _chunks(LONGEST_S):
            yield from self._cut()
        elif len(self._running) - self._told >= _chunks(PARTIAL_EVERY_S) and not self._quiet:
            self._told = len(self._running)
            yield self._segment(self._running, final=False)

    def end(self) -> Iterator[Segment]:
        """The sound ends here, for a while at least."""
        if not self.talking:
            return
        self.talking = False
        running, self._running = self._running, []
        if self._voiced >= _chunks(SHORTEST_S):
            yield self._segment(running, final=True)
        elif self._told:
            # What was told of it is taken back.
            yield Segment(self._number, b"", self.heard_s, 0.0, True)
        self._number += 1

    def _cut(self) -> Iterator[Segment]:
        first = len(self._running) - _chunks(CUT_WITHIN_S)
        at = min(range(first, len(self._running)), key=lambda i: self._running[i][1]) + 1
        ready, rest = self._running[:at], self._running[at:]
        yield self._segment(ready, final=True, behind=len(rest))
        self._number += 1
        self._running = rest
        self._told = 0
        self._voiced = sum(chance >= ENDS_AT for _, chance in rest)

    def _segment(
        self, chunks: list[tuple[bytes, float]], *, final: bool, behind: int = 0
    ) -> Segment:
        seconds = len(chunks) * CHUNK_S
        if final:
            self.spoken_s += seconds
        start = (self._chunks - behind) * CHUNK_S - seconds
        pcm = b"".join(chunk for chunk, _ in chunks)
        quiet = 0.0 if behind else self._quiet * CHUNK_S
        return Segment(self._number, pcm, max(0.0, start), seconds, final, quiet)
