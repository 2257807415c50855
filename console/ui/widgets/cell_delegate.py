"""Cells of tables: plain words in the tone of their meaning, or an action's pill."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.verdict import KEEP, SHADOW, action_rank
from console.ui.widgets.badge import Badge, Ground, badge_width, paint_badge
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.marked_text import Stretch, tone_of
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.text_offsets import utf16
from console.ui.widgets.theme import Theme

PAD = 8
ROW = 28


def action_badge(action: str, detail: str = "") -> Badge:
    """The badge of an action by itself."""
    if not action:
        return Badge("", "", "", "text_faint", Ground.QUIET)
    if action == KEEP:
        return Badge("check", "", detail or "keep", "good", Ground.QUIET)
    word = action.replace("_", " + ").upper()[:24]
    strong = action_rank(action) > action_rank(SHADOW)
    icon = "remove" if strong else "flag" if action == "flag" else "warning"
    ground = Ground.FILLED if strong else Ground.OUTLINE
    return Badge(icon, word, detail, tone_of(action), ground)


class CellDelegate(QStyledItemDelegate):
    """Paints what a TableModel gives: an action's badge, words with marks, or words in a tone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(64, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        lane = rect.adjusted(PAD, 0, -PAD, 0)
        action = index.data(Role.ACTION)
        if action:
            self._paint_badge(painter, lane, str(action), Fonts(option.font))
            return
        marks = index.data(Role.MARKS)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if marks:
            self._paint_marked(painter, lane, words, marks, option.font)
            return
        tone = index.data(Role.TONE)
        painter.setFont(option.font)
        painter.setPen(theme.color(str(tone) if tone else "text"))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = (
            int(side) if side else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        )
        cut = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, lane.width())
        painter.drawText(lane, flags | int(Qt.TextFlag.TextSingleLine), cut)

    def _paint_badge(self, painter: QPainter, lane: QRect, action: str, fonts: Fonts) -> None:
        painter.save()
        badge = action_badge(action)
        if badge.ground is Ground.QUIET:
            scale = painter.device().devicePixelRatioF()
            top = lane.center().y() - 5
            picture = self._theme.pixmap(badge.icon, badge.tone, 12, scale)
            painter.drawPixmap(lane.left() + 1, top, picture)
            painter.setFont(fonts.small)
            painter.setPen(self._theme.color("text_dim"))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(lane.adjusted(18, 0, 0, 0), flags, badge.detail)
        else:
            width = badge_width(badge, fonts, lane.width())
            paint_badge(
                painter,
                QRect(lane.left(), lane.top(), width, lane.height()),
                badge,
                self._theme,
                fonts,
            )
        painter.restore()

    def _paint_marked(
        self, painter: QPainter, lane: QRect, words: str, marks: list[Stretch], font: QFont
    ) -> None:
        """The text on one line, moved so that the first marked word can be seen."""
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([self._format(words, mark) for mark in marks])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1_000_000)
        layout.endLayout()
        painter.save()
        painter.setClipRect(lane)
        painter.setPen(self._theme.color("text"))
        end = _across(line.cursorToX(utf16(words[: marks[0].end])))
        shift = (
            max(0.0, end - lane.width() * 0.8) if line.naturalTextWidth() > lane.width() else 0.0
        )
        at = lane.topLeft().toPointF()
        at.setX(at.x() - shift)
        at.setY(at.y() + (lane.height() - line.height()) / 2)
        layout.draw(painter, at)
        painter.restore()

    def _format(self, words: str, mark: Stretch) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        dress = QTextCharFormat()
        dress.setForeground(self._theme.color(mark.tone))
        dress.setBackground(self._theme.color(f"{mark.tone}_tint"))
        dress.setFontUnderline(True)
        found.start = utf16(words[: mark.start])
        found.length = utf16(words[mark.start : mark.end])
        found.format = dress
        return found


def _across(found: object) -> float:
    """PySide6 gives cursorToX as a number or as a pair, by its version."""
    if isinstance(found, tuple):
        return float(found[0])
    assert isinstance(found, float | int)
    return float(found)
