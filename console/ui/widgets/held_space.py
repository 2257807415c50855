"""Space held on a widget, for as long as it is down and the widget has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.ui.widgets.timers import one_shot

LET_GO_MS = 40
"""X11 repeats a held key as pairs of release and press: a release counts after so long."""


class HeldSpace(QObject):
    """Takes Space from ``widget``, except where ``possible`` says that there is nothing to hold.

    Signals:
        held: it went down, or is down still.
        let_go: it went up, or the keyboard went elsewhere.
    """

    held = Signal()
    let_go = Signal()

    def __init__(self, widget: QWidget, possible: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._possible = possible
        self._going = one_shot(LET_GO_MS, self)
        self._going.timeout.connect(self.let_go)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.let_go.emit()
            return False
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Space:
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride if self._going.isActive():
                # HeldKeys keeps the repeated press itself from every widget, but not this offer.
                self._going.stop()
            case QEvent.Type.KeyPress if self._possible():
                self._going.stop()
                self.held.emit()
                return True
            case QEvent.Type.KeyRelease:
                if not event.isAutoRepeat():
                    self._going.start()
                return True
        return False
