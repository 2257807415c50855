"""One picture by itself: blurred, and sharp while Space or the mouse button is held on it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.base.plain_text import visible
from console.domain.frames import SeenFrame
from console.domain.item import Picture
from console.ui.state.pictures import Pictures
from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.held_space import HeldSpace
from console.ui.widgets.theme import Theme

WITHHELD = "Nobody may see this picture. Only its hash is kept."
NOT_JUDGED = "Not judged yet: it stays blurred until somebody has looked."
HOLD = "Hold Space or the mouse button to see it sharp."


class PictureView(QWidget):
    """Hidden where there is no picture. ``size``: how large it is at most."""

    def __init__(self, pictures: Pictures, theme: Theme, size: QSize) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = theme
        self._picture = Picture()
        self._preview = b""
        self._unjudged = False
        self._sharp = False
        self._size = size
        self.setFixedHeight(size.height())
        self.setMinimumWidth(80)
        self.setMaximumWidth(size.width())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        space = HeldSpace(self)
        space.held.connect(lambda: self.reveal(sharp=True))
        space.let_go.connect(lambda: self.reveal(sharp=False))
        pictures.arrived.connect(self._on_arrived)
        pictures.changed.connect(self.update)
        theme.changed.connect(self.update)
        self.hide()

    def show_frame(self, seen: SeenFrame | None, name: str) -> None:
        """Show a frame, or nothing; blurred for good while nobody looked at it."""
        self._preview = seen.preview if seen is not None else b""
        self._unjudged = seen is not None and not seen.judged
        self._show(seen.picture if seen is not None else None, name)

    def show_picture(self, picture: Picture | None, name: str = "Picture") -> None:
        """Show a picture, or nothing. ``name``: what it is, for a screen reader."""
        self._preview, self._unjudged = b"", False
        self._show(picture, name)

    def _show(self, picture: Picture | None, name: str) -> None:
        self.setVisible(picture is not None)
        self.reveal(sharp=False)
        self._picture = picture or Picture()
        self.setAccessibleName(f"{name}. {self._why_empty() or HOLD}")
        self.setToolTip(self._why_empty() or HOLD)
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def _why_empty(self) -> str:
        if self._picture.withheld:
            return WITHHELD
        if self._picture.sentence:
            return visible(self._picture.sentence)
        if self._unjudged:
            return NOT_JUDGED
        return self._pictures.why_not(self._picture.picture_id)

    def _on_arrived(self, _picture_id: str) -> None:
        self.update()

    def reveal(self, *, sharp: bool) -> None:
        """Show it sharp, or blurred again."""
        self._sharp = sharp
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, place = QPainter(self), self.rect()
        color = self._theme.color
        preview = self._pictures.preview(self._preview)
        found = preview or self._pictures.find(self._picture.picture_id, sharp=self._sharp)
        if found is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            fits = QRect(
                place.topLeft(),
                found.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio),
            )
            painter.drawPixmap(fits, found)
            place = fits
        else:
            painter.fillRect(place, color("raised"))
            if self._why_empty():
                paint_hatching(painter, place, self._theme)
            painter.setPen(color("text_dim"))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
            words = self._why_empty() or "Fetching the picture…"
            painter.drawText(place.adjusted(8, 4, -8, -4), int(flags), words)
        painter.setPen(color("accent" if self.hasFocus() else "line_strong"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.reveal(sharp=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.reveal(sharp=False)
