"""Entries of lists: which matched how many lines, which none. Sorted and narrowed here."""

import tomllib
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from console.base.plain_text import visible
from console.base.toml_map import Span, TomlMap
from console.protocol.lab_results import PolicyResult
from console.ui.lab.totals_bar import percent
from console.ui.widgets.folding import fold
from console.ui.widgets.roles import Index, Role

OFTEN = 0.05
"""An entry that matches at least this share of the lines, and more than one, does so too often,
unless its author wants another share."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Show(StrEnum):
    """Which entries."""

    ALL = "all"
    OFTEN = "often"
    NEVER = "never"


class Column(IntEnum):
    """What a cell tells."""

    ENTRY = 0
    RULE = 1
    LINES = 2
    SHARE = 3
    NOTE = 4


_HEADS = ("Entry", "List", "Lines", "Share", "")


class EntryRow(Struct, frozen=True):
    """One entry of the list called ``rule``."""

    rule: str
    entry: str
    lines: int
    share: float

    def often(self, share: float = OFTEN) -> bool:
        """Whether it matches more than a word should: at least ``share`` of the lines."""
        return self.lines > 1 and self.share >= share


def entry_rows(result: PolicyResult) -> list[EntryRow]:
    """What matches most first, then what never does, list by list."""
    rows = [EntryRow(each.rule, each.entry, each.lines, each.share) for each in result.entries]
    return rows + [
        EntryRow(each.rule, word, 0, 0.0) for each in result.silent for word in each.first
    ]


def silent_words(result: PolicyResult) -> str:
    """How much never matched, in one sentence; empty when everything did."""
    never = sum(each.count for each in result.silent)
    if not never:
        return ""
    lists = len(result.silent)
    where = f"the list {visible(result.silent[0].rule)}" if lists == 1 else f"{lists} lists"
    named = sum(len(each.first) for each in result.silent)
    rest = f"; {named:,} of them are named here" if named < never else ""
    return f"{never:,} entries of {where} matched no line{rest}."


def place_of(text: str, rule: str, entry: str) -> Span | None:
    """Where ``entry`` of the list called ``rule`` stands in a policy; None when it does not."""
    try:
        lists = tomllib.loads(text).get("blocklists", [])
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    for at, each in enumerate(lists if isinstance(lists, list) else []):
        if not isinstance(each, dict) or each.get("name") != rule:
            continue
        words = each.get("words", [])
        if isinstance(words, list) and entry in words:
            return TomlMap(text).values.get(("blocklists", at, "words", words.index(entry)))
    return None


class EntriesModel(QAbstractTableModel):
    """All rows are here; the engine bounds them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[EntryRow] = []
        self._rows: list[EntryRow] = []
        self._contains = ""
        self._rule = ""
        self._show = Show.ALL
        self._often = OFTEN
        self._sorted: tuple[Column, bool] | None = None

    @property
    def total(self) -> int:
        """Rows before anything is narrowed."""
        return len(self._all)

    def show_rows(self, rows: Iterable[EntryRow]) -> None:
        """Have these."""
        self._all = list(rows)
        self._order()

    def select(
        self,
        *,
        contains: str | None = None,
        rule: str | None = None,
        show: Show | None = None,
        often: float | None = None,
    ) -> None:
        """Only entries that hold ``contains``, of the list ``rule``, that match so or so.

        ``often``: the share of the lines from which on an entry matches too often.
        """
        self._often = self._often if often is None else often
        self._contains = self._contains if contains is None else fold(contains.strip())
        self._rule = self._rule if rule is None else rule
        self._show = self._show if show is None else show
        self._order()

    def row(self, number: int) -> EntryRow | None:
        """The entry of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _order(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._passes(row)]
        if self._sorted is not None:
            column, descending = self._sorted
            self._rows.sort(key=lambda row: self._key(row, column), reverse=descending)
        self.endResetModel()

    def _passes(self, row: EntryRow) -> bool:
        if self._rule and row.rule != self._rule:
            return False
        if self._show is Show.OFTEN and not row.often(self._often):
            return False
        if self._show is Show.NEVER and row.lines:
            return False
        return not self._contains or self._contains in fold(row.entry)

    def _key(self, row: EntryRow, column: Column) -> Any:
        match column:
            case Column.ENTRY:
                return fold(row.entry)
            case Column.RULE:
                return fold(row.rule)
            case Column.NOTE:
                return (row.often(self._often), row.lines == 0)
            case _:
                return row.lines

    def _cell(self, row: EntryRow, column: Column) -> str:
        match column:
            case Column.ENTRY:
                return visible(row.entry)
            case Column.RULE:
                return visible(row.rule)
            case Column.LINES:
                return f"{row.lines:,}"
            case Column.SHARE:
                return percent(row.share) if row.lines else ""
            case Column.NOTE:
                if row.often(self._often):
                    return "matches too often"
                return "" if row.lines else "never matched"

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
            return _side(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_HEADS[column]}: {self._cell(row, column)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column)
        if role != Role.TONE:
            return None
        if column is Column.NOTE:
            return "warn" if row.often(self._often) else "text_faint"
        return "" if column is Column.ENTRY and row.lines else "text_dim"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        known = 0 <= column < len(Column)
        descending = order is Qt.SortOrder.DescendingOrder
        self._sorted = (Column(column), descending) if known else None
        self._order()


def _side(column: Column) -> int:
    return _RIGHT if column in (Column.LINES, Column.SHARE) else _LEFT
