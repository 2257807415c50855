"""The rules of a policy about harms: one row a label, one column a severity."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from console.base.plain_text import visible
from console.protocol.lab import HarmSummary, PolicySummary
from console.ui.lab.marked_text import tone_of
from console.ui.models.roles import Index
from console.ui.plain import tip

TONE = int(Qt.ItemDataRole.UserRole) + 2
"""A colour token for the words of a cell; empty for the usual one."""


class Column(IntEnum):
    """What a cell tells."""

    LABEL = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4
    HERE = 5


HEADS = ("Label", "Low", "Medium", "High", "Critical", "Here")
SEVERITIES = ("low", "medium", "high", "critical")


class HarmsModel(QAbstractTableModel):
    """Follows the summary that the engine makes of the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._harms: tuple[HarmSummary, ...] = ()

    def show_summary(self, summary: PolicySummary) -> None:
        """Have the rules of ``summary``; rows that stay are changed, not replaced."""
        if len(summary.harms) != len(self._harms):
            self.beginResetModel()
            self._harms = summary.harms
            self.endResetModel()
            return
        if summary.harms == self._harms:
            return
        self._harms = summary.harms
        last = self.index(len(self._harms) - 1, len(HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def harm(self, row: int) -> HarmSummary | None:
        """The rule of a row."""
        return self._harms[row] if 0 <= row < len(self._harms) else None

    def row_of(self, label: str) -> int:
        """The row of the rule about ``label``; -1 when there is none."""
        return next((at for at, each in enumerate(self._harms) if each.label == label), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._harms)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADS[section]
            if role == Qt.ItemDataRole.ToolTipRole and section == Column.HERE:
                return tip("Whether the local classifier knows the label.")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        harm = self.harm(index.row()) if index.isValid() else None
        if harm is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(harm, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{HEADS[column]}: {_cell(harm, column)}"
        return _tone(harm, column) if role == TONE else None


def _cell(harm: HarmSummary, column: Column) -> str:
    match column:
        case Column.LABEL:
            return visible(harm.label)
        case Column.HERE:
            return "yes" if harm.known else "no"
        case _:
            return visible(harm.acts[column - Column.LOW]).replace("_", " + ") or "nothing"


def _tone(harm: HarmSummary, column: Column) -> str:
    match column:
        case Column.LABEL:
            return ""
        case Column.HERE:
            return "good" if harm.known else "text_faint"
    action = harm.acts[column - Column.LOW]
    if not action:
        return "text_faint"
    # What another severity or the rule as a whole says shows as said elsewhere.
    named = SEVERITIES[column - Column.LOW] in harm.by_severity
    return tone_of(action) if named or not harm.by_severity else "text_dim"
