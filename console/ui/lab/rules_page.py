"""A page of the form: a table of one kind of rules, and the selected one as a card below it."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.card_room import CardRoom
from console.ui.widgets.cell_delegate import CellDelegate
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_table import as_rows
from console.ui.widgets.theme import Theme


class RulesModel(QAbstractTableModel):
    """Rows that follow the summary which the engine makes of the text."""

    HEADS: Sequence[str] = ()
    TIPS: Sequence[str] = ()
    """What a column means, where its head does not say it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    @abstractmethod
    def rows_of(self, summary: PolicySummary) -> tuple[Any, ...]:
        """The rules of this kind."""

    @abstractmethod
    def name_of(self, row: Any) -> str:
        """What the rule is called."""

    @abstractmethod
    def cell(self, row: Any, column: int) -> str:
        """The words of a cell."""

    @abstractmethod
    def tone(self, row: Any, column: int) -> str:
        """The colour token of a cell; empty for the usual one."""

    def show_summary(self, summary: PolicySummary) -> None:
        """Have the rules of ``summary``; rows that stay are changed, not replaced."""
        rows = self.rows_of(summary)
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        if rows == self._rows:
            return
        self._rows = rows
        last = self.index(len(self._rows) - 1, len(self.HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rule(self, row: int) -> Any:
        """The rule of a row; None when there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, name: str) -> int:
        """The row of the rule called ``name``; -1 when there is none."""
        return next((at for at, row in enumerate(self._rows) if self.name_of(row) == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.HEADS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.HEADS[section]
            case Qt.ItemDataRole.ToolTipRole if section < len(self.TIPS) and self.TIPS[section]:
                return tip(self.TIPS[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rule(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.HEADS[index.column()]}: {self.cell(row, index.column())}"
        return self.tone(row, index.column()) if role == Role.TONE else None


class RuleCard(QFrame):
    """One rule as a form.

    Signals:
        edits_wanted: a tuple of Edit.
    """

    edits_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")

    @abstractmethod
    def show_rule(self, summary: PolicySummary, rule: Any) -> None:
        """Show ``rule``."""


class RulesPage(QWidget):
    """``switch``: what the box is called that turns all of them on or off; ``add``: the button.

    Signals:
        edits_wanted: a tuple of Edit.
    """

    edits_wanted = Signal(object)

    def __init__(
        self, model: RulesModel, card: RuleCard, theme: Theme, switch: str, add: str
    ) -> None:
        super().__init__()
        self._summary: PolicySummary | None = None
        self._wanted = ""
        self.enabled_box = QCheckBox(switch)
        self.enabled_box.toggled.connect(self._switch)
        self.add = QPushButton(add)
        self.add.clicked.connect(self._add)
        self.source = PlainLabel(ink="dim", wrap=True)
        self.model = model
        self.card = card
        self.card.edits_wanted.connect(self.edits_wanted)
        self.table = QTableView()
        self.table.setModel(model)
        self.table.setItemDelegate(CellDelegate(theme, self))
        as_rows(self.table)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_card())
        self.room = CardRoom(card)
        self.pages = QStackedWidget()
        self._blank = BlankPage(theme, low=True)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._divided = False
        self._lay_out()

    @abstractmethod
    def begin(self, summary: PolicySummary) -> tuple[str, tuple[Edit, ...]]:
        """The name of a new rule, and what makes it."""

    @abstractmethod
    def switched(self, summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
        """What turns all of them on or off."""

    @abstractmethod
    def state(self, summary: PolicySummary) -> tuple[bool, str]:
        """Whether they count, and what judges by them here."""

    def dress(self, name: str, blank: str, widths: Sequence[tuple[int, int]]) -> None:
        """``name`` for screen readers; ``blank``: what to say when there is no rule."""
        self.table.setAccessibleName(name)
        self._blank.show_blank(Blank("search", blank))
        head = self.table.horizontalHeader()
        for column, width in widths:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(column, width)

    def show_summary(self, summary: PolicySummary) -> None:
        """Show what the engine made of the text."""
        self._summary = summary
        on, source = self.state(summary)
        self.source.show_text(source)
        row = self.table.currentIndex().row()
        self.model.show_summary(summary)
        count = self.model.rowCount()
        self.enabled_box.blockSignals(True)
        self.enabled_box.setChecked(on)
        self.enabled_box.blockSignals(False)
        self.enabled_box.setVisible(count > 0 or not on)
        wanted = self.model.row_of(self._wanted) if self._wanted else -1
        if wanted >= 0:
            self._wanted = ""
            row = wanted
        if count:
            row = min(max(0, row), count - 1)
            if row != self.table.currentIndex().row():
                self.table.selectRow(row)
        self.pages.setCurrentIndex(1 if count else 0)
        self._show_card()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 10)
        top.setSpacing(12)
        top.addWidget(self.source, 1)
        top.addWidget(self.enabled_box)
        top.addWidget(self.add)
        self._split.addWidget(self.table)
        self._split.addWidget(self.room)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setChildrenCollapsible(False)
        self.pages.addWidget(self._blank)
        self.pages.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pages, 1)

    def _show_card(self) -> None:
        rule = self.model.rule(self.table.currentIndex().row())
        self.room.setVisible(rule is not None)
        if self._summary is not None and rule is not None:
            self.card.show_rule(self._summary, rule)

    def _add(self) -> None:
        if self._summary is not None:
            self._wanted, edits = self.begin(self._summary)
            self.edits_wanted.emit(edits)

    def _switch(self, on: bool) -> None:
        if self._summary is not None:
            self.edits_wanted.emit(self.switched(self._summary, on))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._divided and self.model.rowCount():
            self._divided = True
            whole = self._split.height()
            card = min(self.room.sizeHint().height(), whole * 3 // 5)
            self._split.setSizes([whole - card, card])
