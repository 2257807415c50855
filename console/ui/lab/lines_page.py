"""The lines of a run: a table that sorts and filters, and the chosen line in full."""

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from console.protocol.lab_results import Count, PolicyResult
from console.protocol.lab_runs import RowFilter
from console.ui.lab.choice import Choice
from console.ui.lab.row_detail import RowDetail
from console.ui.lab.rows_columns import RunColumn
from console.ui.lab.rows_model import RowsModel
from console.ui.state.engine_link import EngineLink
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme


class LinesPage(Surface):
    """Shows a RowsModel; every control narrows its selection."""

    def __init__(self, link: EngineLink, columns: tuple[RunColumn, ...], theme: Theme) -> None:
        super().__init__()
        self.model = RowsModel(link, columns, self)
        self.search = SearchField("Find in the lines", "Only lines that hold")
        self.search.settled.connect(lambda text: self.model.select(contains=text.strip()))
        self.label = Choice((), "Only lines with the label", empty="any label")
        self.label.picked.connect(lambda value: self.model.select(labels=(value,) if value else ()))
        self.rule = Choice((), "Only lines that this rule matched", empty="any rule")
        self.rule.picked.connect(lambda value: self.model.select(rules=(value,) if value else ()))
        self.error = Choice((), "Only lines that are", empty="right and wrong")
        self.error.picked.connect(lambda value: self.model.select(errors=(value,) if value else ()))
        self.error.hide()
        self.count = PlainLabel(ink="dim")
        self._all = 0
        self._sought = -1
        self.model.total_changed.connect(lambda _total: self._show_count())
        self.model.total_changed.connect(lambda _total: self._choose_sought())
        self.table = RowTable(self.model, "Lines of the run", theme, sortable=True)
        self.table.setObjectName("run-lines")
        self.search.left.connect(self.table.setFocus)
        self.detail = RowDetail(theme)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_detail())
        self.model.arrived.connect(self._show_detail)
        self.model.modelReset.connect(lambda: self.detail.show_row(None))
        for part in (self.label, self.rule, self.error):
            part.setMinimumWidth(72)
        in_column(
            in_row(
                (self.search, 1),
                self.label,
                self.rule,
                self.error,
                self.count,
                margins=(16, 8, 16, 8),
            ),
            (self.table, 1),
            self.detail,
            owner=self,
        )

    def begin(self, run_id: str) -> None:
        """Another run: nothing is narrowed any more."""
        self._clear()
        self._sought = -1
        self._all = 0
        self.model.begin(run_id)

    def show_results(
        self, lines: int, a: PolicyResult, b: PolicyResult | None, errors: list[tuple[str, str]]
    ) -> None:
        """What there is to narrow by. ``errors``: pairs of a filter's key and its words."""
        self._all = lines
        labels: tuple[Count, ...] = (*a.labels, *(b.labels if b is not None else ()))
        rules = [each.rule for each in (*a.rules, *(b.rules if b is not None else ()))]
        self.label.refill([(each.name, each.name) for each in labels if each.count])
        self.rule.refill([(name, name) for name in rules])
        self.error.refill(errors)
        self.error.setVisible(bool(errors))
        self._show_count()

    def go_to(self, row: int) -> None:
        """Choose the line with this index in the run; all lines are shown, in their order."""
        self._clear()
        self._sought = row
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.select(**structs.asdict(RowFilter()))
        self._choose_sought()

    def narrow(self, **chosen: str) -> None:
        """Choose ``label``, ``rule`` or ``error`` as if it had been picked."""
        for name, value in chosen.items():
            choice: Choice = getattr(self, name)
            choice.show_value(value)
            choice.picked.emit(value)

    def _clear(self) -> None:
        self.search.empty()
        for choice in (self.label, self.rule, self.error):
            choice.show_value("")

    def _choose_sought(self) -> None:
        if 0 <= self._sought < self.model.total:
            self.table.selectRow(self._sought)
            middle = QAbstractItemView.ScrollHint.PositionAtCenter
            self.table.scrollTo(self.model.index(self._sought, 0), middle)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._sought = -1

    def _show_count(self) -> None:
        total = self.model.total
        if self._all and total != self._all:
            self.count.show_text(f"{total:,} of {self._all:,} lines")
        else:
            self.count.show_text("1 line" if total == 1 else f"{total:,} lines")

    def _show_detail(self) -> None:
        index = self.table.currentIndex()
        self.detail.show_row(self.model.row(index.row()) if index.isValid() else None)
