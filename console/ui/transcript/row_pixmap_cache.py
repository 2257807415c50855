"""Rows as they were painted last: a list that scrolls paints each row once, not once a frame."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from console.ui.state.entries import Row

CAPACITY = 96
"""About three screens of rows; some 12 MB at most on a plain screen."""

TALLEST = 400
"""A higher row is painted each time instead of being kept."""


class RowPictures:
    """Pictures by row and look; a row that was replaced is painted anew."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[tuple[int, Hashable, float], tuple[Row, QPixmap]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(
        self,
        entry: Row,
        look: tuple[int, int, *tuple[Hashable, ...]],
        scale: float,
        ground: QColor,
        paint: Callable[[QPainter, QRect], None],
    ) -> QPixmap:
        """The picture of ``entry``, painted now unless it is kept in this very ``look``.

        ``look`` begins with width and height.
        """
        key = (entry.serial, look, scale)
        known = self._kept.get(key)
        if known is not None and known[0] is entry:
            self._kept.move_to_end(key)
            return known[1]
        picture = _painted(look[0], look[1], scale, ground, paint)
        if look[1] <= TALLEST:
            self._kept[key] = (entry, picture)
            self._kept.move_to_end(key)
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return picture

    def clear(self) -> None:
        """Forget all: colours, fonts or names changed."""
        self._kept.clear()


def _painted(
    width: int,
    height: int,
    scale: float,
    ground: QColor,
    paint: Callable[[QPainter, QRect], None],
) -> QPixmap:
    picture = QPixmap(max(1, round(width * scale)), max(1, round(height * scale)))
    picture.setDevicePixelRatio(scale)
    # An opaque ground keeps the letters as sharp as on the list itself.
    picture.fill(ground)
    painter = QPainter(picture)
    paint(painter, QRect(0, 0, width, height))
    painter.end()
    return picture
