"""The part of a text around what was searched for that a row has room for, cut at words. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from console.ui.widgets.marked_text import Stretch

BEFORE_SHARE = 0.6
"""Of the room, within which the first marked word ends."""
MORE_BEFORE, MORE_BEHIND = "… ", "…"


def snippet(
    words: str, marks: Sequence[Stretch], room: float, width: Callable[[str], float]
) -> tuple[str, list[Stretch]]:
    """What is shown of ``words``, with its marks.

    Args:
        marks: at least one, in order. room: pixels. width: of a text, in pixels.
    """
    if width(words) <= room:
        return words, list(marks)
    first = marks[0]
    start = _start(words, first, room * BEFORE_SHARE, width)
    lead = MORE_BEFORE if start else ""

    def wide(end: int) -> float:
        return width(f"{lead}{words[start:end]}{MORE_BEHIND if end < len(words) else ''}")

    ends = [found.end() for found in re.finditer(r"\S+", words) if found.end() >= first.end]
    fitting = bisect_right(ends, room, key=wide)
    if fitting:
        end = ends[fitting - 1]
    else:  # a script without spaces, or a word that is wider than the row
        letters = range(start + 1, len(words) + 1)
        end = letters[max(bisect_right(letters, room, key=wide) - 1, 0)]
    shown = f"{lead}{words[start:end]}{MORE_BEHIND if end < len(words) else ''}"
    shift = len(lead) - start
    kept = [
        replace(mark, start=mark.start + shift, end=min(mark.end, end) + shift)
        for mark in marks
        if mark.start < end
    ]
    return shown, kept


def _start(words: str, first: Stretch, room: float, width: Callable[[str], float]) -> int:
    """The first word from which on the mark ends within ``room``."""
    if width(words[: first.end]) <= room:
        return 0
    starts = [found.start() for found in re.finditer(r"\S+", words) if found.start() < first.start]
    at = bisect_left(
        starts, -room, key=lambda start: -width(f"{MORE_BEFORE}{words[start : first.end]}")
    )
    return starts[at] if at < len(starts) else first.start
