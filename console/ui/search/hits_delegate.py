"""Paints hits on two lines: who and when, then what was said with the words that were searched."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from console.domain.search.hit import Hit
from console.domain.verdict import KEEP, Severity
from console.protocol.search import WatchedHits
from console.ui.search.hit_words import ICONS
from console.ui.search.hits_model import FOLDED, HIT, SAVED
from console.ui.search.snippet import snippet
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.marked_text import Stretch, tone_of
from console.ui.widgets.paint_helpers import paint_icon, paint_pill, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.text_marks import format_range, mark_format

MARGIN = 12
INSET = 10
GAP = 6
PAD = 7
ICON = 13
_WORDS = Qt.ItemDataRole.DisplayRole
LEAST_CALL = 30
"""Pixels from which on the name of a call is worth its place."""


class HitsDelegate(RowDelegate):
    """Rows of a HitsModel."""

    framed = True

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        top = QRect(rect.left() + MARGIN, rect.top() + PAD, rect.width() - 2 * MARGIN, fonts.line)
        below = top.translated(0, fonts.line + 2)
        hit: Hit | None = index.data(HIT)
        saved: WatchedHits | None = index.data(SAVED)
        if hit is not None:
            self._paint_hit(painter, top, below, index, fonts, hit)
        elif saved is not None:
            self._paint_saved(painter, top, below, index, fonts, saved)
        elif index.data(FOLDED) is not None:
            painter.fillRect(rect, self.theme.color("hover"))
            self._paint_group(painter, top, below, index, fonts)
        else:
            middle = QRect(top.left(), rect.top(), top.width(), rect.height())
            words = str(index.data(_WORDS) or "")
            paint_text(painter, middle, words, fonts.strong, self.theme.color("accent"))

    def _paint_hit(
        self, painter: QPainter, top: QRect, below: QRect, index: Index, fonts: Fonts, hit: Hit
    ) -> None:
        color = self.theme.color
        inset = 0 if index.data(Role.CALL_NAME) else INSET
        left = paint_icon(
            painter, top.left() + inset, top, ICONS[hit.kind], "text_dim", self.theme, ICON
        )
        when = str(index.data(Role.WHEN))
        width = fonts.small_metrics.horizontalAdvance(when)
        right = top.right() + 1 - width
        place = QRect(right, top.top(), width + 1, fonts.line)
        paint_text(painter, place, when, fonts.small, color("text_dim"))
        if hit.action != KEEP:
            tone = tone_of(hit.action)
            grave = hit.severity.value if hit.severity is not Severity.NONE else hit.action
            wide = fonts.small_strong_metrics.horizontalAdvance(grave)
            right -= wide + GAP
            word = QRect(right, top.top(), wide + 1, fonts.line)
            paint_text(painter, word, grave, fonts.small_strong, color(tone))
            right -= ICON + 3
            paint_icon(painter, right, top, "flag", tone, self.theme, ICON)
        name = QRect(left + GAP, top.top(), right - GAP - left - GAP, fonts.line)
        used = paint_text(painter, name, str(index.data(Role.WHO)), fonts.strong, color("text"))
        where = name.adjusted(used + GAP, 0, 0, 0)
        call = index.data(Role.CALL_NAME)
        if call and where.width() > LEAST_CALL:
            paint_text(painter, where, f"in {call}", fonts.small, color("text_faint"))
        said = below.adjusted(inset, 0, 0, 0)
        self._paint_marked(painter, said, str(index.data(_WORDS)), index.data(Role.MARKS), fonts)

    def _paint_marked(
        self, painter: QPainter, lane: QRect, words: str, marks: list[Stretch], fonts: Fonts
    ) -> None:
        ink = self.theme.color("text_dim")
        if not marks:
            paint_text(painter, lane, words, fonts.small, ink)
            return
        metrics = QFontMetricsF(fonts.small)
        words, marks = snippet(words, marks, lane.width(), metrics.horizontalAdvance)
        layout = QTextLayout(words, fonts.small)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        form = [
            format_range(words, mark.start, mark.end, mark_format(self.theme, mark.tone))
            for mark in marks
        ]
        layout.setFormats(form)
        layout.beginLayout()
        layout.createLine().setLineWidth(1_000_000)
        layout.endLayout()
        painter.save()
        painter.setClipRect(lane)
        painter.setPen(ink)
        layout.draw(painter, QPointF(lane.topLeft()))
        painter.restore()

    def _paint_group(
        self, painter: QPainter, top: QRect, below: QRect, index: Index, fonts: Fonts
    ) -> None:
        icon = "chevron-right" if index.data(FOLDED) else "chevron-down"
        left = paint_icon(painter, top.left() - 4, top, icon, "text_dim", self.theme, ICON) + 4
        name = QRect(left, top.top(), top.right() - left, fonts.line)
        paint_text(painter, name, str(index.data(_WORDS)), fonts.strong, self.theme.color("text"))
        words, ink = str(index.data(Role.WHEN)), self.theme.color("text_faint")
        place = QRect(left, below.top(), below.right() - left, fonts.line)
        paint_text(painter, place, words, fonts.small, ink)

    def _paint_saved(
        self,
        painter: QPainter,
        top: QRect,
        below: QRect,
        index: Index,
        fonts: Fonts,
        saved: WatchedHits,
    ) -> None:
        color = self.theme.color
        icon, tone = ("eye", "accent") if saved.search.watched else ("search", "text_dim")
        left = paint_icon(painter, top.left(), top, icon, tone, self.theme, ICON) + GAP
        right = top.right() + 1
        if saved.new:
            words = f"{saved.new} new"
            right = paint_pill(
                painter,
                right,
                top,
                words,
                fonts.tiny_strong,
                ink=color("on_accent"),
                ground=color("accent"),
            )
        name = QRect(left, top.top(), right - GAP - left, fonts.line)
        paint_text(painter, name, str(index.data(_WORDS)), fonts.strong, color("text"))
        query = QRect(left, below.top(), below.right() - left, fonts.line)
        paint_text(painter, query, str(index.data(Role.WHEN)), fonts.small, color("text_dim"))

    def row_height(self, fonts: Fonts) -> int:
        return PAD + fonts.line + 2 + fonts.line + PAD
