"""The rows of a run, which stay in the engine: pages are fetched as they come into view."""

from collections import OrderedDict
from typing import Any

from msgspec import structs
from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from console.protocol.lab_runs import AskRows, RowFilter, RowOrder, RunRow, RunRows
from console.ui.lab.rows_columns import RunColumn
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.roles import Index
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.timers import one_shot

PAGE = 200
MAX_PAGES = 50
REFRESH_MS = 400


class RowsModel(TableModel[RunRow]):
    """Virtual: holds at most MAX_PAGES pages of PAGE rows, the oldest of which go first.

    Signals:
        total_changed: how many rows the selection has.
        trouble_found: one sentence.
        arrived: requested rows have come.
    """

    total_changed = Signal(int)
    trouble_found = Signal(str)
    arrived = Signal()

    def __init__(
        self, link: EngineLink, columns: tuple[RunColumn, ...], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._link = link
        self._orders = [column.sort_by for column in columns]
        self._run_id = ""
        self._pages: OrderedDict[int, tuple[RunRow, ...]] = OrderedDict()
        self._total = 0
        self._order = RowOrder.INDEX
        self._descending = False
        self.only = RowFilter()
        """The selection."""
        self._wanted: list[int] = []
        self._asked = ""
        self._stale = False
        self._refresh = one_shot(REFRESH_MS, self)
        self._refresh.timeout.connect(self._ask_again)
        self._next = one_shot(0, self)
        self._next.timeout.connect(self._ask_next)

    @property
    def total(self) -> int:
        """Rows of the selection."""
        return self._total

    def begin(self, run_id: str) -> None:
        """Show the rows of another run; "" for none."""
        self._run_id = run_id
        self.only = RowFilter()
        self._begin_again()

    def select(self, **fields: Any) -> None:
        """Change fields of the selection."""
        only = structs.replace(self.only, **fields)
        if only != self.only:
            self.only = only
            self._begin_again()

    def grow(self) -> None:
        """The run went on: there may be more rows."""
        if not self._refresh.isActive():
            self._refresh.start()

    def finish(self) -> None:
        """The run is over: ask for everything in view once more."""
        self._refresh.stop()
        self._ask_again()

    def row(self, number: int) -> RunRow | None:
        """A row that is here; asks for it otherwise."""
        page = self._pages.get(number // PAGE)
        at = number % PAGE
        if page is None or at >= len(page):
            if 0 <= number < self._total:
                self._want(number // PAGE)
            return None
        return page[at]

    def _begin_again(self) -> None:
        self.beginResetModel()
        self._pages.clear()
        self._total = 0
        self._wanted.clear()
        self._link.forget(self._asked)
        self._asked = ""
        self.endResetModel()
        self.total_changed.emit(0)
        if self._run_id:
            self._want(0)

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        if not self._asked and not self._next.isActive():
            self._next.start()

    def _ask_again(self) -> None:
        if not self._run_id:
            return
        # What is in view was asked for last; every page has the total.
        self._want(next(reversed(self._pages)) if self._pages else 0)

    def _ask_next(self) -> None:
        if self._asked or not self._wanted or not self._run_id:
            return
        page = self._wanted.pop()
        del self._wanted[:-4]  # pages that were scrolled past are not needed any more
        question = AskRows(
            request_id=new_id(),
            run_id=self._run_id,
            start=page * PAGE,
            count=PAGE,
            order=self._order,
            descending=self._descending,
            only=self.only,
        )
        self._asked = self._link.ask(question, self._on_rows)

    def _on_rows(self, answer: RunRows) -> None:
        self._asked = ""
        if answer.sentence:
            self.trouble_found.emit(answer.sentence)
        elif answer.run_id == self._run_id:
            self._take(answer)
        if self._wanted:
            self._next.start()

    def _take(self, answer: RunRows) -> None:
        page = answer.start // PAGE
        if answer.total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, answer.total - 1)
            self._total = answer.total
            self.endInsertRows()
            self.total_changed.emit(self._total)
        elif answer.total < self._total:
            self.beginResetModel()
            self._total = answer.total
            self._pages.clear()
            self.endResetModel()
            self.total_changed.emit(self._total)
        self._pages[page] = answer.rows
        self._pages.move_to_end(page)
        while len(self._pages) > MAX_PAGES:
            self._pages.popitem(last=False)
        if answer.rows:
            last = min(self._total, answer.start + len(answer.rows)) - 1
            last_column = len(self._orders) - 1
            self.dataChanged.emit(self.index(answer.start, 0), self.index(last, last_column))
        self.arrived.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and self.row(index.row()) is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = self._orders[column] if 0 <= column < len(self._orders) else None
        descending = order is Qt.SortOrder.DescendingOrder
        if wanted is None:
            wanted, descending = RowOrder.INDEX, False
        if (wanted, descending) == (self._order, self._descending):
            return
        self._order, self._descending = wanted, descending
        self._begin_again()
