"""Tables whose columns are data: what a cell says, how it looks and what its column sorts by."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from console.ui.widgets.folding import fold
from console.ui.widgets.marked_text import Stretch
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.roles import Index, Role

Row = TypeVar("Row")

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Column(Struct, Generic[Row], frozen=True):
    """One column of a table.

    Attributes:
        title: what its header says.
        text: the words of a cell, safe to look at.
        width: in pixels; 0 takes what the other columns leave.
        tone: the colour token of a cell, or of all cells; empty for the usual one.
        action: the action whose badge a cell shows instead of its words; empty for none.
        marks: the stretches of the words to mark.
        key: what the header sorts by; None from it comes last. Without it the words are sorted by.
        number: cells are aligned to the right.
        tip: what the column means, where its title does not say it.
        room: the column is hidden while the table is narrower than this, in pixels.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 0
    tone: Callable[[Row], str] | str = ""
    action: Callable[[Row], str] | None = None
    marks: Callable[[Row], Sequence[Stretch]] | None = None
    key: Callable[[Row], Any] | None = None
    number: bool = False
    tip: str = ""
    room: int = 0

    def order(self, row: Row) -> tuple[bool, Any]:
        """The place of ``row`` when the table is sorted by this column."""
        key = self.key(row) if self.key is not None else fold(self.text(row))
        return key is None, key


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows in the order in which they were given until a column is sorted by.

    ``row_tip`` gives the tooltip of a row's cells as plain text.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        parent: QObject | None = None,
        *,
        row_tip: Callable[[Row], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._row_tip = row_tip
        self._all: tuple[Row, ...] = ()
        self._rows: list[Row] = []
        self._passes: Callable[[Row], bool] | None = None
        self._sorted: tuple[Column[Row], bool] | None = None

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns from left to right."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that pass the filter, in their order on the screen."""
        return tuple(self._rows)

    @property
    def total(self) -> int:
        """How many rows there are before the filter."""
        return len(self._all)

    def row(self, number: int) -> Row | None:
        """The row at a place; None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def find(self, wanted: Callable[[Row], bool]) -> int:
        """The place of the first row that is wanted, or -1."""
        return next((at for at, row in enumerate(self._rows) if wanted(row)), -1)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows."""
        self._all = tuple(rows)
        self._reset(self._arranged())

    def change_rows(self, rows: Iterable[Row]) -> None:
        """Replace the rows; as many as before are changed in place, so that the choice stays."""
        before, self._all = self._rows, tuple(rows)
        arranged = self._arranged()
        if len(arranged) != len(before):
            self._reset(arranged)
        elif arranged != before:
            self._rows = arranged
            last = self.index(len(arranged) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Replace the columns; the rows go and nothing is sorted by."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._all, self._rows, self._sorted = (), [], None
        self.endResetModel()

    def narrow(self, passes: Callable[[Row], bool] | None = None) -> None:
        """Show only rows that pass; None shows all."""
        self._passes = passes
        self._reset(self._arranged())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        known = 0 <= column < len(self._columns)
        descending = order is Qt.SortOrder.DescendingOrder
        self._sorted = (self._columns[column], descending) if known else None
        self._reset(self._arranged())

    def _arranged(self) -> list[Row]:
        rows = [row for row in self._all if self._passes is None or self._passes(row)]
        if self._sorted is not None:
            column, descending = self._sorted
            rows.sort(key=column.order, reverse=descending)
        return rows

    def _reset(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.number else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.tip) or None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.text(row)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.number else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._row_tip(row)) if self._row_tip is not None else None
            case Role.TONE:
                return column.tone if isinstance(column.tone, str) else column.tone(row)
            case Role.ACTION:
                return column.action(row) if column.action is not None else None
            case Role.MARKS:
                return column.marks(row) if column.marks is not None else None
        return None
