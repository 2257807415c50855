"""Paints a row of the queue: who and how long, then what it is about and what is known of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QPainter

from console.domain.review import ReviewItem
from console.domain.verdict import REMOVE, Severity, action_rank
from console.ui.queue.queue_model import ITEM
from console.ui.queue.words import excerpt, waited
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.theme import Theme

MARGIN = 12
GAP = 6
SIGN = 14
ICON = 12

_STEPS = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 3, Severity.CRITICAL: 4}


class QueueDelegate(RowDelegate):
    """Two lines; how bad it is stands as bars before them, so that no colour is needed."""

    framed = True

    def __init__(
        self, theme: Theme, now: Callable[[], float], me: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(theme, parent)
        self._now, self._me = now, me

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        item: ReviewItem | None = index.data(ITEM)
        if item is None:
            return
        over = bool(index.data(Role.GONE)) or not item.due
        color = self.theme.color
        left, right = rect.left() + MARGIN, rect.right() + 1 - MARGIN
        small = fonts.small_metrics.height()
        top = rect.top() + (rect.height() - fonts.line - small) // 2
        painter.setOpacity(0.5 if over else 1.0)
        self._paint_severity(painter, QRect(left, top, SIGN, fonts.line + small), item)
        painter.setOpacity(1.0)
        left += SIGN + GAP
        end = self._paint_state(painter, item, right, top, fonts, over=over)
        ink = color("text_faint" if over else "text")
        name = QRect(left, top, end - GAP - left, fonts.line)
        paint_text(painter, name, index.data(Qt.ItemDataRole.DisplayRole), fonts.strong, ink)
        note = QRect(left, top + fonts.line, right - left, small)
        ink = color("text_faint" if over else "text_dim")
        paint_text(painter, note, excerpt(item), fonts.small, ink)

    def row_height(self, fonts: Fonts) -> int:
        return fonts.line + fonts.small_metrics.height() + 12

    def _paint_severity(self, painter: QPainter, rect: QRect, item: ReviewItem) -> None:
        steps = _STEPS.get(item.severity, 0)
        remove = action_rank(item.action) >= action_rank(REMOVE)
        ink = self.theme.color("bad" if remove or steps >= 3 else "warn")
        height, gap = 4, 3
        bottom = rect.center().y() + 2 * height + gap
        for step in range(4):
            place = QRect(rect.left(), bottom - step * (height + gap), rect.width(), height)
            painter.fillRect(place, ink if step < steps else self.theme.color("line"))

    def _paint_state(
        self, painter: QPainter, item: ReviewItem, right: int, top: int, fonts: Fonts, *, over: bool
    ) -> int:
        """What is known of its state, from the right; where it begins."""
        words = "decided" if over else waited(item, self._now())
        width = fonts.small_metrics.horizontalAdvance(words)
        place = QRect(right - width, top, width + 1, fonts.line)
        ink = self.theme.color("text_faint" if over else "text_dim")
        paint_text(painter, place, words, fonts.small, ink)
        at = place.left() - GAP
        for icon, token in self._signs(item):
            at -= ICON
            scale = painter.device().devicePixelRatio()
            sign = self.theme.pixmap(icon, token, ICON, scale)
            painter.drawPixmap(at, top + (fonts.line - ICON) // 2, sign)
            at -= 4
        if item.reports > 1:
            words = f"×{item.reports}"
            width = fonts.small_metrics.horizontalAdvance(words)
            place = QRect(at - width, top, width + 1, fonts.line)
            paint_text(painter, place, words, fonts.small, self.theme.color("text_dim"))
            at = place.left() - 4
        return at

    def _signs(self, item: ReviewItem) -> list[tuple[str, str]]:
        held = item.holder not in ("", self._me())
        return [
            sign
            for shown, sign in (
                (held, ("lock", "warn")),
                (item.escalated, ("arrow-up", "bad")),
                (item.appeal is not None and item.appeal.open, ("hand", "accent")),
                (item.skipped_at > 0, ("chevron-right", "text_faint")),
            )
            if shown
        ]
