"""Paints a past call: name and when, then how long, who, and what was raised and done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QPainter

from console.domain.past import PastSession
from console.ui.past_calls.sessions_model import SESSION
from console.ui.past_calls.words import lasted_words, what_words, when_words, who_words
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.roles import Index
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.theme import Theme

MARGIN = 12
GAP = 8
PAD = 7


class SessionsDelegate(RowDelegate):
    """``now`` gives unix seconds, for the words of days."""

    framed = True

    def __init__(self, theme: Theme, now: Callable[[], float], parent: QObject) -> None:
        super().__init__(theme, parent)
        self._now = now

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        session: PastSession | None = index.data(SESSION)
        if session is None:
            return
        color = self.theme.color
        left, right = rect.left() + MARGIN, rect.right() + 1 - MARGIN
        first = QRect(left, rect.top() + PAD, right - left, fonts.line)
        when = "goes on" if session.running else when_words(session, self._now())
        width = fonts.small_metrics.horizontalAdvance(when)
        ink = color("good" if session.running else "text_dim")
        place = QRect(right - width, first.top(), width + 1, fonts.line)
        paint_text(painter, place, when, fonts.small, ink)
        name = QRect(left, first.top(), place.left() - GAP - left, fonts.line)
        shown = str(index.data(Qt.ItemDataRole.DisplayRole))
        paint_text(painter, name, shown, fonts.strong, color("text"))
        second = QRect(left, first.bottom() + 3, right - left, fonts.line)
        self._paint_second(painter, second, session, fonts)

    def _paint_second(
        self, painter: QPainter, line: QRect, session: PastSession, fonts: Fonts
    ) -> None:
        color = self.theme.color
        right = line.right() + 1
        what = what_words(session)
        if what:
            width = fonts.small_metrics.horizontalAdvance(what) + 4
            token = "bad" if session.open else "text_dim"
            place = QRect(right - width, line.top(), width, line.height())
            paint_text(painter, place, what, fonts.small, color(token))
            right = place.left() - 4
            if session.raised:
                right = place.left() - 16
                paint_icon(painter, right, line, "flag", token, self.theme, 12)
            right -= GAP
        words = f"{lasted_words(session)} · {who_words(session)}"
        place = QRect(line.left(), line.top(), right - line.left(), line.height())
        paint_text(painter, place, words, fonts.small, color("text_dim"))

    def row_height(self, fonts: Fonts) -> int:
        return PAD + fonts.line + 2 + fonts.line + PAD
