"""Lines that the local policy and Stream judged differently: sorted, narrowed, written out."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from console.base.csv_line import csv_line
from console.base.plain_text import visible
from console.domain.verdict import action_rank
from console.protocol.lab_runs import Disagreement
from console.ui.widgets.badge_words import clock
from console.ui.widgets.folding import fold
from console.ui.widgets.marked_text import Stretch, stretches
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.roles import Index

LINE = int(Qt.ItemDataRole.UserRole) + 1
ACTION = int(Qt.ItemDataRole.UserRole) + 2
TONE = int(Qt.ItemDataRole.UserRole) + 3
MARKS = int(Qt.ItemDataRole.UserRole) + 4

STRICTER, MILDER = "stricter", "milder"
CSV_COLUMNS = (
    "utterance_id",
    "at",
    "call",
    "speaker",
    "text",
    "local_action",
    "local_rule",
    "local_why",
    "stream_action",
    "stream_rule",
    "stream_why",
)


class Column(IntEnum):
    """Columns of the model."""

    TIME = 0
    CALL = 1
    WHO = 2
    TEXT = 3
    LOCAL = 4
    LOCAL_RULE = 5
    STREAM = 6
    STREAM_RULE = 7


_HEADS = ("Time", "Call", "Who", "Line", "Here", "Rule here", "Stream", "Stream's reason")
_HELP = {
    Column.LOCAL: "What the policy in this program recommended at once.",
    Column.STREAM: "What Stream's check answered; it decides.",
}


def direction(line: Disagreement) -> str:
    """Whether Stream is stricter or milder than the policy here."""
    return STRICTER if action_rank(line.stream) > action_rank(line.local) else MILDER


def marked(line: Disagreement) -> tuple[str, list[Stretch]]:
    """The text safe to look at on one line, and what the local policy found in it."""
    words, out, done = "", [], 0
    for stretch in stretches(line.matches, len(line.text)):
        words += visible(line.text[done : stretch.start])
        start = len(words)
        words += visible(line.text[stretch.start : stretch.end])
        out.append(Stretch(start, len(words), stretch.tone))
        done = stretch.end
    return words + visible(line.text[done:]), out


def reasons(line: Disagreement) -> str:
    """The whole line, and why each of the two said what it said."""
    here = line.local_why or "No rule matched."
    stream = line.stream_why or "No reason given."
    said = f"{line.speaker}: {line.text}"
    return f"{said}\nHere: {line.local}. {here}\nStream: {line.stream}. {stream}"


def csv_text(lines: Sequence[Disagreement]) -> str:
    """All of ``lines`` as CSV, under CSV_COLUMNS."""
    rows = [
        (
            line.item_id,
            line.at or "",
            line.call,
            line.speaker,
            line.text,
            line.local,
            line.local_rule,
            line.local_why,
            line.stream,
            line.stream_rule,
            line.stream_why,
        )
        for line in lines
    ]
    return "".join(csv_line(row) for row in (CSV_COLUMNS, *rows))


class DisagreementsModel(QAbstractTableModel):
    """Holds what was last read; ``call_name`` gives a call's name for its cid."""

    def __init__(self, call_name: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call_name = call_name
        self._all: tuple[Disagreement, ...] = ()
        self._rows: list[Disagreement] = []
        self._contains = ""
        self._direction = ""
        self._sorted: tuple[Column, bool] | None = None

    @property
    def total(self) -> int:
        """How many were read."""
        return len(self._all)

    @property
    def rows(self) -> tuple[Disagreement, ...]:
        """Those that are shown, in their order."""
        return tuple(self._rows)

    def show_lines(self, lines: Sequence[Disagreement]) -> None:
        """Have these, newest first."""
        self._all = tuple(lines)
        self._order()

    def select(self, *, contains: str | None = None, direction: str | None = None) -> None:
        """Only lines that hold ``contains``, or where Stream is ``stricter`` or ``milder``."""
        self._contains = self._contains if contains is None else fold(contains.strip())
        self._direction = self._direction if direction is None else direction
        self._order()

    def line(self, row: int) -> Disagreement | None:
        """The line of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, item_id: str) -> int:
        """The row of a line, or -1."""
        ids = (at for at, line in enumerate(self._rows) if line.item_id == item_id)
        return next(ids, -1)

    def _order(self) -> None:
        self.beginResetModel()
        self._rows = [line for line in self._all if self._passes(line)]
        if self._sorted is not None:
            column, descending = self._sorted
            self._rows.sort(key=lambda line: self._key(line, column), reverse=descending)
        self.endResetModel()

    def _passes(self, line: Disagreement) -> bool:
        if self._direction and direction(line) != self._direction:
            return False
        if not self._contains:
            return True
        parts = (line.text, line.speaker, self._call_name(line.call), line.local_rule)
        return any(self._contains in fold(part) for part in (*parts, line.stream_rule))

    def _key(self, line: Disagreement, column: Column) -> Any:
        match column:
            case Column.TIME:
                return line.at
            case Column.LOCAL:
                return action_rank(line.local)
            case Column.STREAM:
                return action_rank(line.stream)
            case _:
                return self._cell(line, column).casefold()

    def _cell(self, line: Disagreement, column: Column) -> str:
        match column:
            case Column.TIME:
                return clock(line.at)
            case Column.CALL:
                return visible(self._call_name(line.call))
            case Column.WHO:
                return visible(line.speaker)
            case Column.TEXT:
                return marked(line)[0]
            case Column.LOCAL:
                return visible(line.local)
            case Column.LOCAL_RULE:
                return visible(line.local_rule) or "no rule"
            case Column.STREAM:
                return visible(line.stream)
            case Column.STREAM_RULE:
                return visible(line.stream_rule or line.stream_why) or "no reason given"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return _HELP.get(Column(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(reasons(line))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_HEADS[column]}: {self._cell(line, column)}"
        if role == LINE:
            return line
        if role == ACTION:
            return {Column.LOCAL: line.local, Column.STREAM: line.stream}.get(column)
        if role == MARKS:
            return marked(line)[1] if column is Column.TEXT else None
        if role == TONE:
            return "" if column is Column.WHO else "text_dim"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        known = 0 <= column < len(Column)
        self._sorted = (Column(column), order is Qt.SortOrder.DescendingOrder) if known else None
        self._order()
