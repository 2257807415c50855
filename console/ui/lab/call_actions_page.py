"""What the call rules of a policy would have done in the calls of a run, and on whom."""

from PySide6.QtCore import Qt, Signal

from console.domain.results import CallAction
from console.protocol.lab_results import PolicyResult
from console.ui.lab.number_tiles import NumberTiles
from console.ui.lab.result_columns import CALL_ACTIONS
from console.ui.lab.result_words import beside_numbers, call_rule_words
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme

_NO_RULES = Blank(
    "all",
    "This policy has no call rules.",
    "They stand in video_call_rule_config, and need lines with a speaker and a time.",
)
_NOTHING = Blank("check", "The call rules would have done nothing.", token="good")


class CallActionsPage(Surface):
    """With two policies it shows one of them at a time.

    Signals:
        line_wanted: the row of the line that completed the violation that was chosen.
    """

    line_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._a: PolicyResult | None = None
        self._b: PolicyResult | None = None
        self.which = Segments((("b", "Now"), ("a", "Before")), "Call rules of the policy")
        self.which.chosen.connect(lambda _key: self._show())
        self.summary = PlainLabel(ink="dim", wrap=True)
        self.beside = NumberTiles()
        self.table = RowTable(
            TableModel(CALL_ACTIONS), "What call rules would have done", theme, sortable=True
        )
        self.table.chosen.connect(self._choose)
        self.blank = BlankPage(theme, low=True)
        self._stack = stacked(self.table, self.blank)
        in_column(
            in_column(
                (self.which, 0, Qt.AlignmentFlag.AlignLeft),
                self.beside,
                self.summary,
                margins=(16, 8, 16, 8),
                spacing=8,
            ),
            (self._stack, 1),
            owner=self,
        )

    def show_results(self, a: PolicyResult, b: PolicyResult | None) -> None:
        """Show what one policy, or each of two, would have done."""
        self._a, self._b = a, b
        self.which.setVisible(b is not None)
        self._show()

    def _show(self) -> None:
        result = self._b if self._b is not None and self.which.key() == "b" else self._a
        found = result.call_actions if result is not None else None
        self.summary.setVisible(found is not None)
        beside = found.beside if found is not None else None
        self.beside.setVisible(beside is not None)
        if beside is not None:
            self.beside.show_numbers(beside_numbers(beside))
        listed = found.listed if found is not None else ()
        if found is not None:
            self.summary.show_text(call_rule_words(found))
        self.table.rows.show_rows(listed)
        self.blank.show_blank(_NO_RULES if found is None else _NOTHING)
        self._stack.setCurrentWidget(self.table if listed else self.blank)

    def _choose(self, found: CallAction) -> None:
        if found.rows:
            self.line_wanted.emit(found.rows[-1])
