"""Paints a colleague: disc and name, and below where they are and what they hold."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from console.domain.names import plain_name
from console.domain.team import Colleague
from console.ui.widgets.avatar import paint_disc
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.roles import Index
from console.ui.widgets.row_delegate import RowDelegate

COLLEAGUE = Qt.ItemDataRole.UserRole
MARGIN, GAP, PAD, DISC = 12, 8, 4, 26


class ColleaguesDelegate(RowDelegate):
    """Rows whose COLLEAGUE is a Colleague; the second line of their text says where they are."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        colleague: Colleague | None = index.data(COLLEAGUE)
        if colleague is None:
            return
        name = plain_name(colleague.name, colleague.user_id)
        disc = QRect(rect.left() + MARGIN, rect.top() + (rect.height() - DISC) // 2, DISC, DISC)
        paint_disc(painter, disc, colleague.user_id, name, self.theme, fonts)
        left = disc.right() + 1 + GAP
        width = rect.right() + 1 - MARGIN - left
        note_height = fonts.small_metrics.height()
        top = rect.top() + (rect.height() - fonts.line - note_height) // 2
        color = self.theme.color
        paint_text(painter, QRect(left, top, width, fonts.line), name, fonts.strong, color("text"))
        _, _, place = str(index.data(Qt.ItemDataRole.DisplayRole) or "").partition("\n")
        note = QRect(left, top + fonts.line, width, note_height)
        paint_text(painter, note, place, fonts.small, color("text_dim"))

    def row_height(self, fonts: Fonts) -> int:
        return max(DISC, fonts.line + fonts.small_metrics.height()) + 2 * PAD
