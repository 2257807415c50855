"""A sparkline of the last minutes: how much is said, and how much of it is raised."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.ui.widgets.theme import Theme

BAR = 2
STEP = 3


def bar_heights(talk: Sequence[int], raised: Sequence[int], height: int) -> list[tuple[int, int]]:
    """For each stretch the height of the talk bar and of the raised part, in pixels.

    Anything said is at least 1 px high and anything raised at least 2, so nothing is invisible.
    """
    peak = max([*talk, *raised, 4])
    bars = []
    for said, hot in zip(talk, raised, strict=True):
        low = max(1, round(said / peak * height)) if said else 0
        high = max(2, round(hot / peak * height)) if hot > 0 else 0
        bars.append((max(low, high), high))
    return bars


def buckets_for(width: int) -> int:
    """How many stretches a row of ``width`` has room for: all 24, or the newest 12."""
    return 24 if width >= 252 else 12


def width_of(buckets: int) -> int:
    """Pixels a sparkline of so many stretches takes."""
    return buckets * STEP - (STEP - BAR)


def paint_sparkline(
    painter: QPainter, rect: QRect, talk: Sequence[int], raised: Sequence[int], theme: Theme
) -> None:
    """Draw the bars, newest at the right end of ``rect``."""
    quiet, hot = theme.color("line_strong"), theme.color("warn_fill")
    bottom = rect.bottom() + 1
    left = rect.right() + 1 - width_of(len(talk))
    painter.fillRect(left, bottom - 1, width_of(len(talk)), 1, theme.color("line"))
    for place, (low, high) in enumerate(bar_heights(talk, raised, rect.height())):
        at = left + place * STEP
        if low:
            painter.fillRect(at, bottom - low, BAR, low, quiet)
        if high:
            painter.fillRect(at, bottom - high, BAR, high, hot)
