"""A list whose model keeps every row in place while it is pointed at or has the keyboard."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from console.ui.models.ordered_rows import OrderedRows
from console.ui.models.roles import Index
from console.ui.views.own_choice import let_go


class StillList(QListView):
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
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def step(self, by: int) -> None:
        """Move the current row by ``by``."""
        count = self.model().rowCount()
        if count:
            current = self.currentIndex()
            row = current.row() + by if current.isValid() else 0
            self.setCurrentIndex(self.model().index(max(0, min(count - 1, row)), 0))

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
