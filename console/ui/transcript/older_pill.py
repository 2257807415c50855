"""The button over the first rows that reads older messages of the chat."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from console.ui.widgets.short_texts import short_key

BELOW_TOP = 8
"""Pixels between the top of the rows and the button."""


class OlderPill(QPushButton):
    """Lies over the rows of ``parent``, in the middle of their top, while there may be more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("older")
        self.setProperty("tone", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def room(self) -> int:
        """Pixels that the rows leave free for it."""
        return self.sizeHint().height() + 2 * BELOW_TOP

    def place(self, key: str, *, shown: bool) -> None:
        """Show it with the key that does the same, or hide it."""
        self.setVisible(shown)
        if not shown:
            return
        words = "↑  Older messages of the chat"
        key = short_key(key)
        self.setText(f"{words}   {key}" if key else words)
        self.setAccessibleName("Older messages of the chat")
        self.adjustSize()
        size = self.sizeHint()
        left = (self._over.width() - size.width()) // 2
        self.setGeometry(left, BELOW_TOP, size.width(), size.height())
        self.raise_()
