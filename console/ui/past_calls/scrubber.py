"""The time line of a session: how much was said when, what was raised, what was done."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.short_texts import clock, clock_minute, count
from console.ui.widgets.theme import Theme

MARGIN = 16
TALK = 26
"""Height of the part that shows how much was said, in pixels."""
TICK = 8
SHORT_S = 600.0
"""A session that is shorter has seconds at its ends."""
NEAR = 4
"""Pixels around a mark within which a press means it."""


class Mark(Struct, frozen=True):
    """Something that stands at a time.

    Attributes:
        at: unix seconds. words: what it is, safe to look at.
        item_id: of a raised line; empty for an act. open: nobody has decided about it.
    """

    at: float
    words: str
    item_id: str = ""
    open: bool = False


class Scrubber(QWidget):
    """Painted. A press or drag goes to a time or mark; arrows go from mark to mark.

    Signals:
        time_wanted: unix seconds. mark_wanted: the Mark that was pressed.
        step_wanted: to the next (1) or previous (-1) mark.
    """

    time_wanted = Signal(float)
    mark_wanted = Signal(object)
    step_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._since = self._until = 0.0
        self._density: Sequence[int] = ()
        self.marks: tuple[Mark, ...] = ()
        self._shown = (0.0, 0.0)
        self._at = 0.0
        self._dragged = False
        self.setObjectName("scrubber")
        self.setAccessibleName("Time line of the call")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_session(
        self, since: float, until: float, density: Sequence[int], marks: Sequence[Mark]
    ) -> None:
        """The time line of a session that lasted from ``since`` to ``until`` (unix seconds)."""
        self._since, self._until = since, max(until, since + 1.0)
        self._density = density
        self.marks = tuple(sorted(marks, key=lambda mark: mark.at))
        self._shown, self._at = (0.0, 0.0), since
        self._describe()
        self.update()

    def show_place(self, first: float, last: float, at: float) -> None:
        """Rows from ``first`` to ``last`` are in sight; the reader is at ``at``."""
        if ((first, last), at) != (self._shown, self._at):
            self._shown, self._at = (first, last), at
            self._describe()
            self.update()

    @property
    def at(self) -> float:
        """Where the reader is (unix seconds)."""
        return self._at

    def mark_after(self, at: float) -> Mark | None:
        """The first mark after a time."""
        row = bisect_right(self.marks, at, key=lambda mark: mark.at)
        return self.marks[row] if row < len(self.marks) else None

    def mark_before(self, at: float) -> Mark | None:
        """The last mark before a time."""
        row = bisect_left(self.marks, at, key=lambda mark: mark.at)
        return self.marks[row - 1] if row else None

    def x_of(self, at: float) -> float:
        """Where a time stands, in pixels from the left."""
        share = (at - self._since) / (self._until - self._since) if self._until else 0.0
        return MARGIN + min(1.0, max(0.0, share)) * self._width()

    def time_at(self, x: float) -> float:
        """The time that stands at ``x``."""
        share = min(1.0, max(0.0, (x - MARGIN) / self._width()))
        return self._since + share * (self._until - self._since)

    def mark_at(self, x: float) -> Mark | None:
        """The mark that a press at ``x`` means: the nearest; an open one before others."""
        near = [mark for mark in self.marks if abs(self.x_of(mark.at) - x) <= NEAR]
        return min(
            near, key=lambda mark: (not mark.open, abs(self.x_of(mark.at) - x)), default=None
        )

    def _width(self) -> float:
        return max(1.0, self.width() - 2.0 * MARGIN)

    def _describe(self) -> None:
        raised = sum(bool(mark.item_id) for mark in self.marks)
        self.setAccessibleDescription(
            f"At {clock(self._at)}, {count(raised, 'raised line')} and"
            f" {count(len(self.marks) - raised, 'act')}. Left and right go from mark to mark."
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        small = self.font()
        small.setPointSizeF(max(7.0, small.pointSizeF() * 0.85))
        painter.setFont(small)
        top = TICK + 2
        base = top + TALK
        self._paint_talk(painter, top, base)
        first, last = self._shown
        if last:
            left, right = self.x_of(first), self.x_of(last)
            band = QRectF(left, top - 1, max(3.0, right - left), TALK + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", 0.22))
            painter.drawRoundedRect(band, 2, 2)
        painter.setPen(color("line_strong"))
        painter.drawLine(MARGIN, base, self.width() - MARGIN, base)
        for mark in self.marks:
            self._paint_mark(painter, mark, top, base)
        painter.setPen(color("accent"))
        at = round(self.x_of(self._at))
        painter.drawLine(at, 0, at, base + TICK)
        self._paint_times(painter, base + TICK + 1)
        if self.hasFocus():
            painter.setPen(color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()

    def _paint_talk(self, painter: QPainter, top: int, base: int) -> None:
        most = max(self._density, default=0)
        if not most:
            return
        wide = self._width() / len(self._density)
        ink = self._theme.color("text_faint", 0.55)
        for at, many in enumerate(self._density):
            if many:
                high = max(1.5, (base - top) * many / most)
                bar = QRectF(MARGIN + at * wide, base - high, max(1.0, wide - 0.5), high)
                painter.fillRect(bar, ink)

    def _paint_mark(self, painter: QPainter, mark: Mark, top: int, base: int) -> None:
        """A raised line hangs from above, filled while it is open; an act stands below."""
        x, color = self.x_of(mark.at), self._theme.color
        painter.setPen(color("bad" if mark.item_id else "accent"))
        if mark.item_id:
            painter.setBrush(color("bad_fill") if mark.open else Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(x - 1.5, 1.0, 3.0, TICK))
            return
        painter.setBrush(color("accent_fill"))
        painter.drawEllipse(QRectF(x - 2.5, base + 2.0, 5.0, 5.0))

    def _paint_times(self, painter: QPainter, top: int) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.color("text_dim"))
        place = QRect(MARGIN, top, self.width() - 2 * MARGIN, metrics.height())
        flags = Qt.AlignmentFlag
        left, middle, right = self.times()
        painter.drawText(place, int(flags.AlignLeft), left)
        painter.drawText(place, int(flags.AlignRight), right)
        painter.setPen(self._theme.color("text"))
        painter.drawText(place, int(flags.AlignHCenter), middle)

    def times(self) -> tuple[str, str, str]:
        """The labels: begin, where the reader is, end. At an end the middle one is left out."""
        word = clock if self._until - self._since < SHORT_S else clock_minute
        at = clock(self._at)
        middle = "" if at in (clock(self._since), clock(self._until)) else at
        return word(self._since), middle, word(self._until)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._until:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._dragged = False
        mark = self.mark_at(event.position().x())
        if mark is not None:
            self.mark_wanted.emit(mark)
        else:
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._until:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._dragged = False
            self.time_wanted.emit(self.time_at(event.position().x()))

    def _drag_to(self, x: float) -> None:
        """Only the line moves while the hand does; lines are read where it lets go."""
        self._dragged = True
        self._at = self.time_at(x)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.step_wanted.emit(step)
        elif event.key() == Qt.Key.Key_Home:
            self.time_wanted.emit(self._since)
        elif event.key() == Qt.Key.Key_End:
            self.time_wanted.emit(self._until)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._explain(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _explain(self, point: QPoint, on_screen: QPoint) -> None:
        if not self._until:
            return
        mark = self.mark_at(point.x())
        words = f"{clock(mark.at)}  {mark.words}" if mark else clock(self.time_at(point.x()))
        QToolTip.showText(on_screen, tip(words), self)

    def sizeHint(self) -> QSize:
        return QSize(400, TICK + 2 + TALK + TICK + 4 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())
