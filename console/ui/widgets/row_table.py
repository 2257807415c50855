"""A table of rows: no grid, no row numbers, and Tab goes on to what comes next."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.ui.widgets.cell_delegate import ROW, CellDelegate
from console.ui.widgets.row_moves import stepped
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.theme import Theme


class RowTable(QTableView):
    """Shows a TableModel; ``sortable`` lets the headers sort, and a third press ends that.

    ``name`` is for screen readers.

    Signals:
        chosen: the row that Enter or a double click chose.
    """

    chosen = Signal(object)

    def __init__(
        self,
        model: TableModel[Any],
        name: str,
        theme: Theme,
        *,
        sortable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._off: set[str] = set()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        numbers = self.verticalHeader()
        numbers.hide()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 12))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(sortable)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sortable)
        self.activated.connect(lambda index: self.chosen.emit(model.row(index.row())))
        self._fit_columns()

    def show_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Replace the columns, unless they are these; the rows go with them."""
        if tuple(columns) != self.rows.columns:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.rows.show_columns(columns)
            self._fit_columns()

    def allow(self, title: str, *, on: bool) -> None:
        """Whether the column with this title is shown at all, where there is room for it."""
        (self._off.discard if on else self._off.add)(title)
        self._hide_columns()

    def choose(self, row: int) -> None:
        """Make ``row`` current; -1 changes nothing."""
        if row >= 0:
            # An index in a hidden column would not be scrolled to.
            shown = (at for at in range(self.rows.columnCount()) if not self.isColumnHidden(at))
            self.setCurrentIndex(self.rows.index(row, next(shown, 0)))

    def step(self, by: int) -> str:
        """Move the current row by ``by``; begins at the first, says why where it cannot."""
        current = self.currentIndex()
        start, by = (current.row(), by) if current.isValid() else (-1, 1)
        row, why = stepped(start, by, self.rows.rowCount())
        self.choose(row)
        return why

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        for at, column in enumerate(self.rows.columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self._hide_columns()

    def _hide_columns(self) -> None:
        # The width of the table and not of its viewport, which a scroll bar changes.
        width = self.width()
        for at, column in enumerate(self.rows.columns):
            hide = width < column.room or column.title in self._off
            if self.isColumnHidden(at) != hide:
                self.setColumnHidden(at, hide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # On macOS Qt would begin to edit the cell instead.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
