"""The verdict badge: what it says (pure) and how it is drawn. Never by colour alone."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.base.plain_text import visible
from console.domain.stage_words import short_reason
from console.domain.verdict import (
    FLAG,
    KEEP,
    REMOVE,
    SHADOW,
    Severity,
    Source,
    Verdict,
    action_rank,
)
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.theme import Theme

ICON = 12
PAD = 7
GAP = 4
_LABEL_LENGTH = 24


class Ground(StrEnum):
    """How loud a badge is. SETTLED: it was raised, and somebody has decided about it."""

    QUIET = "quiet"
    SETTLED = "settled"
    OUTLINE = "outline"
    FILLED = "filled"


class Badge(Struct, frozen=True):
    """One badge. ``word`` is what a sighted reader gets without colours; ``parts`` follow it: why,
    how many more reasons, how sure, by whom.

    ``tone`` is a colour token; ``dashed``: another source is still to decide.
    """

    icon: str
    word: str
    parts: tuple[str, ...]
    tone: str
    ground: Ground
    dashed: bool = False

    @property
    def detail(self) -> str:
        """All parts."""
        return " · ".join(self.parts)

    def fitting(self, room: int, width: Callable[[str], int]) -> str:
        """As much of the parts as fits into ``room`` pixels; ``width`` measures a text.

        The first part is cut and goes first, the last one stays longest: a badge may be vague about
        its reason, but not about who judged.
        """
        if not self.parts or width(self.detail) <= room:
            return self.detail
        first, *rest = self.parts
        for length in range(len(first) - 1, 2, -1):
            shorter = " · ".join((first[:length] + "…", *rest))
            if width(shorter) <= room:
                return shorter
        while rest:
            if width(" · ".join(rest)) <= room:
                return " · ".join(rest)
            rest = rest[1:]
        return ""

    @property
    def sentence(self) -> str:
        """For screen readers and tooltips."""
        first = self.word or ("" if self.icon == NOT_JUDGED else self.icon)
        return " · ".join(filter(None, (first, self.detail)))


class RaisedMark(Struct, frozen=True):
    """What became of a raised item: it takes the place of what to do, and of its icon.

    ``ended``: nobody has to do anything any more. ``by``: who did it and when; it stays longest.
    """

    icon: str
    word: str
    tone: str
    ended: bool = False
    by: str = ""


NOT_JUDGED = "not-judged"
"""The icon of what was found clean without anybody having judged what it means."""

WAITING = Badge("clock", "", (), "text_faint", Ground.QUIET)


def badge_of(verdict: Verdict | None, mark: RaisedMark | None = None) -> Badge:
    """The badge of a line with this verdict; without one it is waiting.

    ``mark``: what became of the line, where somebody has decided about it or taken it.
    """
    badge = _badge_of(verdict)
    if mark is None:
        return badge
    if mark.ended:
        parts = (*badge.parts, mark.by) if mark.by else badge.parts
        return Badge(mark.icon, mark.word, parts, mark.tone, Ground.SETTLED)
    parts = (badge.word, *badge.parts) if badge.word else badge.parts
    return Badge(mark.icon, mark.word, parts, badge.tone, badge.ground, dashed=badge.dashed)


def _badge_of(verdict: Verdict | None) -> Badge:
    if verdict is None:
        return WAITING
    local = verdict.source == Source.LOCAL  # also where it decides
    if verdict.action == KEEP:
        if verdict.gap is not None and verdict.provisional:
            return Badge(NOT_JUDGED, "", ("local",), "text_faint", Ground.QUIET, dashed=True)
        if verdict.gap is not None:
            words = f"not judged: {short_reason(verdict.gap)}"
            return Badge(NOT_JUDGED, "", (words,), "text_dim", Ground.QUIET)
        if verdict.provisional:
            return Badge("check", "", ("local",), "text_faint", Ground.QUIET, dashed=True)
        return Badge("check", "", ("local",) if local else (), "good", Ground.QUIET)
    word = visible(verdict.action).replace("_", " + ").upper()[:_LABEL_LENGTH]
    parts = [visible(label)[:_LABEL_LENGTH] for label in verdict.labels[:1]]
    if len(verdict.labels) > 1:
        parts.append(f"+{len(verdict.labels) - 1}")
    if verdict.severity is not Severity.NONE:
        parts.append(verdict.severity.value)
    if local:
        parts.append("local")
    if action_rank(verdict.action) >= action_rank(REMOVE):
        ground = Ground.OUTLINE if verdict.provisional else Ground.FILLED
        return Badge("remove", word, tuple(parts), "bad", ground, dashed=verdict.provisional)
    tone = "bad" if action_rank(verdict.action) >= action_rank(SHADOW) else "warn"
    icon = "flag" if verdict.action == FLAG else "warning"
    return Badge(icon, word, tuple(parts), tone, Ground.OUTLINE, dashed=verdict.provisional)


def badge_height(fonts: Fonts) -> int:
    """The height of a badge with a frame."""
    return fonts.small_metrics.height() + 4


def badge_width(badge: Badge, fonts: Fonts, most: int) -> int:
    """Width a badge takes, at most ``most``."""
    if badge.ground is Ground.QUIET:
        words = fonts.small_metrics.horizontalAdvance(badge.detail)
        return min(most, ICON + (GAP + words if badge.detail else 0))
    width = PAD + ICON + GAP + fonts.tiny_strong_metrics.horizontalAdvance(badge.word) + PAD
    measure = fonts.small_metrics.horizontalAdvance
    detail = badge.fitting(most - width - GAP + 1 - measure("· "), measure)
    if detail:
        width += GAP + measure("· ") + measure(detail)
    return min(most, width)


def paint_badge(
    painter: QPainter,
    lane: QRect,
    badge: Badge,
    theme: Theme,
    fonts: Fonts,
    *,
    short: bool = False,
) -> QRect:
    """Draw ``badge`` at the right end of ``lane``, at its left end when ``short``.

    Returns where it is.
    """
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    height = badge_height(fonts)
    top = lane.top() + (lane.height() - height) // 2
    if short:
        width = ICON + 2 * PAD - 2
        rect = QRect(lane.left(), top, width, height)
    else:
        width = badge_width(badge, fonts, lane.width())
        rect = QRect(lane.right() + 1 - width, top, width, height)
    if badge.ground is Ground.QUIET:
        return _paint_quiet(painter, rect, badge, theme, fonts, scale=scale, short=short)
    ink = _paint_pill(painter, rect, badge, theme)
    icon_at = QPoint(rect.left() + PAD - 1, rect.top() + (height - ICON) // 2)
    painter.drawPixmap(icon_at, theme.pixmap(badge.icon, ink, ICON, scale))
    if short:
        return rect
    left = rect.left() + PAD + ICON + GAP
    right = rect.right() + 1 - PAD
    painter.setPen(theme.color(ink))
    painter.setFont(fonts.tiny_strong)
    word_width = fonts.tiny_strong_metrics.horizontalAdvance(badge.word)
    _text(painter, QRect(left, rect.top(), min(word_width, right - left), height), badge.word)
    left += word_width + GAP
    room = right - left
    metrics = fonts.small_metrics
    detail = badge.fitting(room + 1 - metrics.horizontalAdvance("· "), metrics.horizontalAdvance)
    if detail:
        painter.setFont(fonts.small)
        _text(painter, QRect(left, rect.top(), room + 1, height), f"· {detail}")
    return rect


def _paint_quiet(
    painter: QPainter,
    rect: QRect,
    badge: Badge,
    theme: Theme,
    fonts: Fonts,
    *,
    scale: float,
    short: bool,
) -> QRect:
    left = rect.left() + (PAD - 1 if short else 0)
    top = rect.top() + (rect.height() - ICON) // 2
    if badge.detail and not short:
        painter.setPen(theme.color(badge.tone))
        painter.setFont(fonts.small)
        words = QRect(rect.left(), rect.top(), rect.width() - ICON - GAP, rect.height())
        _text(painter, words, badge.detail)
        left = rect.right() + 1 - ICON
    painter.drawPixmap(QPoint(left, top), theme.pixmap(badge.icon, badge.tone, ICON, scale))
    return rect


def _paint_pill(painter: QPainter, rect: QRect, badge: Badge, theme: Theme) -> str:
    """Draw the ground of a pill; returns the token to write on it with."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    radius = body.height() / 2
    if badge.ground is Ground.FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bad_fill"))
        painter.drawRoundedRect(body, radius, radius)
        return "on_bad"
    edge = "line_strong" if badge.ground is Ground.SETTLED else badge.tone
    pen = QPen(theme.color(edge), 1.0)
    if badge.dashed:
        pen.setDashPattern([3.0, 2.5])
    painter.setPen(pen)
    settled = badge.ground is Ground.SETTLED
    painter.setBrush(Qt.BrushStyle.NoBrush if settled else theme.color(f"{badge.tone}_tint"))
    painter.drawRoundedRect(body, radius, radius)
    return badge.tone


def _text(painter: QPainter, rect: QRect, text: str) -> None:
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), text)
