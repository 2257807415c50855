"""The disc on a card: the initials, or the picture that the person shows, held to see it sharp."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from console.ui.widgets.avatar import paint_disc, paint_round, paint_watched
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.held_space import HeldSpace
from console.ui.widgets.theme import Theme

_LETS_GO = (QEvent.Type.Leave, QEvent.Type.Hide, QEvent.Type.WindowDeactivate)


class CardDisc(QWidget):
    """The keyboard reaches it where it shows a picture.

    Signals:
        held: whether Space or the mouse button is down on the picture.
    """

    held = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._person = ("", "")
        self._watched = False
        self._picture: QPixmap | None = None
        self.setFixedSize(36, 36)
        space = HeldSpace(self, lambda: self._picture is not None)
        space.held.connect(lambda: self.held.emit(True))
        space.let_go.connect(lambda: self.held.emit(False))
        theme.changed.connect(self.update)

    def show_person(self, user_id: str, name: str) -> None:
        """Show this person."""
        self._person = (user_id, name)
        self.update()

    def show_picture(self, picture: QPixmap | None, words: str) -> None:
        """Show a picture in place of the initials; ``words`` say what it is."""
        self._picture = picture
        self.setToolTip(words)
        self.setAccessibleName(words)
        reached = Qt.FocusPolicy.NoFocus if picture is None else Qt.FocusPolicy.TabFocus
        self.setFocusPolicy(reached)
        self.update()

    def show_watched(self, watched: bool) -> None:
        """Whether they stand out."""
        self._watched = watched
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._picture is not None:
            self.held.emit(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.held.emit(False)

    def event(self, event: QEvent) -> bool:
        if event.type() in _LETS_GO:
            self.held.emit(False)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRect(2, 2, 32, 32)
        if self._picture is None:
            paint_disc(painter, rect, *self._person, self._theme, Fonts(self.font()))
        else:
            paint_round(painter, rect, self._picture, self._theme)
        if self._watched:
            paint_watched(painter, rect, self._theme)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
