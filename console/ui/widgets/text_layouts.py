"""Wrapped text, laid out once and kept while it can be seen again."""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from console.base.plain_text import visible

SHOWN_CHARACTERS = 1200
"""A caption may be 32 kB long; a row shows its beginning and says how much is left out."""


def shown_text(text: str) -> str:
    """``text`` as a row shows it: marked and cut, with the number of characters left out."""
    if len(text) <= SHOWN_CHARACTERS:
        return visible(text)
    rest = len(text) - SHOWN_CHARACTERS
    return f"{visible(text[:SHOWN_CHARACTERS])}… (+{rest:,} characters)"


def lay_out_text(
    text: str, font: QFont, width: int, first: int | None = None
) -> tuple[QTextLayout, int]:
    """``text`` wrapped into ``width``, its first line into ``first``; the layout and its height.

    Never markup.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width if height or first is None else first)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, round(height)


_Key = tuple[int, Hashable, int, int, str]


class TextLayouts:
    """The most recently used layouts by row, version, widths and font."""

    def __init__(self, capacity: int = 800) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[_Key, tuple[QTextLayout, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(
        self,
        serial: int,
        version: Hashable,
        text: str,
        font: QFont,
        font_key: str,
        width: int,
        first: int | None = None,
    ) -> tuple[QTextLayout, int]:
        """The layout of ``text`` and its height, from the cache or made now.

        ``version``: another for each text of the same serial. ``first``: the width of the first
        line, where something stands beside it.
        """
        key = (serial, version, width, first or width, font_key)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = lay_out_text(text, font, width, first)
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
