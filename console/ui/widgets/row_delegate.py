"""What delegates of lists share: the theme, the fonts of the list, and the ground of a row."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.ui.widgets.fonts import Fonts
from console.ui.widgets.roles import Index
from console.ui.widgets.theme import Theme


class RowDelegate(QStyledItemDelegate):
    """A subclass paints a row in ``paint_row`` and says how high it is in ``row_height``.

    ``framed``: the chosen row has a bar, the pointed one a ground, the focused one a ring.
    """

    framed = False

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._fonts: Fonts | None = None

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        """Paint what the row at ``index`` shows into ``rect``; its ground is there already."""
        raise NotImplementedError

    def pointed(self, option: QStyleOptionViewItem, index: Index) -> bool:
        """Whether the row is shown as the one under the pointer."""
        return self.framed and bool(option.state & QStyle.StateFlag.State_MouseOver)

    def row_height(self, fonts: Fonts) -> int:
        """How many pixels high a row is."""
        return fonts.line + 12

    def fonts(self, font: QFont) -> Fonts:
        """The sizes and weights of ``font``, made once."""
        if self._fonts is None or self._fonts.key != font.key():
            self._fonts = Fonts(font)
        return self._fonts

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        hovered = self.pointed(option, index)
        painter.save()
        self._paint_ground(painter, option, rect, hovered=hovered)
        self.paint_row(painter, rect, index, self.fonts(option.font), hovered=hovered)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, hovered: bool
    ) -> None:
        color = self.theme.color
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("selected"))
            if self.framed:
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), color("accent"))
        elif hovered:
            painter.fillRect(rect, color("hover"))
        if self.framed and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.row_height(self.fonts(option.font)))
