"""The rows of a transcript that are not speech: what happened, and when nothing was heard."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from console.base.plain_text import visible
from console.protocol.to_window import Gap, Notice, NoticeKind
from console.ui.transcript.line_layout import DISC, GAP, MARGIN
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.short_texts import clock, span
from console.ui.widgets.theme import Theme

_ICONS = {
    NoticeKind.JOINED: ("plus", "text_faint"),
    NoticeKind.LEFT: ("kick", "text_faint"),
    NoticeKind.MUTED: ("mic-off", "text_dim"),
    NoticeKind.KICKED: ("kick", "bad"),
    NoticeKind.BLOCKED: ("block", "bad"),
    NoticeKind.UNBLOCKED: ("shield", "good"),
    NoticeKind.BANNED: ("ban", "bad"),
    NoticeKind.UNBANNED: ("shield", "good"),
    NoticeKind.PERMISSIONS: ("key", "text_dim"),
    NoticeKind.ASKED: ("hand", "accent"),
    NoticeKind.WARNING: ("warning", "warn"),
    NoticeKind.BLUR: ("eye", "warn"),
    NoticeKind.CAPTIONS: ("caption", "text_dim"),
    NoticeKind.LIVE: ("live", "good"),
    NoticeKind.ENDED: ("end-call", "bad"),
    NoticeKind.UPDATED: ("info", "text_faint"),
    NoticeKind.MEDIA: ("warning", "warn"),
}


def height(line: int) -> int:
    """Height of a slim row where a line of text is ``line`` high."""
    return line + 8


def gap_sentence(gap: Gap, now: float = 0.0) -> str:
    """What a gap row says; ``now`` (unix seconds) for one that has not ended."""
    reason = f" · {visible(gap.reason)}" if gap.reason else ""
    if not gap.until:
        lasts = f", for {span(now - gap.since)}" if now > gap.since else ""
        begins = "Since" if gap.partly else "Not monitored since"
        return f"{begins} {clock(gap.since)}{lasts}{reason}"
    if gap.partly:
        return f"{clock(gap.since)} to {clock(gap.until)}{reason}"
    lasted = span(gap.until - gap.since) if gap.until > gap.since else "a moment"
    return f"Not monitored from {clock(gap.since)} to {clock(gap.until)} ({lasted}){reason}"


def notice_icon(kind: NoticeKind) -> tuple[str, str]:
    """Icon and colour token of an event."""
    return _ICONS.get(kind, ("info", "text_faint"))


def paint_notice(
    painter: QPainter,
    rect: QRect,
    notice: Notice,
    theme: Theme,
    fonts: Fonts,
    *,
    time_width: int,
    call_name: str,
    selected: bool,
) -> None:
    """One event on one slim line."""
    if selected:
        painter.fillRect(rect, theme.color("selected"))
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    middle = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    painter.setFont(fonts.small)
    painter.setPen(theme.color("text_faint"))
    time = QRect(rect.left() + MARGIN, rect.top(), time_width, rect.height())
    painter.drawText(time, middle, clock(notice.at))
    icon, ink = notice_icon(notice.kind)
    left = time.right() + GAP + (DISC - 12) // 2
    painter.drawPixmap(
        QPoint(left, rect.top() + (rect.height() - 12) // 2), theme.pixmap(icon, ink, 12, scale)
    )
    text = QRect(rect)
    text.setLeft(time.right() + 1 + GAP + DISC + GAP)
    text.setRight(rect.right() - MARGIN)
    sentence = visible(notice.text)
    if call_name:
        sentence = f"{sentence} · {call_name}"
    if notice.actor_id and notice.actor_id.casefold() not in notice.text.casefold():
        sentence = f"{sentence} · by {visible(notice.actor_id)}"
    painter.setPen(theme.color("text_dim"))
    painter.drawText(
        text,
        middle,
        fonts.small_metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, text.width()),
    )


def paint_gap(
    painter: QPainter, rect: QRect, gap: Gap, theme: Theme, fonts: Fonts, now: float
) -> None:
    """A striped band across the list with the times between which nothing was heard."""
    band = rect.adjusted(0, 2, 0, -2)
    painter.fillRect(band, theme.color("warn_tint"))
    painter.fillRect(band, QBrush(theme.color("warn", 0.28), Qt.BrushStyle.BDiagPattern))
    sentence = fonts.small_metrics.elidedText(
        gap_sentence(gap, now), Qt.TextElideMode.ElideRight, max(40, rect.width() - 2 * MARGIN - 24)
    )
    width = fonts.small_metrics.horizontalAdvance(sentence) + 28
    box = QRect(rect.left() + (rect.width() - width) // 2, band.top(), width, band.height())
    painter.fillRect(box, theme.color("warn_tint"))
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    painter.drawPixmap(
        QPoint(box.left() + 6, box.top() + (box.height() - 12) // 2),
        theme.pixmap("gap", "warn", 12, scale),
    )
    painter.setFont(fonts.small)
    painter.setPen(theme.color("warn"))
    painter.drawText(
        box.adjusted(22, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine),
        sentence,
    )
