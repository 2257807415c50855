"""A picture of evidence: blurred, and sharp while Space or the mouse button is held on it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.held_space import HeldSpace
from console.ui.widgets.theme import Theme

SIZE = QSize(200, 130)
BLURRED = 10
"""Pixels of its longer side that a blurred picture has."""


class BlurredPicture(QWidget):
    """``words`` say what it is, for screen readers and where nobody may see it."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._sharp = False
        self._image = QImage()
        self.setFixedSize(SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(words)
        self.setToolTip("Hold Space or the mouse button to see it sharp.")
        space = HeldSpace(self)
        space.held.connect(lambda: self.reveal(sharp=True))
        space.let_go.connect(lambda: self.reveal(sharp=False))

    def show_jpeg(self, jpeg: bytes) -> None:
        """Show these bytes; nothing where they are no picture."""
        self._image = QImage.fromData(jpeg) if jpeg else QImage()
        self.update()

    def reveal(self, *, sharp: bool) -> None:
        """Sharp while it is held."""
        self._sharp = sharp
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            paint_hatching(painter, self.rect(), self._theme)
        else:
            image = self._image
            smooth = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.KeepAspectRatio
            if not self._sharp:
                image = image.scaled(QSize(BLURRED, BLURRED), keep, smooth)
            shown = image.scaled(self.size(), keep, smooth)
            painter.drawImage(self.rect().center() - shown.rect().center(), shown)
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.reveal(sharp=event.button() is Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.reveal(sharp=False)
