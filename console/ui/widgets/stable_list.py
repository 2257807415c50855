"""A list whose model keeps every row in place while it is pointed at or has the keyboard."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from console.ui.widgets.clear_removed_selection import let_go
from console.ui.widgets.letters import is_letter
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.pointer_watch import PointerWatch, watch_pointer
from console.ui.widgets.roles import Index
from console.ui.widgets.row_moves import stepped
from console.ui.widgets.shown_rows import MOVED, ShownRow, ShownRows

_FLAG = QItemSelectionModel.SelectionFlag
_SINGLE = QAbstractItemView.SelectionMode.SingleSelection


class StableList(QListView):
    """Rows of equal height. Holds the model for the hand that comes, the pointer and the focus.

    A press on a row that was somewhere else a moment ago does nothing. ``monotonic``: seconds.

    Signals:
        choice_changed: other rows are chosen than before. The selection model says that it changed
            where rows above the chosen one went, too; nobody chose anything then.
        escaped: the reader wants to let go of whatever is chosen.
        press_refused: one sentence; a press did nothing because rows had moved under it.
    """

    choice_changed = Signal()
    press_refused = Signal(str)
    escaped = Signal()

    def __init__(
        self,
        model: OrderedRows,
        name: str,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ordered = model
        self._monotonic = monotonic
        self._shown = ShownRows(monotonic)
        self._watch: PointerWatch | None = None
        self._refused = False
        self.setAccessibleName(name)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(_SINGLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._current_top: int | None = None
        """Where the current row was before rows moved, if it was in sight."""
        model.layoutAboutToBeChanged.connect(self._look_for_current)
        model.layoutChanged.connect(self._keep_current_in_sight)

    def step(self, by: int) -> str:
        """Move the current row by ``by``; says why where it cannot."""
        current = self.currentIndex()
        start, by = (current.row(), by) if current.isValid() else (-1, 1)
        row, why = stepped(start, by, self.model().rowCount())
        if not why:
            self.choose(self.model().index(row, 0))
        return why

    def extend(self, by: int) -> str:
        """Add the next row in the direction of ``by`` to the choice; a chosen one leaves it."""
        current = self.currentIndex()
        if not current.isValid() or self.selectionMode() is _SINGLE:
            return self.step(by)
        row, why = stepped(current.row(), by, self.model().rowCount())
        if not why:
            index = self.model().index(row, 0)
            # Going back over a selected row deselects it.
            back = self.selectionModel().isSelected(index)
            drop = _FLAG.Deselect if back else _FLAG.Select
            self.selectionModel().select(current if back else index, drop)
            self.selectionModel().setCurrentIndex(index, _FLAG.NoUpdate)
        return why

    def choose(self, index: Index) -> None:
        """Make this row, and no other, current and chosen; nothing for an invalid index.

        ``setCurrentIndex`` would add to the choice while Shift or Ctrl is held for a shortcut.
        """
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)

    def _look_for_current(self) -> None:
        current = self.currentIndex()
        row = self.visualRect(current) if current.isValid() else QRect()
        in_sight = self.viewport().rect().intersects(row)
        self._current_top = row.top() if in_sight else None

    def _keep_current_in_sight(self) -> None:
        # Rows only move while the pointer is elsewhere, so the chosen row may be followed: the
        # others move around it where there is room to scroll.
        current = self.currentIndex()
        if self._current_top is None or not current.isValid():
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(current).top() - self._current_top)
        self.scrollTo(current)

    def choose_none(self) -> None:
        """Make no row current or chosen."""
        self.clearSelection()
        self.selectionModel().setCurrentIndex(QModelIndex(), _FLAG.NoUpdate)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if selected.count() or deselected.count():
            self.choice_changed.emit()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        let_go(self, parent, start, end)
        super().rowsAboutToBeRemoved(parent, start, end)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch = watch_pointer(self, self._monotonic)

    def pointer_nears(self) -> None:
        """The hand comes: let nothing move."""
        self._ordered.hold("hand")

    def pointer_turned_away(self) -> None:
        """The hand went elsewhere, or rests there."""
        self._ordered.release("hand")

    def enterEvent(self, event: Any) -> None:
        super().enterEvent(event)
        self._shown.pointer_came(self._watch.set_out_at() if self._watch else None)
        self._ordered.hold("pointer")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._shown.pointer_left()
        self._ordered.release("pointer")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._shown.painted(tuple(self._rows_in_sight()))

    def _rows_in_sight(self) -> Iterator[ShownRow]:
        first = self.indexAt(QPoint(0, 0)).row()
        for row in range(max(0, first), self._ordered.rowCount()):
            place = self.visualRect(self._ordered.index(row, 0))
            if place.top() >= self.viewport().height():
                return
            yield ShownRow(place.top(), place.bottom() + 1, self._ordered.key(row))

    def is_press_refused(self, event: QMouseEvent) -> bool:
        """Whether this press can have meant another row; then it says so."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return False
        meant = self._shown.can_be_meant(point.y(), self._ordered.key(index.row()))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            meant = meant and self._shown.stood_still()  # it means the rows between, too
        if not meant:
            self.press_refused.emit(MOVED)
        return not meant

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._refused = self.is_press_refused(event)
        if not self._refused:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._refused:
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would choose a row; here a row is chosen on purpose only.
        QWidget.focusInEvent(self, event)
        self.viewport().update()
        self._ordered.hold("focus")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ordered.release("focus")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The view would keep every letter for itself; the window says what a key cannot do.
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A slip of the mouse while pressing must not select the neighbours too.
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
