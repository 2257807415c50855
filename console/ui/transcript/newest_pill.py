"""The button over the rows that says what waits below them, and leads there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from console.ui.widgets.short_texts import count

ABOVE_END = 12
"""Pixels between the button and the end of the rows."""


class NewestPill(QPushButton):
    """Lies over the rows of ``parent``, in the middle of their end, while they do not follow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("newest")
        self.setProperty("tone", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def place(self, pending: int, *, shown: bool, paused: bool) -> None:
        """Say how many lines wait. ``paused``: they do because the pointer rests on the rows."""
        self.setVisible(shown)
        if not shown:
            return
        news = count(pending, "new line") if pending else ""
        if paused:
            rest = "Paused while you point here"
            words = f"{rest} · {news}  ↓" if news else rest
        else:
            words = f"{news}  ↓" if news else "To the newest line  ↓"
        self.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        size, room = self.sizeHint(), self._over.size()
        self.setGeometry(
            (room.width() - size.width()) // 2,
            room.height() - size.height() - ABOVE_END,
            size.width(),
            size.height(),
        )
        self.raise_()
