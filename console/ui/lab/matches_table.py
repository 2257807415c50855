"""Every rule that matched a text, and the words it matched."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.verdict import Match, Severity
from console.ui.lab.lists_model import SEVERITY_TONES
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.cell_delegate import ROW, CellDelegate
from console.ui.widgets.column_widths import ColumnRoom
from console.ui.widgets.roles import Index
from console.ui.widgets.row_table import as_rows
from console.ui.widgets.theme import Theme

_ACTION = int(Qt.ItemDataRole.UserRole) + 1
_TONE = int(Qt.ItemDataRole.UserRole) + 2
_KINDS = {
    "semantic_lexical": "like a phrase (by words, no model)",
    "semantic_embedding": "like a phrase (local model)",
    "ai_text_local": "local classifier",
    "ai_image_local": "local classifier",
    "word": "word",
    "regex": "pattern",
}


class Column(IntEnum):
    """What a cell tells."""

    WORDS = 0
    ACTION = 1
    RULE = 2
    LABEL = 3
    SEVERITY = 4
    KIND = 5


HEADS = ("Matched", "Action", "Rule", "Label", "Severity", "Kind")


class MatchesModel(QAbstractTableModel):
    """One row a match, in the order of the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._matches: tuple[Match, ...] = ()

    def show_matches(self, text: str, matches: tuple[Match, ...]) -> None:
        """Have these."""
        if text == self._text and matches == self._matches:
            return
        self.beginResetModel()
        self._text, self._matches = text, matches
        self.endResetModel()

    def match_at(self, row: int) -> Match | None:
        """The match of a row."""
        return self._matches[row] if 0 <= row < len(self._matches) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._matches)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match = self.match_at(index.row()) if index.isValid() else None
        if match is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(match, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[column]}: {self._cell(match, column)}"
        if role == _ACTION:
            return match.action if column is Column.ACTION else None
        if role == _TONE:
            if column is Column.SEVERITY:
                return SEVERITY_TONES[match.severity]
            return "" if column in (Column.WORDS, Column.RULE) else "text_dim"
        return None

    def _cell(self, match: Match, column: Column) -> str:
        match column:
            case Column.WORDS:
                words = self._text[match.start : match.end]
                whole = "the image" if match.kind.startswith("ai_image") else "the whole text"
                return visible(words) or whole
            case Column.ACTION:
                return visible(match.action)
            case Column.RULE:
                return visible(match.rule)
            case Column.LABEL:
                return visible(match.label)
            case Column.SEVERITY:
                return "" if match.severity is Severity.NONE else match.severity.value
            case Column.KIND:
                return _KINDS.get(match.kind, visible(match.kind).replace("_", " "))


class MatchesTable(QStackedWidget):
    """The table, or that nothing matched.

    Signals:
        chosen: start and end of a match, in code points.
    """

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MatchesModel(self)
        self.table = QTableView()
        self.table.setObjectName("matches")
        self.table.setAccessibleName("Rules that matched")
        self.table.setModel(self.model)
        self.table.setProperty("framed", "true")
        self.table.setItemDelegate(CellDelegate(theme, self, action=_ACTION, tone=_TONE))
        as_rows(self.table, ROW)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
        for column, width in zip(list(Column)[1:], (104, 164, 156, 80, 116), strict=True):
            self.table.setColumnWidth(column, width)
        self._room = ColumnRoom(self.table, {Column.KIND: 640, Column.SEVERITY: 560})
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.blank = BlankPage(theme, low=True)
        self.addWidget(self.blank)
        self.addWidget(self.table)

    def show_matches(self, text: str, matches: tuple[Match, ...]) -> None:
        """Show these; without any, say so."""
        self.model.show_matches(text, matches)
        if text:
            self.blank.show_blank(Blank("check", "No rule matched.", token="good"))
        else:
            self.blank.show_blank(Blank("search", "Every rule that matches is listed here."))
        self.setCurrentWidget(self.table if matches else self.blank)

    def _on_row(self, current: Index) -> None:
        match = self.model.match_at(current.row())
        if match is not None and match.end > match.start:
            self.chosen.emit(match.start, match.end)
