"""A small table of words and numbers that were counted once: rules, changes, quality."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from console.domain.verdict import action_rank
from console.ui.widgets.cell_delegate import ROW, CellDelegate
from console.ui.widgets.roles import Index
from console.ui.widgets.row_table import as_rows
from console.ui.widgets.theme import Theme

_TONE = int(Qt.ItemDataRole.UserRole) + 1
_ACTION = int(Qt.ItemDataRole.UserRole) + 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Fact(Struct, frozen=True):
    """One cell: its words, its colour token, or the action whose badge it shows."""

    words: str
    tone: str = ""
    action: str = ""


class Head(Struct, frozen=True):
    """One column; width 0 takes what is left."""

    words: str
    width: int = 0
    number: bool = False
    help: str = ""


def sort_key(fact: Fact) -> tuple[int, float, str]:
    """Numbers by what they count, actions by their strength, words by their letters."""
    if fact.action:
        return 0, action_rank(fact.action), ""
    digits = fact.words.replace(",", "").replace("−", "-").strip("%×+< ")
    try:
        return 0, float(digits), ""
    except ValueError:
        return 1, 0.0, fact.words.casefold()


class ResultTableModel(QAbstractTableModel):
    """Rows of facts, each with the key that choosing it gives; in their own order until sorted."""

    def __init__(self, heads: Sequence[Head], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: list[tuple[str, tuple[Fact, ...]]] = []
        self._given: list[tuple[str, tuple[Fact, ...]]] = []
        self._sorted: tuple[int, bool] | None = None

    def show_rows(self, rows: Sequence[tuple[str, tuple[Fact, ...]]]) -> None:
        """Have these rows: pairs of a key and its cells."""
        self._given = list(rows)
        self._order()

    def show_heads(self, heads: Sequence[Head]) -> None:
        """Other columns; the rows go."""
        self.beginResetModel()
        self._heads = tuple(heads)
        self._rows, self._given = [], []
        self._sorted = None
        self.endResetModel()

    def key(self, row: int) -> str:
        """The key of a row."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    @property
    def heads(self) -> tuple[Head, ...]:
        """The columns."""
        return self._heads

    def _order(self) -> None:
        self.beginResetModel()
        self._rows = list(self._given)
        if self._sorted is not None:
            column, descending = self._sorted
            self._rows.sort(key=lambda row: sort_key(row[1][column]), reverse=descending)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._heads):
            head = self._heads[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return head.words
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if head.number else _LEFT
            if role == Qt.ItemDataRole.ToolTipRole:
                return head.help
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        fact = self._rows[index.row()][1][index.column()]
        head = self._heads[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return fact.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{head.words}: {fact.words}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if head.number else _LEFT
        if role == _TONE:
            return fact.tone
        return fact.action if role == _ACTION else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        known = 0 <= column < len(self._heads)
        self._sorted = (column, order is Qt.SortOrder.DescendingOrder) if known else None
        self._order()


class ResultTable(QTableView):
    """Shows a ResultTableModel.

    Signals:
        chosen: the key of a row.
    """

    chosen = Signal(str)

    def __init__(
        self, heads: Sequence[Head], name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.facts = ResultTableModel(heads, self)
        self.setModel(self.facts)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(theme, self, action=_ACTION, tone=_TONE))
        self.setMouseTracking(True)
        as_rows(self, ROW)
        self.activated.connect(lambda index: self.chosen.emit(self.facts.key(index.row())))
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._fit()

    def show_rows(
        self, rows: Sequence[tuple[str, tuple[Fact, ...]]], heads: Sequence[Head] | None = None
    ) -> None:
        """Show these, under other columns when there are ``heads``."""
        if heads is not None and tuple(heads) != self.facts.heads:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.facts.show_heads(heads)
            self._fit()
        self.facts.show_rows(rows)

    def _fit(self) -> None:
        header = self.horizontalHeader()
        for at, head in enumerate(self.facts.heads):
            if head.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, head.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
