"""The live end of a transcript while its call is not heard: hatched, with a running clock."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.transcript.notice_rows import height
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.theme import Theme

EDGE = 12
SIGN = 20


class NotHeardBar(QWidget):
    """Shows one sentence while there is one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._fonts = Fonts(self.font())
        self.setObjectName("not-heard")
        self.hide()

    def say(self, words: str) -> None:
        """Show ``words``; nothing for ""."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.setToolTip(tip(words))
            self.setVisible(bool(words))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        if self._fonts.key != self.font().key():
            self._fonts = Fonts(self.font())
        band = self.rect()
        painter.fillRect(band, theme.color("warn_tint"))
        paint_hatching(painter, band, theme)
        metrics, room = self._fonts.small_metrics, band.width() - 2 * EDGE - SIGN
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(40, room))
        width = min(band.width(), metrics.horizontalAdvance(shown) + SIGN + 12)
        box = QRect((band.width() - width) // 2, 0, width, band.height())
        painter.fillRect(box, theme.color("warn_tint"))
        left = paint_icon(painter, box.left() + 4, box, "gap", "warn", theme, 12) + 4
        place = QRect(left, 0, box.right() - left, band.height())
        paint_text(painter, place, shown, self._fonts.small, theme.color("warn"))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(200, height(self._fonts.line))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, height(self._fonts.line))
