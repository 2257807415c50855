"""A list whose model keeps every row in place while it is pointed at or has the keyboard."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from console.ui.widgets.clear_removed_selection import let_go
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index

_FLAG = QItemSelectionModel.SelectionFlag
_SINGLE = QAbstractItemView.SelectionMode.SingleSelection


class StableList(QListView):
    """Rows of equal height. Holds the model for the pointer and for the focus."""

    def __init__(self, model: OrderedRows, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ordered = model
        self.setAccessibleName(name)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(_SINGLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._current_in_sight = False
        model.layoutAboutToBeChanged.connect(self._look_for_current)
        model.layoutChanged.connect(self._keep_current_in_sight)

    def step(self, by: int) -> None:
        """Move the current row by ``by``."""
        count = self.model().rowCount()
        if count:
            current = self.currentIndex()
            row = current.row() + by if current.isValid() else 0
            self.choose(self.model().index(max(0, min(count - 1, row)), 0))

    def extend(self, by: int) -> None:
        """Add the next row in the direction of ``by`` to the choice; a chosen one leaves it."""
        current = self.currentIndex()
        row = current.row() + by
        if not current.isValid() or self.selectionMode() is _SINGLE:
            self.step(by)
        elif 0 <= row < self.model().rowCount():
            index = self.model().index(row, 0)
            # Going back over a selected row deselects it.
            back = self.selectionModel().isSelected(index)
            drop = _FLAG.Deselect if back else _FLAG.Select
            self.selectionModel().select(current if back else index, drop)
            self.selectionModel().setCurrentIndex(index, _FLAG.NoUpdate)

    def choose(self, index: Index) -> None:
        """Make this row, and no other, current and chosen; nothing for an invalid index.

        ``setCurrentIndex`` would add to the choice while Shift or Ctrl is held for a shortcut.
        """
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)

    def _look_for_current(self) -> None:
        current = self.currentIndex()
        row = self.visualRect(current) if current.isValid() else QRect()
        self._current_in_sight = self.viewport().rect().intersects(row)

    def _keep_current_in_sight(self) -> None:
        # Rows only move while the pointer is elsewhere, so the chosen row may be followed.
        if self._current_in_sight:
            self.scrollTo(self.currentIndex())

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        let_go(self, parent, start, end)
        super().rowsAboutToBeRemoved(parent, start, end)

    def enterEvent(self, event: Any) -> None:
        super().enterEvent(event)
        self._ordered.hold("pointer")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._ordered.release("pointer")

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would choose a row; here a row is chosen on purpose only.
        QWidget.focusInEvent(self, event)
        self.viewport().update()
        self._ordered.hold("focus")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ordered.release("focus")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A slip of the mouse while pressing must not select the neighbours too.
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
