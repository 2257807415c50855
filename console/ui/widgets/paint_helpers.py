"""Small pieces several delegates paint: one line of text, an icon, a count in a pill."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from console.ui.widgets.theme import Theme

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


def paint_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    color: QColor,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """One elided line at the left of ``rect``; returns how wide it became."""
    if rect.width() <= 0 or not text:
        return 0
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, elide, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, _MIDDLE, shown)
    return metrics.horizontalAdvance(shown)


def paint_icon(
    painter: QPainter, left: int, rect: QRect, name: str, token: str, theme: Theme, size: int = 14
) -> int:
    """An icon at ``left``, in the middle of the height of ``rect``; returns where it ends."""
    device = painter.device()
    scale = device.devicePixelRatioF() if device else 1.0
    top = rect.top() + (rect.height() - size) // 2
    painter.drawPixmap(QPoint(left, top), theme.pixmap(name, token, size, scale))
    return left + size


def pill_width(text: str, font: QFont) -> int:
    """How wide ``paint_pill`` will be."""
    return max(18, QFontMetrics(font).horizontalAdvance(text) + 10)


def paint_pill(
    painter: QPainter,
    right: int,
    rect: QRect,
    text: str,
    font: QFont,
    *,
    ink: QColor,
    ground: QColor,
    edge: QColor | None = None,
) -> int:
    """A rounded pill that ends at ``right``; returns where it begins."""
    metrics = QFontMetrics(font)
    width, height = pill_width(text, font), metrics.height() + 2
    place = QRect(right - width, rect.top() + (rect.height() - height) // 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(edge or Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    body = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(body, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    return place.left()
