"""The hatching over what is not heard: nothing about it looks calmer than it is."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from console.ui.widgets.theme import Theme


def paint_hatching(painter: QPainter, rect: QRect, theme: Theme, radius: int = 0) -> None:
    """Fill ``rect`` with stripes in the colour of a warning, over what is there."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.color("warn", 0.28), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    painter.restore()
