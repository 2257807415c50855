"""The small act buttons at the right end of the row that is pointed at or has the focus."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from console.domain.acts.spec import ActSpec
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.short_texts import short_key
from console.ui.widgets.theme import Theme

ICON = 14
"""Pixels of an icon's side."""
AIM_PAD = 8
"""Pixels at either side of the words that say whom a press would hit."""


def paint_quick_acts(
    painter: QPainter,
    buttons: Sequence[tuple[ActSpec, str, QRect]],
    theme: Theme,
    fonts: Fonts,
    *,
    keyed: bool,
    impossible: Collection[str],
    pointed: str | None,
    pressed: str | None,
) -> None:
    """Draw ``buttons`` (act, key, place).

    ``keyed``: the keys act on the person of this row; where they act on somebody else, the
    buttons show none.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    for spec, key, place in buttons:
        possible = spec.kind not in impossible
        ink = ("bad" if spec.severe else "text") if possible else "text_faint"
        edge, ground = "control", "raised"
        if possible and spec.kind == pressed:
            ink, edge, ground = "on_accent", "accent", "accent_fill"
        elif possible and spec.kind == pointed:
            edge, ground = "accent", "selected"
        body = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.color(edge, 1.0 if possible else 0.5))
        painter.setBrush(theme.color(ground, 1.0 if possible else 0.4))
        painter.drawRoundedRect(body, 5, 5)
        painter.setOpacity(1.0 if possible else 0.55)
        sign = theme.pixmap(spec.icon, ink, ICON, scale)
        left = place.left() + 4 if keyed else place.center().x() - ICON // 2 + 1
        painter.drawPixmap(QPoint(left, place.center().y() - 6), sign)
        painter.setPen(theme.color(ink if spec.kind == pressed else "text_dim"))
        painter.setFont(fonts.tiny)
        words, room = short_key(key) if keyed else "", place.adjusted(18, 0, -2, 0)
        if (
            painter.fontMetrics().horizontalAdvance(words) <= room.width()
        ):  # else the tooltip says it
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.setOpacity(1.0)


def paint_aim(
    painter: QPainter, lane: QRect, left: int, words: str, theme: Theme, fonts: Fonts
) -> None:
    """Say in front of the buttons what a press would do, and to whom, before it does it.

    ``left``: where the words have to end; ``lane``: the height that they have.
    """
    metrics = fonts.small_strong_metrics
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, left - 2 * AIM_PAD))
    width = metrics.horizontalAdvance(shown) + 2 * AIM_PAD
    body = QRectF(left - width, lane.top() + 0.5, width, lane.height() - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("accent"))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(body, 5, 5)
    painter.setPen(theme.color("text"))
    painter.setFont(fonts.small_strong)
    painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), shown)
