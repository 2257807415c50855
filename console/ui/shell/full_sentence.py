"""The whole of what the strip says, over its upper edge, where the strip has no room for it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel
from console.ui.widgets.timers import one_shot

SHOWN_MS = 8000
MARGIN = 6
PAD = 10
_MOVES = (QEvent.Type.LayoutRequest, QEvent.Type.Resize)


class FullSentence(QFrame):
    """Belongs to the ``strip`` of one window, which says it in ``said``. A click puts it away."""

    def __init__(self, strip: QWidget, said: ElidedLabel) -> None:
        super().__init__(strip.window())
        self._strip, self._said = strip, said
        self._words = PlainLabel(wrap=True)
        self.setProperty("surface", "popup")
        self.setObjectName("full-sentence")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        in_column(self._words, owner=self, margins=(PAD, 6, PAD, 6))
        self._over = one_shot(SHOWN_MS, self)
        self._over.timeout.connect(self.hide)
        self._told, self._ink, self._is_news = "", "", False
        # Once the strip has given the sentence its room.
        self._soon = one_shot(0, self)
        self._soon.timeout.connect(self._show)
        self.hide()

    def tell(self, words: str, ink: str) -> None:
        """Show ``words`` for some seconds, if the strip cuts them; "" for nothing."""
        if words == self._told:
            return
        self._told, self._ink, self._is_news = words, ink, True
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Another workspace raises its docks over this, and may leave the strip more room.
        if event.type() in _MOVES and self.isVisible():
            self._soon.start()
        return False

    def _show(self) -> None:
        words = self._told
        wanted = self._said.fontMetrics().horizontalAdvance(words)
        if not words or wanted <= self._said.width() or not self._strip.isVisible():
            self._over.stop()
            self.hide()
            return
        self._words.show_text(words)
        self._words.set_ink(self._ink)
        self._place(wanted)
        self.show()
        self.raise_()
        if self._is_news:
            self._over.start()
        self._is_news = False

    def _place(self, wanted: int) -> None:
        room = self._strip.window()
        self.setParent(room)
        room.installEventFilter(self)
        at = self._strip.mapTo(room, QPoint(0, 0))
        left = self._said.mapTo(room, QPoint(0, 0)).x() - PAD
        width = min(wanted + 2 * PAD + 4, room.width() - 2 * MARGIN)
        left = max(MARGIN, min(left, room.width() - MARGIN - width))
        lines = self._words.heightForWidth(width - 2 * PAD - 2)
        height = lines + 14
        self.setGeometry(QRect(left, at.y() - height - 2, width, height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._over.stop()
        self.hide()
