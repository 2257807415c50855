"""The entries of a policy's lists, and which of them match too often or never."""

from PySide6.QtCore import Signal

from console.protocol.lab_results import EntryCount, PolicyResult
from console.ui.lab.choice import Choice
from console.ui.lab.entries import OFTEN, Show, columns, entry_rows, passes, silent_words
from console.ui.lab.number_box import NumberBox
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme

_BLANKS = {
    Show.ALL: Blank("search", "No entry fits.", "Empty the field, or choose any list."),
    Show.OFTEN: Blank("check", "No entry matches too often.", token="good"),
    Show.NEVER: Blank("check", "Every entry matched some line.", token="good"),
}


class EntriesPage(Surface):
    """Enter, or a double click, goes to the entry in the policy.

    Signals:
        entry_wanted: list and entry to show in the policy.
    """

    entry_wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model: TableModel[EntryCount] = TableModel(columns(self.often), self)
        self.search = SearchField("Find an entry", "Only entries that hold")
        self.search.settled.connect(self._narrow)
        self.rule = Choice((), "Only entries of the list", empty="any list")
        self.rule.picked.connect(lambda _value: self._narrow())
        choices = ((Show.ALL, "All"), (Show.OFTEN, "Too often"), (Show.NEVER, "Never"))
        self.show_only = Segments(choices, "Entries that match")
        self.show_only.chosen.connect(lambda _key: self._narrow())
        self.note = PlainLabel(ink="dim", wrap=True)
        self.often_from = NumberBox("Share of the lines that is too often", 100.0, 1.0, 1)
        self.often_from.setSuffix(" %")
        self.often_from.show_value(OFTEN * 100)
        self.often_from.setFixedWidth(72)
        self.often_from.setToolTip(tip("Rules are counted by it from the next run on."))
        self.often_from.picked.connect(lambda _value: self._narrow())
        name = "Entries and how many lines they matched"
        self.table = RowTable(self.model, name, theme, sortable=True)
        self.table.setObjectName("run-entries")
        self.search.left.connect(self.table.setFocus)
        self.table.chosen.connect(lambda row: self.entry_wanted.emit(row.rule, row.entry))
        self.blank = BlankPage(theme, low=True)
        self._stack = stacked(self.table, self.blank)
        self.model.modelReset.connect(self._show)
        self._lay_out()
        self._show()

    def often(self) -> float:
        """The share of the lines from which on something matches too often, 0.0 to 1.0."""
        return round(self.often_from.value() / 100, 4)

    def show_result(self, result: PolicyResult) -> None:
        """The entries of one policy."""
        rows = entry_rows(result)
        self.rule.refill((row.rule, row.rule) for row in rows)
        self.rule.show_value("")
        self.show_only.choose(Show.ALL)
        self.search.empty()
        self.note.show_text(silent_words(result))
        self.model.show_rows(rows)
        self._narrow()

    def _narrow(self) -> None:
        show = Show(self.show_only.key())
        self.model.narrow(passes(show, self.rule.value(), self.search.text(), self.often()))

    def _show(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.table)
            return
        narrowed = bool(self.search.text() or self.rule.value())
        blank = _BLANKS[Show.ALL if narrowed else Show(self.show_only.key())]
        if not self.model.total:
            blank = Blank("all", "The rules of this policy use no lists.")
        self.blank.show_blank(blank)
        self._stack.setCurrentWidget(self.blank)

    def _lay_out(self) -> None:
        label = PlainLabel("too often from", ink="dim")
        label.setBuddy(self.often_from)
        in_column(
            in_row((self.search, 1), self.rule, self.show_only, margins=(16, 8, 16, 8)),
            in_row((self.note, 1), label, self.often_from, margins=(16, 0, 16, 8)),
            (self._stack, 1),
            owner=self,
        )
