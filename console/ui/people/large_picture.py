"""The picture beside a name, large and sharp, for as long as its disc on the card is held."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from console.ui.widgets.theme import Theme

SIDE = 240
MARGIN = 12


class LargePicture(QWidget):
    """Lies over ``card`` below its disc, takes no press, and moves nothing."""

    def __init__(self, card: QWidget, theme: Theme) -> None:
        super().__init__(card)
        self._card = card
        self._theme = theme
        self._picture = QPixmap()
        self.setObjectName("large-picture")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_below(self, picture: QPixmap | None, top: int) -> None:
        """Show ``picture`` from ``top`` of the card on, or nothing."""
        if picture is None:
            self.hide()
            return
        self._picture = picture
        side = max(1, min(SIDE, self._card.width() - 2 * MARGIN, self._card.height() - top))
        size = picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        self.setGeometry(QRect(MARGIN, top, size.width(), size.height()))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        painter.setPen(self._theme.color("accent"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
