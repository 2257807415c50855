"""The lists of a policy with the rule about each: one row a list."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from console.base.plain_text import visible
from console.domain.verdict import Severity
from console.protocol.lab_summary import ListSummary, PolicySummary
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.roles import Index

LISTED = int(Qt.ItemDataRole.UserRole) + 1
TONE = int(Qt.ItemDataRole.UserRole) + 2
"""A colour token for the words of a cell; empty for the usual one."""


class Column(IntEnum):
    """What a cell tells."""

    NAME = 0
    ACTION = 1
    SEVERITY = 2
    LABEL = 3
    TYPE = 4
    ENTRIES = 5


HEADS = ("List", "Action", "Severity", "Label", "Type", "Entries")
SEVERITY_TONES = {
    Severity.CRITICAL: "bad",
    Severity.HIGH: "bad",
    Severity.MEDIUM: "warn",
    Severity.LOW: "text_dim",
    Severity.NONE: "text_faint",
}


class ListsModel(QAbstractTableModel):
    """Follows the summary that the engine makes of the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists: tuple[ListSummary, ...] = ()

    def show_summary(self, summary: PolicySummary) -> None:
        """Have the lists of ``summary``; rows that stay are changed, not replaced."""
        if len(summary.lists) != len(self._lists):
            self.beginResetModel()
            self._lists = summary.lists
            self.endResetModel()
            return
        if summary.lists == self._lists:
            return
        self._lists = summary.lists
        last = self.index(len(self._lists) - 1, len(HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def listed(self, row: int) -> ListSummary | None:
        """The list of a row."""
        return self._lists[row] if 0 <= row < len(self._lists) else None

    def row_of(self, name: str) -> int:
        """The row of the list called ``name``; -1 when there is none."""
        return next((at for at, each in enumerate(self._lists) if each.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._lists)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                right = section == Column.ENTRIES
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        listed = self.listed(index.row()) if index.isValid() else None
        if listed is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(listed, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{HEADS[column]}: {_cell(listed, column)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                right = column is Column.ENTRIES
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == LISTED:
            return listed
        if role == TONE:
            return _tone(listed, column)
        return None


def _cell(listed: ListSummary, column: Column) -> str:
    match column:
        case Column.NAME:
            return visible(listed.name)
        case Column.ACTION:
            return visible(listed.action).replace("_", " + ") or "not used"
        case Column.SEVERITY:
            return "" if listed.severity is Severity.NONE else listed.severity.value
        case Column.LABEL:
            return visible(listed.label)
        case Column.TYPE:
            return visible(listed.type).replace("_", " ")
        case Column.ENTRIES:
            return f"{listed.count:,}"


def _tone(listed: ListSummary, column: Column) -> str:
    if column is Column.SEVERITY:
        return SEVERITY_TONES[listed.severity]
    if column is Column.ACTION:
        return tone_of(listed.action) if listed.action else "text_faint"
    return "text_dim" if column in (Column.TYPE, Column.LABEL) else ""
