"""A few large numbers in a row; those that stand for lines can be chosen."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.surface import Surface

_INKS = {"good": "good", "warn": "warn", "bad": "bad", "text_dim": "dim"}


class NumberTile(Surface):
    """One number and what it is.

    Signals:
        pressed: a person chose it.
    """

    pressed = Signal()

    def __init__(self, number: str, words: str, token: str, *, can_choose: bool) -> None:
        self._can_choose = can_choose  # event() may come before __init__ is done
        super().__init__("card")
        self.setProperty("tile", "true" if can_choose else "false")
        self.setAccessibleName(f"{number} {words}")
        if can_choose:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.number = PlainLabel(number, ink=_INKS.get(token, "")).strengthen(1.5)
        self.words = PlainLabel(words, ink="dim", wrap=True).strengthen(0.9, bold=False)
        in_column(self.number, self.words, None, owner=self, margins=(12, 8, 12, 8))

    def event(self, event: QEvent) -> bool:
        if self._can_choose:
            if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
                self.pressed.emit()
                return True
            keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            press = event.type() is QEvent.Type.KeyPress
            if press and isinstance(event, QKeyEvent) and event.key() in keys:
                self.pressed.emit()
                return True
        return super().event(event)


class NumberTiles(QWidget):
    """Signals:
    chosen: the key of a tile.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[NumberTile] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def show_numbers(self, numbers: list[tuple[str, str, str, str]]) -> None:
        """Quadruples of a key ("" for none), the number, what it is, a colour token."""
        for tile in self.tiles:
            self._row.removeWidget(tile)
            tile.deleteLater()
        self.tiles = []
        for key, number, words, token in numbers:
            tile = NumberTile(number, words, token, can_choose=bool(key))
            tile.pressed.connect(lambda key=key: self.chosen.emit(key))
            self.tiles.append(tile)
            self._row.addWidget(tile, 1)
