"""What came out of a run: totals, lines, changes, rules, quality, cost."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from console.protocol.lab_results import Comparison, FlipStep, PolicyResult, RunFinished
from console.protocol.lab_runs import ExportFormat, Flip
from console.ui.lab.call_actions_page import CallActionsPage
from console.ui.lab.cost_page import CostPage
from console.ui.lab.entries_page import EntriesPage
from console.ui.lab.lines_page import LinesPage
from console.ui.lab.number_tiles import NumberTiles
from console.ui.lab.quality_page import QualityPage
from console.ui.lab.result_columns import RULES as RULE_COLUMNS
from console.ui.lab.result_columns import RULES_OF_TWO, STEPS, rule_rows
from console.ui.lab.result_words import KINDS, counterfactual_numbers
from console.ui.lab.rows_columns import LABELLED, RunColumn
from console.ui.lab.totals_bar import (
    Chip,
    CountChips,
    ShareBar,
    action_chips,
    label_chips,
    parts_of,
)
from console.ui.state.engine_link import EngineLink
from console.ui.widgets.controls import push_button
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme

LINES, CHANGES, RULES, QUALITY, COST = "lines", "changes", "rules", "quality", "cost"
ENTRIES, CALLS = "entries", "calls"
_FORMATS = {
    "Report for a browser (*.html)": ExportFormat.HTML,
    "CSV (*.csv)": ExportFormat.CSV,
    "JSON lines (*.jsonl)": ExportFormat.JSON_LINES,
}
_FLIPPED = (Flip.STRICTER, Flip.MILDER)


def export_format(path: str, chosen: str) -> tuple[str, ExportFormat]:
    """Where to write and what: the file's ending decides, else what was chosen."""
    endings = {f".{form.value}": form for form in ExportFormat}
    endings[".ndjson"] = ExportFormat.JSON_LINES
    suffix = Path(path).suffix.lower()
    if suffix in endings:
        return path, endings[suffix]
    form = _FORMATS.get(chosen, ExportFormat.CSV)
    return f"{path}.{form.value}", form


