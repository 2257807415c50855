"""Paints a call on two lines: name and open items, then people, talk and heat."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.base.plain_text import visible
from console.domain.call import Call
from console.ui.calls import sparkline
from console.ui.state.not_heard import as_of
from console.ui.state.watched_words import NOBODY, watched_words
from console.ui.widgets.badge import NOT_JUDGED
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.hatching import paint_hatching
from console.ui.widgets.paint_helpers import (
    paint_icon,
    paint_pill,
    paint_text,
)
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.short_texts import clock_minute

MARGIN = 12
GAP = 8
PAD = 7


def heat_level(heat: float) -> int:
    """0 cold, 1 warm (one flag), 2 hot, 3 burning (several removals in a minute)."""
    return sum(heat >= step for step in (0.5, 4.0, 12.0))


def heat_token(level: int) -> str:
    """The colour token of a level of heat."""
    return ("text_faint", "warn", "warn", "bad")[level]


def status_of(call: Call | None, *, gone: bool) -> tuple[str, str]:
    """Icon and colour token of what a call is doing; for "All calls" without a call."""
    if gone or (call is not None and call.ended_at):
        return "end-call", "text_faint"
    if call is None:
        return "all", "accent"
    if call.unmonitored_since:
        return "gap", "warn"
    return ("backstage", "text_faint") if call.backstage else ("live", "good")


def pin_place(rect: QRect) -> QRect:
    """Where the star is in the row ``rect``."""
    return QRect(rect.right() - MARGIN - 15, rect.top() + PAD - 2, 20, 20)


class CallsDelegate(RowDelegate):
    """Rows of the calls model."""

    framed = True

    def _paint_first(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        theme = self.theme
        call, gone = index.data(Role.CALL), bool(index.data(Role.GONE))
        line = QRect(rect.left() + MARGIN, rect.top() + PAD, rect.width() - 2 * MARGIN, fonts.line)
        icon, token = status_of(call, gone=gone)
        left = paint_icon(painter, line.left(), line, icon, token, theme, 14) + GAP
        right = line.right() + 1
        pinned = bool(index.data(Role.PINNED))
        if call is not None and (pinned or hovered):
            star = pin_place(rect)
            token = "accent" if pinned else "text_faint"
            paint_icon(painter, star.left() + 3, star, "pin", token, theme, 14)
            right = star.left() - 2
        waiting = index.data(Role.OPEN) or 0
        if waiting:
            text = str(waiting) if waiting < 1000 else "999+"
            # Filled where something came since the reader looked, an outline where all was seen.
            seen = not index.data(Role.UNSEEN)
            right = paint_pill(
                painter,
                right,
                line,
                text,
                fonts.tiny_strong,
                ink=theme.color("warn"),
                ground=theme.color("panel" if seen else "warn_tint"),
                edge=theme.color("warn"),
            )
            right -= 6
        if index.data(Role.REQUESTS):
            right -= 14
            paint_icon(painter, right, line, "hand", "accent", theme, 14)
            right -= 4
        since = float(index.data(Role.UNMONITORED) or 0.0)
        if since:
            right = self._paint_old_people(painter, left, right, line, index, fonts)
        name = QRect(left, line.top(), right - left - 4, line.height())
        ink = "text_faint" if gone else "text"
        paint_text(painter, name, str(index.data(Role.CALL_NAME)), fonts.strong, theme.color(ink))

    def _paint_old_people(
        self, painter: QPainter, left: int, right: int, line: QRect, index: Index, fonts: Fonts
    ) -> int:
        """How many people there were when the call was heard last; returns where that begins."""
        people, since = f"{index.data(Role.PEOPLE):,}", float(index.data(Role.UNMONITORED))
        named = fonts.strong_metrics.horizontalAdvance(str(index.data(Role.CALL_NAME)))
        words = as_of(people, since)
        if left + named + fonts.small_metrics.horizontalAdvance(words) + 32 > right:
            words = f"{people} then"
        at = right - fonts.small_metrics.horizontalAdvance(words) - 4
        place = QRect(at, line.top(), right - at, line.height())
        ink = self.theme.color("text_faint")
        paint_text(painter, place, words, fonts.small, ink)
        paint_icon(painter, at - 16, line, "people", "text_faint", self.theme, 12)
        return at - 18

    def _paint_second(self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts) -> None:
        theme = self.theme
        call: Call | None = index.data(Role.CALL)
        height = fonts.small_metrics.height()
        top = rect.bottom() + 1 - PAD - height
        line = QRect(rect.left() + MARGIN + 14 + GAP, top, 0, height)
        line.setRight(rect.right() - MARGIN)
        buckets = sparkline.buckets_for(rect.width())
        spark = QRect(line.right() + 1 - sparkline.width_of(buckets), top - 1, 0, height)
        spark.setRight(line.right())
        since = float(index.data(Role.UNMONITORED) or 0.0)
        if not since and spark.left() > line.left() + 72:
            talk, raised = index.data(Role.TALK), index.data(Role.SPARKLINE)
            if talk and raised:
                sparkline.paint_sparkline(painter, spark, talk[-buckets:], raised[-buckets:], theme)
            line.setRight(spark.left() - GAP)
        heat = float(index.data(Role.HEAT) or 0.0)
        level = heat_level(heat)
        if level:
            token, words = heat_token(level), f"{heat:.0f}" if heat >= 1 else "<1"
            width = fonts.small_strong_metrics.horizontalAdvance(words)
            at = line.right() - width
            place = QRect(at, line.top(), width + 2, height)
            paint_text(painter, place, words, fonts.small_strong, theme.color(token))
            paint_icon(painter, at - 14, line, "heat", token, theme, 12)
            if since:
                frozen = QRect(at - 17, line.top() - 1, width + 21, height + 2)
                paint_hatching(painter, frozen, theme, 3)
            line.setRight(at - 14 - GAP)
        faint, dim = theme.color("text_faint"), theme.color("text_dim")
        if since:
            words = str(index.data(Role.NOT_HEARD))
            paint_text(painter, line, words, fonts.small, theme.color("warn"))
            return
        left = paint_icon(painter, line.left(), line, "people", "text_faint", theme, 12) + 4
        people = f"{index.data(Role.PEOPLE):,}"
        listening = index.data(Role.LISTENING)
        place = QRect(left, line.top(), line.right() - left, height)
        left += paint_text(painter, place, people, fonts.small, dim) + GAP
        words = "" if call is None else visible(call.type)
        if call is not None and call.backstage:
            words = f"{words} · backstage"
        oldest, ink = str(index.data(Role.OLDEST) or ""), faint
        if oldest:
            words, ink = f"open {oldest}", theme.color("warn")
        if index.data(Role.GONE):
            words = f"ended {clock_minute(call.ended_at)}" if call and call.ended_at else "ended"
        left, words = self._paint_watchers(painter, left, line, index, fonts, words)
        if listening is not None and not index.data(Role.GONE):
            said, token = listening
            left = paint_icon(painter, left, line, "mic", token, theme, 12) + 4
            words, ink = (words, ink) if oldest else (said, theme.color(token))
        language = str(index.data(Role.NOT_JUDGED) or "")
        if language and not index.data(Role.GONE):
            left = paint_icon(painter, left, line, NOT_JUDGED, "warn", theme, 12) + 4
            said = f"not judged: {language}"
            if fonts.small_metrics.horizontalAdvance(said) > line.right() - left:
                said = language  # the icon says the rest
            words, ink = (words, ink) if oldest else (said, theme.color("warn"))
        place = QRect(left, line.top(), line.right() - left, height)
        if place.width() > 36:
            paint_text(painter, place, words, fonts.small, ink)

    def _paint_watchers(
        self, painter: QPainter, left: int, line: QRect, index: Index, fonts: Fonts, words: str
    ) -> tuple[int, str]:
        """Who of the team watches; returns where that ends, and what has room behind it."""
        watchers = index.data(Role.WATCHERS)
        if watchers is None:
            return left, words
        if not watchers:
            return left, f"{NOBODY} · {words}" if words else NOBODY
        left = paint_icon(painter, left, line, "eye", "accent", self.theme, 12) + 3
        place = QRect(left, line.top(), max(0, line.right() - left), line.height())
        said, ink = watched_words(watchers), self.theme.color("accent")
        return left + paint_text(painter, place, said, fonts.small, ink) + GAP, words

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        self._paint_first(painter, rect, index, fonts, hovered=hovered)
        self._paint_second(painter, rect, index, fonts)

    def row_height(self, fonts: Fonts) -> int:
        return PAD + fonts.line + 4 + fonts.small_metrics.height() + PAD
