"""A list view for very many rows of different heights: lays out only what can be seen."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from console.ui.widgets.clear_removed_selection import let_go
from console.ui.widgets.own_layout_view import OwnLayoutView
from console.ui.widgets.roles import Index
from console.ui.widgets.row_heights import RowHeights


class RowList(OwnLayoutView):
    """Rows below each other, each as high as it needs to be (see ``row_heights``).

    A subclass says how high rows are: ``estimate_rows`` cheaply, ``measure_row`` exactly. The row
    at the top of the viewport stays where it is when heights above it turn out different; a list
    that is scrolled to its end stays at its end.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights()
        self._head = 0
        self._at_end = True
        self._settling = False
        self._laid_out_width = -1
        self._removed_to = (0, 0)
        self.scroll_by_pixels()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalScrollBar().valueChanged.connect(self._note_position)

    def estimate_rows(self, first: int, last: int) -> list[int]:
        """Cheap guesses of the heights of the rows from ``first`` to ``last``."""
        raise NotImplementedError

    def measure_row(self, row: int) -> int:
        """The exact height of ``row``."""
        raise NotImplementedError

    def foot(self) -> int:
        """Pixels left free below the last row, and below a row that is scrolled to."""
        return 0

    def verticalOffset(self) -> int:
        """The position in the rows of the top of the viewport; below 0 where it is above them."""
        return self.verticalScrollBar().value() - self._head

    def set_head(self, pixels: int) -> None:
        """Leave so much free above the first row; rows in sight stay where they are."""
        if pixels != self._head:
            anchor, offset = self._anchor()
            self._head = pixels
            self._settle(anchor, offset)

    @property
    def at_end(self) -> bool:
        """Whether the newest row is in sight."""
        return self._at_end

    def scroll_to_end(self) -> None:
        """Show the newest row, and stay with it."""
        self._at_end = True
        self._settle()

    def leave_end(self) -> None:
        """Rows that come at the end from now on move none of those in sight."""
        self._at_end = False

    def remeasure(self) -> None:
        """Fonts, width or contents changed: every height is a guess again."""
        anchor, offset = self._anchor()
        count = self.model().rowCount() if self.model() is not None else 0
        self._heights.reset(self.estimate_rows(0, count - 1))
        self._laid_out_width = self.viewport().width()
        self._settle(anchor, offset)

    def first_visible_row(self) -> int:
        """The row at the top of the viewport; -1 when there is none."""
        return self._heights.row_at(self.verticalOffset())

    def last_visible_row(self) -> int:
        """The row at the bottom of the viewport; -1 when there is none."""
        return self._heights.row_at(self.verticalOffset() + self.viewport().height() - 1)

    def room_below(self) -> int:
        """Pixels of the viewport that are free below the last row and its foot; negative: none."""
        used = self._head + self._heights.total() + self.foot()
        return self.viewport().height() - used

    def _anchor(self) -> tuple[int, int]:
        """The row at the top of the viewport and how far its top is above it."""
        if not len(self._heights):
            return 0, 0
        row = self.first_visible_row()
        return row, self.verticalOffset() - self._heights.top(row)

    def _settle(self, anchor: int = -1, offset: int = 0) -> None:
        """Measure what is in sight and put the scroll bar where it belongs."""
        if self._settling:
            return
        self._settling = True
        at_end = self._at_end
        if anchor < 0:
            anchor, offset = self._anchor()
        for _ in range(8):  # each round brings at most a few unmeasured rows into sight
            value = self._place(anchor, offset, at_end=at_end)
            first = self._heights.row_at(value)
            last = self._heights.row_at(value + self.viewport().height())
            if first < 0 or not self._heights.measure(first, last, self.measure_row):
                break
        self._place(anchor, offset, at_end=at_end)
        self._settling = False
        self._at_end = self.verticalScrollBar().value() >= self.verticalScrollBar().maximum() - 2
        self.viewport().update()

    def _place(self, anchor: int, offset: int, *, at_end: bool) -> int:
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(20)
        bar.setRange(0, max(0, self._head + self._heights.total() + self.foot() - height))
        if at_end:
            bar.setValue(bar.maximum())
        elif anchor < len(self._heights):
            bar.setValue(self._head + self._heights.top(anchor) + offset)
        return self.verticalOffset()

    def _rows_removed(self) -> None:
        self._settle(*self._removed_to)

    def _note_position(self) -> None:
        if self._settling:
            return
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum() - 2
        self._settle()

    def setModel(self, model: Any) -> None:
        if self.model() is not None:
            self.model().rowsRemoved.disconnect(self._rows_removed)
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self._rows_removed)
        self._at_end = True
        self.remeasure()

    def visualRect(self, index: Index) -> QRect:
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return QRect()
        top = self._heights.top(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        position = point.y() + self.verticalOffset()
        if self.model() is None or not 0 <= position < self._heights.total():
            return QModelIndex()
        row = self._heights.row_at(position)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= len(self._heights):
            return
        row = index.row()
        self._heights.measure(row, row, self.measure_row)
        top, height = self._head + self._heights.top(row), self._heights.height(row)
        bar, room = self.verticalScrollBar(), self.viewport().height() - self.foot()
        bar.setRange(0, max(0, self._head + self._heights.total() - room))
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (room - height) // 2)
        elif top < bar.value() or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803  Qt passes it by this name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        if not len(self._heights):
            return QModelIndex()
        move = QAbstractItemView.CursorAction
        last = len(self._heights) - 1
        current = self.currentIndex()
        row = current.row() if current.isValid() else self.last_visible_row() + 1
        match cursorAction:
            case move.MoveUp | move.MovePrevious | move.MoveLeft:
                row -= 1
            case move.MoveDown | move.MoveNext | move.MoveRight:
                row += 1
            case move.MoveHome:
                row = 0
            case move.MoveEnd:
                row = last
            case move.MovePageUp:
                row = self._heights.row_at(self._heights.top(row) - self.viewport().height())
            case move.MovePageDown:
                row = self._heights.row_at(self._heights.top(row) + self.viewport().height())
        return self.model().index(max(0, min(last, row)), 0)

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        anchor, offset = self._anchor()
        if start <= anchor and len(self._heights):
            anchor += end - start + 1
        self._heights.insert(start, self.estimate_rows(start, end))
        self._settle(anchor, offset)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        let_go(self, parent, start, end)
        super().rowsAboutToBeRemoved(parent, start, end)
        anchor, offset = self._anchor()
        if end < anchor:
            anchor -= end - start + 1
        elif start <= anchor:
            anchor, offset = start, 0
        self._heights.remove(start, end - start + 1)
        self._removed_to = (anchor, offset)
        # Qt still counts the rows here; visible rows are measured after the removal.

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Any = ()) -> None:  # noqa: N803
        for row in range(topLeft.row(), min(bottomRight.row() + 1, len(self._heights))):
            self._heights.forget(row)
        last_seen = self.last_visible_row()
        if topLeft.row() <= last_seen and bottomRight.row() >= self.first_visible_row():
            self._settle()

    def reset(self) -> None:
        super().reset()
        self._at_end = True
        if self.model() is not None:
            self.remeasure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._laid_out_width:
            self.remeasure()
        else:
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.model() is None or not len(self._heights):
            return
        option: Any = QStyleOptionViewItem()
        self.initViewItemOption(option)
        delegate, model = self.itemDelegate(), self.model()
        base_state = option.state
        current, focused = self.currentIndex().row(), self.hasFocus()
        painter = QPainter(self.viewport())
        first = self._heights.row_at(self.verticalOffset() + event.rect().top())
        top = self._heights.top(first) - self.verticalOffset()
        width = self.viewport().width()
        row = first
        while row < len(self._heights) and top <= event.rect().bottom():
            height = self._heights.height(row)
            state = base_state
            if row == current:
                state |= QStyle.StateFlag.State_Selected
                if focused:
                    state |= QStyle.StateFlag.State_HasFocus
            option.rect = QRect(0, top, width, height)
            option.state = state
            delegate.paint(painter, option, model.index(row, 0))
            top += height
            row += 1
        painter.end()
