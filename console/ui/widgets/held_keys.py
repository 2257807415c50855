"""Watches the keys of windows: a held Enter or Space presses what has the keyboard once."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from console.ui.widgets.held_key import HeldKey

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class HeldKeys(QObject):
    """Qt's widgets know some repeats of a held key for presses, and act on each of them.

    Signals:
        followed: a key went down; whether it was down all the time.
    """

    followed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = HeldKey()
        self._held = False

    def watch(self, window: QWidget) -> None:
        """Watch a further window."""
        window.installEventFilter(self)
        self._watch_native(window)

    def _watch_native(self, window: QWidget) -> None:
        # Releases end at whoever has the keyboard; only the native window sees them all.
        native = window.windowHandle()
        if native is not None:
            native.removeEventFilter(self)
            native.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() is QEvent.Type.Show:
                self._watch_native(watched)
        elif isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
            return self._follow(event)
        return False

    def _follow(self, event: QKeyEvent) -> bool:
        """Whether nobody is to hear of it."""
        key, at = event.key(), event.timestamp()
        match event.type():
            case QEvent.Type.KeyRelease:
                self._key.release(key, at)
            case QEvent.Type.ShortcutOverride:
                self._held = self._key.press(key, at, repeats=event.isAutoRepeat())
                self.followed.emit(self._held)
            case QEvent.Type.KeyPress if key in _PRESSING and self._held:
                return not isinstance(QApplication.focusWidget(), _TEXTS)
        return False
