"""How sure the classifier is of a label, and how often it was right: painted, with a threshold."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.label_curve import LabelCurve, how_sure, told
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.theme import Theme

LEFT, TOP, RIGHT, BOTTOM = 44, 14, 14, 38
DOT = 4.5
WHISKER = 4.0
_LEGEND = "how sure · how often right: dots are your labels, the line what was measured before"
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class CurveView(QWidget):
    """Confidence across, the share that is right up.

    The reader's own labels are dots with the range in which the truth lies; the line behind them is
    what was measured on texts of the classifier's makers.

    Signals:
        threshold_wanted: where somebody pressed, from 0 to 1.
    """

    threshold_wanted = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._curve: LabelCurve | None = None
        self._threshold = 0.0
        self.setMinimumSize(280, 190)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_curve(self, curve: LabelCurve | None, threshold: float) -> None:
        """Show a label with the threshold that is tried."""
        self._curve, self._threshold = curve, threshold
        name, words = "Reliability curve", "nothing to show"
        if curve is not None:
            name = f"Reliability curve of {curve.label}"
            words = "; ".join(
                f"{bar.told:.0%} sure: {bar.right} of {bar.lines} right" for bar in curve.bars()
            )
            point = curve.at(threshold)
            words = f"{words}. {told(point)} {how_sure(point)}"
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 260)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().x())

    def _point_at(self, x: float) -> None:
        frame = self._frame()
        share = (x - frame.left()) / max(1.0, frame.width())
        self.threshold_wanted.emit(min(max(0.0, share), 1.0))

    def _frame(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def _at(self, told_: float, share: float) -> QPointF:
        frame = self._frame()
        return QPointF(
            frame.left() + told_ * frame.width(), frame.bottom() - share * frame.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        if self._curve is not None:
            self._paint_raised(painter)
            self._paint_measured(painter, self._curve)
            self._paint_bars(painter, self._curve)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        theme, frame, fonts = self._theme, self._frame(), Fonts(self.font())
        painter.setFont(fonts.tiny)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in TICKS:
            across, up = self._at(tick, 0.0), self._at(0.0, tick)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(across.x(), frame.top()), across)
            painter.drawLine(up, QPointF(frame.right(), up.y()))
            painter.setPen(theme.color("text_faint"))
            painter.drawText(QRectF(0, up.y() - 9, LEFT - 6, 18), int(right), f"{tick:.0%}")
            place = QRectF(across.x() - 20, frame.bottom() + 3, 40, 16)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{tick:.2f}")
        painter.setPen(QPen(theme.color("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._at(0.0, 0.0), self._at(1.0, 1.0))
        painter.setPen(theme.color("text_dim"))
        foot = QRectF(frame.left(), frame.bottom() + 18, frame.width(), 18)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), _LEGEND)

    def _paint_raised(self, painter: QPainter) -> None:
        frame, at = self._frame(), self._at(self._threshold, 1.0)
        painter.fillRect(QRectF(at, frame.bottomRight()), self._theme.color("accent", 0.10))
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawLine(at, self._at(self._threshold, 0.0))

    def _paint_measured(self, painter: QPainter, curve: LabelCurve) -> None:
        painter.setPen(QPen(self._theme.color("control"), 2))
        points = [self._at(*each) for each in sorted(curve.measured)]
        for one, other in pairwise(points):
            painter.drawLine(one, other)

    def _paint_bars(self, painter: QPainter, curve: LabelCurve) -> None:
        ink = self._theme.color("good")
        for bar in curve.bars():
            low, high = bar.between
            top, foot = self._at(bar.told, high), self._at(bar.told, low)
            painter.setPen(QPen(ink, 1.5))
            painter.drawLine(top, foot)
            for end in (top, foot):
                painter.drawLine(end - QPointF(WHISKER, 0), end + QPointF(WHISKER, 0))
            painter.setBrush(ink)
            painter.drawEllipse(self._at(bar.told, bar.share), DOT, DOT)
