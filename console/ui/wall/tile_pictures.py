"""Tiles as they were painted last: a wall that scrolls paints each tile once, not once a frame."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

CAPACITY = 480
"""More than the tiles of a large screen; some 15 MB at most on a plain one."""


class TilePictures:
    """Pictures by what they show; a tile that shows something else is painted anew."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(
        self,
        shown: Hashable,
        size: QSize,
        scale: float,
        ground: QColor,
        paint: Callable[[QPainter, QRect], None],
    ) -> QPixmap:
        """The picture of ``shown``, painted on ``ground`` now unless it is kept."""
        key = (shown, size.width(), size.height(), scale, ground.rgb())
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = QPixmap(size * scale)
            known.setDevicePixelRatio(scale)
            # An opaque ground keeps the letters as sharp as on the list itself.
            known.fill(ground)
            painter = QPainter(known)
            paint(painter, QRect(0, 0, size.width(), size.height()))
            painter.end()
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return known
