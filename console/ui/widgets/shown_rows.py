"""What a list showed where in the last second: whether a press can mean the row that it hits.

A hand needs time: who presses decided on a row some moments before. So a press counts only where
this row, and no other, was painted for a while.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence

from msgspec import Struct

STILL_S = 0.25
"""How long a row must have been painted where it is before a press on it counts."""

DECIDED_S = 0.25
"""How long before the hand set out the eye may have chosen a row."""

FLIGHT_S = 0.6
"""How long a hand may have been on its way that nobody saw setting out."""

KEPT_S = 3.0
"""How long pictures are kept; a hand that sets out sooner rests on its way."""

ARRIVED_S = 0.8
"""How long after it came a hand still goes for what it saw on its way."""


MOVED = "The rows moved just before the press, so it did nothing. Press again."


class ShownRow(Struct, frozen=True):
    """A row from ``top`` up to, and without, ``bottom``, in pixels; ``key`` says whose it is."""

    top: int
    bottom: int
    key: Hashable


class _Picture(Struct, frozen=True):
    at: float
    rows: tuple[ShownRow, ...]

    def key_at(self, y: int) -> Hashable:
        return next((row.key for row in self.rows if row.top <= y < row.bottom), None)


class ShownRows:
    """The pictures that a list has painted lately. ``monotonic`` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._pictures: deque[_Picture] = deque()
        self._came_at: float | None = None
        self._decided_at = 0.0

    def painted(self, rows: Sequence[ShownRow]) -> None:
        """The list shows these rows from now on."""
        now = self._monotonic()
        shown = tuple(rows)
        if not self._pictures or self._pictures[-1].rows != shown:
            self._pictures.append(_Picture(now, shown))
        oldest = now - KEPT_S
        while len(self._pictures) > 1 and self._pictures[1].at < oldest:
            self._pictures.popleft()

    def pointer_came(self, set_out_at: float | None) -> None:
        """The pointer is over the list now; ``set_out_at``: when it began to move, if known."""
        if self._came_at is None:
            now = self._came_at = self._monotonic()
            self._decided_at = now - FLIGHT_S if set_out_at is None else set_out_at - DECIDED_S

    def pointer_left(self) -> None:
        """The pointer is elsewhere."""
        self._came_at = None

    def can_be_meant(self, y: int, key: Hashable) -> bool:
        """Whether a press at ``y`` can mean the row of ``key``: nothing else was there lately."""
        # Where nothing was ever painted, nobody can have seen anything else.
        return all(picture.key_at(y) == key for picture in self._recent())

    def stood_still(self) -> bool:
        """Whether no row of the list has moved lately, for presses that mean several rows."""
        return len({picture.rows for picture in self._recent()}) < 2

    def _recent(self) -> list[_Picture]:
        """What a hand that presses now may have seen, oldest first."""
        now = self._monotonic()
        since = now - STILL_S
        if self._came_at is None:
            since = now - FLIGHT_S
        elif now - self._came_at < ARRIVED_S:
            since = min(since, self._decided_at)
        pictures = list(self._pictures)
        while len(pictures) > 1 and pictures[1].at <= since:
            pictures.pop(0)
        return pictures