class RunResults(Surface):
    """``two``: a policy is compared with another one. ``labelled``: lines may have true labels.

    Signals:
        export_wanted: path and ExportFormat.
        entry_wanted: list and entry to show in the policy.
    """

    export_wanted = Signal(str, object)
    entry_wanted = Signal(str, str)

    def __init__(
        self,
        link: EngineLink,
        columns: tuple[RunColumn, ...],
        theme: Theme,
        *,
        two: bool = False,
        labelled: bool = True,
    ) -> None:
        super().__init__()
        self.bar, self.before, self.now = ShareBar(theme), ShareBar(theme), ShareBar(theme)
        self.tiles = NumberTiles()
        self.chips = CountChips("Only lines", theme)
        self.labels = CountChips("Only lines with the label", theme)
        self.lines = LinesPage(link, columns, theme)
        self.changes = RowTable(
            TableModel(STEPS), "Which action became which", theme, sortable=True
        )
        self.rules = RowTable(
            TableModel(RULE_COLUMNS), "Rules and how often they matched", theme, sortable=True
        )
        self.quality = QualityPage(theme)
        self.cost = CostPage()
        self.entries = EntriesPage(theme)
        self.entries.entry_wanted.connect(self.entry_wanted)
        self.calls = CallActionsPage(theme)
        pages: list[tuple[str, str, QWidget]] = [
            (LINES, "Lines", self.lines),
            (CHANGES, "Changes", self.changes),
            (RULES, "Rules", self.rules),
            (ENTRIES, "Entries", self.entries),
            (CALLS, "Call rules", self.calls),
            (QUALITY, "Quality", self.quality),
            (COST, "Cost", self.cost),
        ]
        self._pages = {key: page for key, _words, page in pages}
        self.views = Segments([(key, words) for key, words, _page in pages], "Show of the results")
        if not two:
            self.views.leave_out(CHANGES)
        if not labelled:
            self.views.leave_out(QUALITY, COST)
            self.lines.error.setItemText(0, "all lines")
        self.export = push_button("Export…", self.choose_export)
        self.stack = stacked(*self._pages.values())
        self._lay_out()
        self.views.chosen.connect(self.show_page)
        self.chips.chosen.connect(self._on_chips)
        self.labels.chosen.connect(lambda names: self._narrow(labels=names))
        self.rules.chosen.connect(lambda row: self._go(rule=row.name))
        self.changes.chosen.connect(self._go_to_step)
        self.calls.line_wanted.connect(self._go_to_line)
        self.tiles.chosen.connect(lambda key: self._go(error=key))

    def begin(self, run_id: str) -> None:
        """Another run began."""
        self.chips.press(())
        self.labels.press(())
        self.lines.begin(run_id)
        self.show_page(LINES)
        for key in self.views.keys()[1:]:
            self.views.button(key).setEnabled(False)
        for part in (self.bar, self._bars, self.tiles, self.chips, self.labels):
            part.hide()
        self.export.setEnabled(False)

    def show_finished(self, finished: RunFinished) -> None:
        """The totals are there."""
        a, b = finished.a, finished.b
        if a is None:
            return
        errors: list[tuple[str, str]] = []
        if finished.labelled:
            errors = [(kind, words.lower()) for kind, (words, _help) in KINDS.items()]
        found = (b or a).counterfactual
        if found is not None:
            errors = [(key, words) for key, _n, words, _t in counterfactual_numbers(found) if key]
        self.lines.show_results(finished.lines, a, b, errors)
        self.lines.model.finish()
        self.rules.show_columns(RULE_COLUMNS if b is None else RULES_OF_TWO)
        self.rules.rows.show_rows(rule_rows(a, b))
        self.entries.show_result(b or a)
        self.calls.show_results(a, b)
        for key in self.views.keys()[1:]:
            self.views.button(key).setEnabled(True)
        labelled = bool(finished.labelled)
        self.lines.table.allow(LABELLED, on=labelled)
        why = "" if labelled else "These lines have no true labels."
        for key in {QUALITY, COST} & set(self.views.keys()):
            self.views.button(key).setEnabled(labelled)
            self.views.button(key).setToolTip(why)
        if labelled:
            self.quality.show_results(a, b)
            self.cost.show_results(a, b)
        if found is not None:
            self.tiles.show_numbers(counterfactual_numbers(found))
            self.tiles.show()
        if b is None:
            self.bar.show_parts(parts_of(a.actions))
            self.bar.show()
            self.chips.show_chips(action_chips(a.actions))
            if found is None:
                self.labels.show_chips(label_chips(a.labels))
        else:
            self._show_two(a, b, finished.comparison)
        self.export.setEnabled(bool(finished.lines))

    def show_page(self, key: str) -> None:
        """Lines, changes, rules, entries, call rules, quality or cost."""
        self.views.choose(key)
        self.stack.setCurrentWidget(self._pages[key])

    def choose_export(self) -> None:
        """Ask where to write the lines that are selected now."""

        def chosen(path: str) -> None:
            self.export_wanted.emit(*export_format(path, dialog.selectedNameFilter()))

        title, kinds = "Export the lines that are selected", ";;".join(_FORMATS)
        dialog = choose_target(self, title, "results", kinds, chosen)

    def _show_two(self, a: PolicyResult, b: PolicyResult, comparison: Comparison | None) -> None:
        self.before.show_parts(parts_of(a.actions))
        self.now.show_parts(parts_of(b.actions))
        self._bars.setVisible(True)
        chips = action_chips(b.actions)
        if comparison is not None:
            lines = max(1, sum(each.count for each in a.actions))
            stricter, milder = comparison.stricter, comparison.milder
            chips = [
                Chip(Flip.STRICTER, "stricter", stricter, stricter / lines, "arrow-up", "bad"),
                Chip(Flip.MILDER, "milder", milder, milder / lines, "arrow-down", "good"),
                *chips,
            ]
            self.changes.rows.show_rows(comparison.steps)
        self.chips.show_chips(chips)
        if comparison is not None and comparison.flips:
            self.chips.press(tuple(_FLIPPED))
            self._on_chips(tuple(_FLIPPED))

    def _on_chips(self, keys: tuple[str, ...]) -> None:
        flips = tuple(Flip(key) for key in keys if key in _FLIPPED)
        self._narrow(flips=flips, actions=tuple(key for key in keys if key not in _FLIPPED))

    def _narrow(self, **fields: object) -> None:
        self.lines.model.select(**fields)
        self.show_page(LINES)

    def _go(self, **chosen: str) -> None:
        self.show_page(LINES)
        self.lines.narrow(**chosen)

    def _go_to_line(self, row: int) -> None:
        self.chips.press(())
        self.labels.press(())
        self.show_page(LINES)
        self.lines.go_to(row)

    def _go_to_step(self, step: FlipStep) -> None:
        chosen = (*_FLIPPED, step.after)
        self.chips.press(chosen)
        self._on_chips(chosen)

    def _lay_out(self) -> None:
        self._bars = QWidget()
        bars = QGridLayout(self._bars)
        bars.setContentsMargins(0, 0, 0, 0)
        bars.setHorizontalSpacing(12)
        bars.setVerticalSpacing(6)
        for row, (words, bar) in enumerate((("Before", self.before), ("Now", self.now))):
            bars.addWidget(PlainLabel(words, ink="dim"), row, 0)
            bars.addWidget(bar, row, 1, Qt.AlignmentFlag.AlignVCenter)
        switch = in_row(self.views, None, self.export)
        in_column(
            in_column(
                self.tiles,
                self._bars,
                self.bar,
                self.chips,
                self.labels,
                switch,
                margins=(16, 10, 16, 6),
                spacing=10,
            ),
            (self.stack, 1),
            owner=self,
        )
