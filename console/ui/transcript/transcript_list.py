"""The rows of the transcript: who is chosen, acts on a line, why it has its verdict."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from console.domain.acts.table import spec_of
from console.domain.item import MESSAGE
from console.ui.state.entries import GapEntry, ItemEntry, Row
from console.ui.state.targets import Target
from console.ui.transcript.following_list import FollowingList
from console.ui.transcript.held_picture import HeldPicture
from console.ui.transcript.notice_rows import gap_sentence
from console.ui.transcript.picture_view import HOLD
from console.ui.transcript.transcript_delegate import Hot, TranscriptDelegate
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.pointer_watch import PointerWatch, watch_pointer
from console.ui.widgets.roles import Role
from console.ui.widgets.shown_rows import MOVED, ShownRow, ShownRows
from console.ui.widgets.timers import one_shot


class TranscriptList(FollowingList):
    """Shows a TranscriptModel, with quick acts on the row that is chosen or pointed at.

    A press on a row that came under the pointer a moment ago does nothing.

    Signals:
        act_pressed: (kind, Target) of a quick act; the target was taken when the press began.
        person_chosen: the Target of the row that became current.
        why_wanted: (row, point on the screen) of a line whose verdict is to be explained.
        pointer_moved: the pointer moved or left; what it had asked for can go.
        opened: the row that was pressed twice.
        press_refused: why a press did nothing, in one sentence.
    """

    act_pressed = Signal(object, object)
    person_chosen = Signal(object)
    why_wanted = Signal(int, object)
    pointer_moved = Signal()
    press_refused = Signal(str)
    opened = Signal(int)

    def __init__(
        self,
        model: TranscriptModel,
        delegate: TranscriptDelegate,
        why_not: Callable[[str, Target | None], str],
        keys_are_for: Callable[[Target | None], bool],
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        """``keys_are_for``: whether keys act on this person; ``monotonic`` gives seconds."""
        super().__init__(model, parent)
        self._delegate = delegate
        self._why_not = why_not
        self._keys_are_for = keys_are_for
        self._monotonic = monotonic
        self._shown = ShownRows(monotonic)
        self._watch: PointerWatch | None = None
        self._pressed: tuple[str, Target, QPersistentModelIndex] | None = None
        self.setObjectName("transcript")
        self.setAccessibleName("Transcript")
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        delegate.set_font(self.font())
        self._held_picture = HeldPicture(self, delegate)
        self._widened = one_shot(0, self)
        self._widened.timeout.connect(self.remeasure)
        self.setModel(model)
        self.verticalScrollBar().valueChanged.connect(self._update_following)
        self._rest = one_shot(450, self)
        self._rest.timeout.connect(self._offer_why)
        model.filter_changed.connect(self._on_filter_changed)

    def foot(self) -> int:
        """Room for the pill that says what waits: it must not cover the current line."""
        return self.fontMetrics().height() + 24

    def refresh_possible(self) -> None:
        """What is possible on the hot row may have changed, or whom the keys are for."""
        hot = self._delegate.hot
        if hot is not None:
            self._heat(hot.row, hot.pointed)

    def estimate_rows(self, first: int, last: int) -> list[int]:
        entries = [self._model.entry(row) for row in range(first, last + 1)]
        if self._delegate.make_room(entries):
            self._widened.start()
        return self._delegate.estimate(entries, self._width())

    def measure_row(self, row: int) -> int:
        entry = self._model.entry(row)
        return self.height_of(entry) if entry is not None else 0

    def height_of(self, entry: Row) -> int:
        return self._delegate.height(entry, self._width())

    def _width(self) -> int:
        return max(120, self.viewport().width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch = watch_pointer(self, self._monotonic)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._shown.painted(tuple(self._rows_in_sight()))

    def _rows_in_sight(self) -> Iterator[ShownRow]:
        for row in range(max(0, self.first_visible_row()), self.last_visible_row() + 1):
            entry = self._model.entry(row)
            if entry is not None:
                place = self.visualRect(self._model.index(row))
                yield ShownRow(place.top(), place.bottom() + 1, _whose(entry))

    def _is_refused(self, point: QPoint) -> bool:
        """Whether a press at ``point`` can have meant another row; then it says so."""
        entry = self._model.entry(self.indexAt(point).row())
        if entry is None or self._shown.can_be_meant(point.y(), _whose(entry)):
            return False
        self.press_refused.emit(MOVED)
        return True

    def _on_filter_changed(self) -> None:
        self._delegate.mixed = not self._model.cid
        self._pointing = self._walking = False
        self._cool()
        self.remeasure()
        self.scroll_to_end()
        self._update_following()

    def _cool(self) -> None:
        if self._delegate.hot is not None:
            self._delegate.hot = None
            self.viewport().update()

    def _heat(self, row: int, pointed: str | None = None) -> None:
        entry = self._model.entry(row)
        if not isinstance(entry, ItemEntry):
            self._cool()
            return
        index = self._model.index(row)
        target = index.data(Role.TARGET)
        places = self._delegate.quick_places(self.visualRect(index), entry)
        impossible = frozenset(kind for kind in places if self._why_not(kind, target))
        pressed = self._pressed[0] if self._pressed and self._pressed[2].row() == row else None
        hot = Hot(row, impossible, pointed, pressed, self._keys_are_for(target))
        if hot != self._delegate.hot:
            self._delegate.hot = hot
            self.viewport().update()

    def _kind_at(self, point: QPoint) -> tuple[str | None, QModelIndex]:
        index = self.indexAt(point)
        entry = self._model.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None, index
        rect = self.visualRect(index)
        return self._delegate.quick_at(rect, entry, point.x(), point.y()), index

    def _offer_why(self) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        index = self.indexAt(point)
        entry = self._model.entry(index.row()) if index.isValid() else None
        if not isinstance(entry, ItemEntry) or self._pressed is not None:
            return
        lane = self._delegate.lane(self.visualRect(index), entry)
        if lane.contains(point) and self._kind_at(point)[0] is None:
            corner = self.viewport().mapToGlobal(lane.bottomLeft() + QPoint(0, 4))
            self.why_wanted.emit(index.row(), corner)

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        if not current.isValid():
            return
        self._heat(current.row())
        target = current.data(Role.TARGET)
        if target is not None:
            self.person_chosen.emit(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        if not self._points(point):
            return
        self.pointer_moved.emit()
        self._stand_still()
        kind, index = self._kind_at(point)
        if index.isValid():
            self._heat(index.row(), kind)
        else:
            self._cool()
        self._rest.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self._is_refused(point):
            # Whoever moved the rows, the next press finds them standing still.
            self._stand_still()
            event.accept()
            return
        kind, index = self._kind_at(point)
        if kind is not None and event.button() is Qt.MouseButton.LeftButton:
            target = index.data(Role.TARGET)
            why = self._why_not(kind, target)
            if why:
                self.press_refused.emit(f"{spec_of(kind).title}: {why}")
            elif target is not None:
                self._pressed = (kind, target, QPersistentModelIndex(index))
                self._heat(index.row(), kind)
            event.accept()
            return
        current = self.currentIndex()
        super().mousePressEvent(event)
        if index.isValid() and index == current and index.data(Role.TARGET) is not None:
            # It was current already, and somebody else may have been chosen since.
            self.person_chosen.emit(index.data(Role.TARGET))
        if event.button() is Qt.MouseButton.LeftButton:
            self._held_picture.press(point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        kind, index = self._kind_at(event.position().toPoint())
        self.mousePressEvent(event)
        if kind is None and index.isValid():
            self.opened.emit(index.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
            return
        kind, target, locked = pressed
        over, index = self._kind_at(event.position().toPoint())
        event.accept()
        if over is kind and locked.isValid() and index.row() == locked.row():
            self.act_pressed.emit(kind, target)
        if index.isValid():
            self._heat(index.row(), over)

    def enterEvent(self, event: Any) -> None:
        super().enterEvent(event)
        self._shown.pointer_came(self._watch.set_out_at() if self._watch else None)

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._shown.pointer_left()
        self._rest.stop()
        self.pointer_moved.emit()
        if self._pressed is None:
            self._let_go()
        current = self.currentIndex()
        if current.isValid() and self._walking:
            self._heat(current.row())
        else:
            self._cool()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._delegate.set_font(self.font())
            self.remeasure()

    def viewportEvent(self, event: Any) -> bool:
        if event.type() == event.Type.ToolTip and isinstance(event, QHelpEvent):
            kind, index = self._kind_at(event.pos())
            if kind is None and self._held_picture.is_over(event.pos()):
                QToolTip.showText(event.globalPos(), tip(HOLD), self)
                return True
            entry = self.indexAt(event.pos()).data(Role.ENTRY)
            if kind is None and isinstance(entry, GapEntry):
                # Its reason may be longer than the row.
                words = gap_sentence(entry.gap, self._delegate.now)
                QToolTip.showText(event.globalPos(), tip(words), self)
                return True
            if kind is None:
                QToolTip.hideText()
                return True
            target = index.data(Role.TARGET)
            why = self._why_not(kind, target)
            spec = spec_of(kind)
            words = f"{spec.label}: {index.data(Role.WHO)}\n{why or spec.consequence}"
            QToolTip.showText(event.globalPos(), tip(words), self)
            return True
        return super().viewportEvent(event)


def _whose(entry: Row) -> Hashable:
    """Whose row it is: what one person said may change places, an act on them is the same."""
    if not isinstance(entry, ItemEntry):
        return entry.serial
    message = entry.item.item_id if entry.item.kind == MESSAGE else ""
    return entry.cid, entry.item.author_id, message
