"""A field to search or filter with, which keeps Return and Escape while it has the focus."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.widgets.timers import one_shot

_OWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


SETTLE_MS = 200
"""How long after the last key ``settled`` comes."""


class SearchField(QLineEdit):
    """Escape clears it, then leaves it. ``name`` is for screen readers.

    Signals:
        left: the reader leaves it with Escape: the keyboard belongs on what is searched now.
        settled: the text, once a person has stopped typing.
    """

    left = Signal()
    settled = Signal(str)

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
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

    def event(self, event: QEvent) -> bool:
        # Window-wide shortcuts would take Return before the field sees it.
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                # Never to whatever comes next: that may be a field where keys write.
                self.left.emit()
            return
        super().keyPressEvent(event)
