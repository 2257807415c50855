"""A row of buttons of which one is chosen: between views, sources, filters."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from console.ui.widgets.plain_text_widgets import menu_text


class Segments(QWidget):
    """``choices`` are pairs of a key and what it is called.

    Signals:
        chosen: the key, when a person chose it.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for key, words in choices:
            self.offer(key, words)

    def offer(self, key: str, words: str) -> None:
        """Add a choice; the first one is chosen."""
        button = QPushButton(menu_text(words))
        button.setCheckable(True)
        button.setObjectName(f"segment-{key}")
        button.setAccessibleName(f"{self.accessibleName()}: {words}")
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._row.addWidget(button)
        button.setChecked(not self._buttons)
        self._buttons[key] = button
        self._shape()

    def key(self) -> str:
        """The key chosen now."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def keys(self) -> list[str]:
        """All of them, in their order."""
        return list(self._buttons)

    def choose(self, key: str) -> None:
        """Show ``key`` as chosen; no signal."""
        self._buttons[key].setChecked(True)

    def leave_out(self, *keys: str) -> None:
        """Remove choices."""
        for key in keys:
            button = self._buttons.pop(key)
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._shape()

    def button(self, key: str) -> QPushButton:
        """The button of a choice."""
        return self._buttons[key]

    def _shape(self) -> None:
        """Round the outer ends."""
        last = len(self._buttons) - 1
        for at, button in enumerate(self._buttons.values()):
            side = "first" if at == 0 else "last" if at == last else "middle"
            button.setProperty("segment", side)
