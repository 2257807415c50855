"""What a line of the transcript lies on, and where its badge is."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.ui.transcript import line_layout
from console.ui.widgets.badge import Badge, Ground
from console.ui.widgets.theme import Theme


def right_end(lane: QRect, width: int) -> QRect:
    """The part of the lane of a line so wide in which its badge is painted."""
    room = line_layout.badge_room(width, lane.width())
    return QRect(lane.right() + 1 - room, lane.top(), room, lane.height())


def paint_ground(
    painter: QPainter, rect: QRect, theme: Theme, badge: Badge, *, selected: bool, hot: bool
) -> None:
    """Paint the tint of a line's verdict, and whether it is chosen or pointed at."""
    calm = badge.ground in (Ground.QUIET, Ground.SETTLED)
    if not calm:
        painter.fillRect(rect, theme.color(f"{badge.tone}_tint"))
    if selected:
        painter.fillRect(rect, theme.color("selected"))
    elif hot and calm:
        painter.fillRect(rect, theme.color("hover"))
    if not calm:
        bar = QRect(rect.left(), rect.top(), 3, rect.height())
        painter.fillRect(bar, theme.color(f"{badge.tone}_fill"))
