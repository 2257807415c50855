"""Harms with an action for each severity: the page of the form about ``ai_text_config``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.protocol.lab import PolicySummary
from console.ui.lab import harm_edits
from console.ui.lab.card_room import CardRoom
from console.ui.lab.cell_delegate import ROW, CellDelegate
from console.ui.lab.harm_card import HarmCard
from console.ui.lab.harms_model import TONE, Column, HarmsModel
from console.ui.plain import PlainLabel
from console.ui.theme import Theme
from console.ui.views.blank_page import Blank, BlankPage

_NOTHING = Blank(
    "search",
    "No rule about harms yet. A rule says what happens to insults, hate speech, scams, "
    "whatever the words are.",
)


class HarmsPage(QWidget):
    """Table of the rules, and the one that is selected as a form.

    Signals:
        edits_wanted: a tuple of Edit.
    """

    edits_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: PolicySummary | None = None
        self._wanted = ""
        self.enabled_box = QCheckBox("Harms count")
        self.enabled_box.toggled.connect(self._switch)
        self.add = QPushButton("Add rule")
        self.add.clicked.connect(self._add)
        self.source = PlainLabel(ink="dim", wrap=True)
        self.model = HarmsModel(self)
        self.table = QTableView()
        self.table.setObjectName("policy-harms")
        self.table.setAccessibleName("Rules about harms")
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(theme, self, tone=TONE))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in ((Column.LABEL, 128), (Column.HERE, 52)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(column, width)
        self.card = HarmCard()
        self.card.edits_wanted.connect(self.edits_wanted)
        self._room = CardRoom(self.card)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_card())
        self._rules = QSplitter(Qt.Orientation.Vertical)
        self._pages = QStackedWidget()
        self._lay_out(BlankPage(theme, low=True))

    def show_summary(self, summary: PolicySummary) -> None:
        """Show what the engine made of the text."""
        self._summary = summary
        self.enabled_box.blockSignals(True)
        self.enabled_box.setChecked(summary.harms_enabled)
        self.enabled_box.blockSignals(False)
        self.enabled_box.setVisible(bool(summary.harms) or not summary.harms_enabled)
        self.source.show_text(summary.harms_source)
        row = self.table.currentIndex().row()
        self.model.show_summary(summary)
        wanted = self.model.row_of(self._wanted) if self._wanted else -1
        if wanted >= 0:
            self._wanted = ""
            row = wanted
        if self.model.rowCount():
            row = min(max(0, row), self.model.rowCount() - 1)
            if row != self.table.currentIndex().row():
                self.table.selectRow(row)
        self._pages.setCurrentIndex(1 if self.model.rowCount() else 0)
        self._show_card()

    def _lay_out(self, blank: BlankPage) -> None:
        blank.show_blank(_NOTHING)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 10)
        top.setSpacing(12)
        top.addWidget(self.source, 1)
        top.addWidget(self.enabled_box)
        top.addWidget(self.add)
        self._rules.addWidget(self.table)
        self._rules.addWidget(self._room)
        self._rules.setStretchFactor(0, 3)
        self._rules.setStretchFactor(1, 2)
        self._rules.setChildrenCollapsible(False)
        self._pages.addWidget(blank)
        self._pages.addWidget(self._rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)

    def _show_card(self) -> None:
        if self._summary is not None:
            harm = self.model.harm(self.table.currentIndex().row())
            self._room.setVisible(harm is not None)
            self.card.show_harm(self._summary, harm)

    def _add(self) -> None:
        if self._summary is not None:
            self._wanted = harm_edits.free_label(self._summary)
            self.edits_wanted.emit(harm_edits.new_rule(self._summary, self._wanted))

    def _switch(self, on: bool) -> None:
        if self._summary is not None:
            self.edits_wanted.emit(harm_edits.switched(self._summary, on))
