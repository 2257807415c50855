"""The small act buttons at the right end of the row that is pointed at or has the focus."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from console.domain.act import ActKind
from console.ui.widgets.badge_words import short_key
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.theme import Theme

_SEVERE = frozenset({ActKind.KICK, ActKind.BAN})


def paint_quick_acts(
    painter: QPainter,
    buttons: Sequence[tuple[ActKind, str, str, QRect]],
    theme: Theme,
    fonts: Fonts,
    *,
    impossible: Collection[ActKind],
    pointed: ActKind | None,
    pressed: ActKind | None,
) -> None:
    """Draw ``buttons`` (act, icon, key, place), each with its key."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    for kind, icon, key, place in buttons:
        possible = kind not in impossible
        ink = ("bad" if kind in _SEVERE else "text") if possible else "text_faint"
        edge, ground = "line_strong", "raised"
        if possible and kind is pressed:
            ink, edge, ground = "on_accent", "accent", "accent_fill"
        elif possible and kind is pointed:
            edge, ground = "accent", "selected"
        body = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.color(edge, 1.0 if possible else 0.5))
        painter.setBrush(theme.color(ground, 1.0 if possible else 0.4))
        painter.drawRoundedRect(body, 5, 5)
        painter.setOpacity(1.0 if possible else 0.55)
        sign = theme.pixmap(icon, ink, 14, scale)
        painter.drawPixmap(QPoint(place.left() + 4, place.center().y() - 6), sign)
        painter.setPen(theme.color(ink if kind is pressed else "text_dim"))
        painter.setFont(fonts.tiny)
        painter.drawText(
            place.adjusted(18, 0, -2, 0), int(Qt.AlignmentFlag.AlignCenter), short_key(key)
        )
        painter.setOpacity(1.0)
