"""Paints an incident on two lines: who, where and how long, then how grave and what was said."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from console.domain.raised import RaisedItem
from console.domain.verdict import Severity
from console.ui.open_items.open_model import gravest
from console.ui.widgets.badge import Ground, RaisedMark, badge_of
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon, paint_pill, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate

MARGIN = 12
GAP = 6
PAD = 7
ICON = 13
_AGE, _SAID = Role.WHEN, Qt.ItemDataRole.DisplayRole
NAME_LEAST = 60
"""Pixels that a name keeps beside the name of its call."""


class OpenDelegate(RowDelegate):
    """Rows of the model of open items."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        items: list[RaisedItem] | None = index.data(Role.RAISED)
        if not items:
            return
        mark: RaisedMark | None = index.data(Role.MARK)
        first = gravest(items)
        badge = badge_of(first.verdict, mark)
        calm = badge.ground is Ground.SETTLED
        if not calm:
            bar = QRect(rect.right() - 2, rect.top() + 3, 3, rect.height() - 6)
            painter.fillRect(bar, self.theme.color(f"{badge.tone}_fill"))
        self._paint_first(painter, rect, index, fonts, mark=mark, calm=calm)
        self._paint_second(painter, rect, index, fonts, items)

    def _paint_first(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        fonts: Fonts,
        *,
        mark: RaisedMark | None,
        calm: bool,
    ) -> None:
        color = self.theme.color
        line = QRect(rect.left() + MARGIN, rect.top() + PAD, rect.width() - 2 * MARGIN, fonts.line)
        age = mark.word.lower() if mark is not None and mark.ended else index.data(_AGE)
        width = fonts.small_metrics.horizontalAdvance(age)
        right = line.right() + 1 - width
        ink = color(mark.tone if mark is not None and mark.ended else "text_dim")
        paint_text(painter, QRect(right, line.top(), width + 1, fonts.line), age, fonts.small, ink)
        if mark is not None:
            right -= ICON + 4
            paint_icon(painter, right, line, mark.icon, mark.tone, self.theme, ICON)
        room = right - GAP - line.left()
        name = str(index.data(Role.WHO))
        wide = min(fonts.strong_metrics.horizontalAdvance(name) + 2, max(NAME_LEAST, room * 2 // 3))
        place = QRect(line.left(), line.top(), min(wide, room), fonts.line)
        used = paint_text(
            painter, place, name, fonts.strong, color("text_faint" if calm else "text")
        )
        left = line.left() + used + GAP
        where = QRect(left, line.top(), right - GAP - left, fonts.line)
        if where.width() > NAME_LEAST // 2:
            words = f"in {index.data(Role.CALL_NAME)}"
            paint_text(painter, where, words, fonts.small, color("text_faint"))

    def _paint_second(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, items: list[RaisedItem]
    ) -> None:
        color = self.theme.color
        first = gravest(items)
        badge = badge_of(first.verdict)
        height = fonts.line
        top = rect.bottom() + 1 - PAD - height
        line = QRect(rect.left() + MARGIN, top, rect.width() - 2 * MARGIN, height)
        right = line.right() + 1
        if len(items) > 1:
            right = paint_pill(
                painter,
                right,
                line,
                f"{len(items)} lines",
                fonts.tiny_strong,
                ink=color("text_dim"),
                ground=color("hover"),
                edge=color("line_strong"),
            )
            right -= GAP
        tone = "text_faint" if index.data(Role.GONE) else badge.tone
        left = paint_icon(painter, line.left(), line, badge.icon, tone, self.theme, ICON) + 4
        severity = first.verdict.severity
        words = badge.word.lower() if severity is Severity.NONE else severity.value
        place = QRect(left, line.top(), right - left, height)
        left += paint_text(painter, place, words, fonts.small_strong, color(tone)) + GAP
        said = QRect(left, line.top(), right - left, height)
        ink = color("text_faint" if index.data(Role.GONE) else "text_dim")
        paint_text(painter, said, str(index.data(_SAID)), fonts.small, ink)

    def row_height(self, fonts: Fonts) -> int:
        return PAD + fonts.line + 2 + fonts.line + PAD
