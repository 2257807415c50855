"""Cells of tables: plain words in the tone of their meaning, or an action's pill."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.domain.verdict import KEEP, SHADOW, action_rank
from console.ui.widgets.badge import Badge, Ground, badge_width, paint_badge
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.marked_text import Stretch, tone_of
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.text_marks import format_range, mark_format
from console.ui.widgets.text_offsets import utf16

PAD = 8
ROW = 28


def action_badge(action: str, detail: str = "") -> Badge:
    """The badge of an action by itself."""
    if not action:
        return Badge("", "", (), "text_faint", Ground.QUIET)
    if action == KEEP:
        return Badge("check", "", (detail or "keep",), "good", Ground.QUIET)
    word = action.replace("_", " + ").upper()[:24]
    strong = action_rank(action) > action_rank(SHADOW)
    icon = "remove" if strong else "flag" if action == "flag" else "warning"
    ground = Ground.FILLED if strong else Ground.OUTLINE
    return Badge(icon, word, (detail,) if detail else (), tone_of(action), ground)


class CellDelegate(RowDelegate):
    """Paints what a TableModel gives: an action's badge, words with marks, or words in a tone."""

    def row_height(self, fonts: Fonts) -> int:
        return ROW

    def pointed(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return bool(option.state & QStyle.StateFlag.State_MouseOver)

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        theme = self.theme
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        lane = rect.adjusted(PAD, 0, -PAD, 0)
        action = index.data(Role.ACTION)
        if action:
            self._paint_badge(painter, lane, str(action), fonts)
            return
        marks = index.data(Role.MARKS)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if marks:
            self._paint_marked(painter, lane, words, marks, fonts.body)
            return
        tone = index.data(Role.TONE)
        painter.setFont(fonts.body)
        painter.setPen(theme.color(str(tone) if tone else "text"))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = (
            int(side) if side else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        )
        cut = fonts.body_metrics.elidedText(words, Qt.TextElideMode.ElideRight, lane.width())
        painter.drawText(lane, flags | int(Qt.TextFlag.TextSingleLine), cut)

    def _paint_badge(self, painter: QPainter, lane: QRect, action: str, fonts: Fonts) -> None:
        painter.save()
        badge = action_badge(action)
        if badge.ground is Ground.QUIET:
            scale = painter.device().devicePixelRatioF()
            top = lane.center().y() - 5
            picture = self.theme.pixmap(badge.icon, badge.tone, 12, scale)
            painter.drawPixmap(lane.left() + 1, top, picture)
            painter.setFont(fonts.small)
            painter.setPen(self.theme.color("text_dim"))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(lane.adjusted(18, 0, 0, 0), flags, badge.detail)
        else:
            width = badge_width(badge, fonts, lane.width())
            paint_badge(
                painter,
                QRect(lane.left(), lane.top(), width, lane.height()),
                badge,
                self.theme,
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
        layout.setFormats(
            [
                format_range(words, mark.start, mark.end, mark_format(self.theme, mark.tone))
                for mark in marks
            ]
        )
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1_000_000)
        layout.endLayout()
        painter.save()
        painter.setClipRect(lane)
        painter.setPen(self.theme.color("text"))
        end = across(line.cursorToX(utf16(words[: marks[0].end])))
        shift = (
            max(0.0, end - lane.width() * 0.8) if line.naturalTextWidth() > lane.width() else 0.0
        )
        at = lane.topLeft().toPointF()
        at.setX(at.x() - shift)
        at.setY(at.y() + (lane.height() - line.height()) / 2)
        layout.draw(painter, at)
        painter.restore()


def across(found: object) -> float:
    """PySide6 gives cursorToX as a number or as a pair, by its version."""
    if isinstance(found, tuple):
        return float(found[0])
    assert isinstance(found, float | int)
    return float(found)
