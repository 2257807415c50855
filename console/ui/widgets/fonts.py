"""The few fonts rows are painted with, all relative to the system's."""

from PySide6.QtGui import QFont, QFontMetrics


class Fonts:
    """Sizes and weights derived from one base font, with their metrics."""

    def __init__(self, base: QFont) -> None:
        self.body = QFont(base)
        self.strong = _with(base, 1.0, bold=True)
        self.small = _with(base, 0.9)
        self.small_strong = _with(base, 0.9, bold=True)
        self.tiny = _with(base, 0.82)
        self.tiny_strong = _with(base, 0.8, bold=True)
        self.body_metrics = QFontMetrics(self.body)
        self.strong_metrics = QFontMetrics(self.strong)
        self.small_metrics = QFontMetrics(self.small)
        self.small_strong_metrics = QFontMetrics(self.small_strong)
        self.tiny_strong_metrics = QFontMetrics(self.tiny_strong)
        self.key = base.key()

    @property
    def line(self) -> int:
        """Height of one line of body text."""
        return self.body_metrics.height()

    @property
    def character(self) -> float:
        """Mean width of a character of running text, for estimates."""
        return self.body_metrics.horizontalAdvance("etaoin shrdlu cmfwyp") / 20


def _with(base: QFont, factor: float, *, bold: bool = False) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * factor)
    else:
        font.setPixelSize(max(1, round(base.pixelSize() * factor)))
    font.setBold(bold)
    return font
