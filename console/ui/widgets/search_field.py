"""A field to search or filter with, which keeps Return and Escape while it has the focus."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.timers import one_shot

SETTLE_MS = 200
"""How long after the last key ``settled`` comes."""


class SearchField(EntryField):
    """Escape clears it, then leaves it. ``name`` is for screen readers.

    Signals:
        left: the keyboard belongs on what is searched now.
        settled: the text, once a person has stopped typing.
    """

    settled = Signal(str)

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, name, parent)
        self.setClearButtonEnabled(True)
        self._pause = one_shot(SETTLE_MS, self)
        self._pause.timeout.connect(lambda: self.settled.emit(self.text()))
        self.textChanged.connect(lambda _text: self._pause.start())

    def empty(self) -> None:
        """Clear the text without a signal."""
        with QSignalBlocker(self):
            self.clear()
        self._pause.stop()

    def take_focus(self) -> None:
        """Take the focus with the text selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def escape(self) -> None:
        if self.text():
            self.clear()
        else:
            super().escape()
