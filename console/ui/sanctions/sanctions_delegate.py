"""A row of the board: who and how long on the first line; what, by whom and where on the second."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from console.domain.sanction import Sanction
from console.ui.sanctions.sanction_words import ICONS
from console.ui.sanctions.sanctions_model import LEFT, SANCTION
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate

MARGIN = 12
GAP = 8
ICON = 16


class SanctionsDelegate(RowDelegate):
    """The sign at the left tells mutes, revokes, blocks and bans apart."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        sanction: Sanction | None = index.data(SANCTION)
        if sanction is None:
            return
        color = self.theme.color
        gone = bool(index.data(Role.GONE))
        top = rect.top() + (rect.height() - fonts.line - fonts.small_metrics.height()) // 2
        sign = QRect(rect.left() + MARGIN, top + (fonts.line - ICON) // 2, ICON, ICON)
        token = "text_faint" if gone else "text_dim"
        paint_icon(painter, sign.left(), sign, ICONS[sanction.form], token, self.theme, ICON)
        left, right = sign.right() + 1 + GAP, rect.right() + 1 - MARGIN
        words = "over" if gone else str(index.data(LEFT))
        width = fonts.small_metrics.horizontalAdvance(words)
        time = QRect(right - width, top, width + 1, fonts.line)
        ink = "text_faint" if gone else str(index.data(Role.TONE))
        paint_text(painter, time, words, fonts.small, color(ink))
        name = QRect(left, top, time.left() - GAP - left, fonts.line)
        shown = index.data(Qt.ItemDataRole.DisplayRole)
        paint_text(painter, name, shown, fonts.strong, color("text_faint" if gone else "text"))
        note = QRect(left, top + fonts.line, right - left, fonts.small_metrics.height())
        note_ink = color("bad" if sanction.trouble and not gone else "text_dim")
        paint_text(painter, note, index.data(Role.CALL_NAME), fonts.small, note_ink)

    def row_height(self, fonts: Fonts) -> int:
        return fonts.line + fonts.small_metrics.height() + 10
