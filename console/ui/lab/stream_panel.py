"""Runs the same lines on Stream as a policy test set: its progress and its drift."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from console.base.plain_text import visible
from console.protocol.lab_runs import RunProgress
from console.protocol.lab_stream import (
    MAX_TEST_ROWS,
    AppPolicies,
    AskAppPolicies,
    AskTestSets,
    CancelStreamRun,
    LabelDrift,
    RunOnStream,
    StreamRow,
    StreamRunFinished,
    TestSet,
    TestSets,
)
from console.ui.lab.choice import Choice
from console.ui.lab.number_tiles import NumberTiles
from console.ui.lab.progress_panel import ProgressPanel
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.blank_page import Blank
from console.ui.widgets.columns import action_column, number_column
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.theme import Theme
from console.ui.widgets.timers import one_shot

LINES, DRIFT = "lines", "drift"
SETTLE_MS = 300
_BASELINE = "Baseline"
_ROWS: tuple[Column[StreamRow], ...] = (
    Column("Text", lambda row: visible(row.text)),
    action_column("Expected", lambda row: row.expected_action, 104),
    action_column("Here", lambda row: row.local_action, 104),
    action_column("Stream", lambda row: row.actual_action, 104),
    action_column(_BASELINE, lambda row: row.baseline_action, 104, room=640),
    Column("Why", lambda row: visible(row.reason or row.actual_label), 180, "text_dim", room=740),
)
_DRIFT: tuple[Column[LabelDrift], ...] = (
    Column("Label", lambda each: visible(each.label)),
    number_column(
        "Changed", lambda each: each.changed, 96, "warn", "Lines whose outcome is another one now."
    ),
    number_column("Same", lambda each: each.same, 96, "text_dim"),
)
_BLANK = Blank(
    "shield",
    "Does Stream judge as this policy does?",
    f"Makes a policy test set of at most {MAX_TEST_ROWS:,} lines and runs it. "
    "Running a set again shows what drifted since.",
)


def stream_rows(rows: tuple[StreamRow, ...]) -> list[StreamRow]:
    """The rows, with those that Stream judged otherwise first."""
    return sorted(rows, key=lambda row: (not row.differs, row.passed, row.index))


def stream_numbers(rows: tuple[StreamRow, ...]) -> list[tuple[str, str, str, str]]:
    """Quadruples of a key (none), the number, what it is, a colour token."""
    scored = [row for row in rows if row.scored]
    passed = sum(row.passed for row in scored)
    return [
        ("", f"{passed:,}", "as expected", "good"),
        ("", f"{len(scored) - passed:,}", "not as expected", "bad"),
        ("", f"{sum(row.differs for row in rows):,}", "judged otherwise than here", "warn"),
        ("", f"{sum(row.changed for row in rows):,}", "drifted since the baseline", "warn"),
        ("", f"{len(rows) - len(scored):,}", "not scored", "text_dim"),
    ]


class StreamPanel(ProgressPanel):
    """``local_run`` gives the id of the run whose lines are taken, "" for none."""

    def __init__(self, link: EngineLink, theme: Theme, local_run: Callable[[], str]) -> None:
        self.results = QWidget()
        super().__init__("Run on Stream", "Stop looking", self.results, link, theme)
        self._local_run = local_run
        self._why_not = "You are signed out."
        self._sets: dict[str, TestSet] = {}
        # The engine reports the sign-in a moment before it can answer.
        self._settled = one_shot(SETTLE_MS, self)
        self._settled.timeout.connect(self.refresh)
        self.finished: StreamRunFinished | None = None
        self.what = Choice((), "Lines to judge on Stream", empty="the lines of the last run here")
        self.what.picked.connect(lambda _value: self._show_state())
        self.key = Choice((), "Policy of the app to judge by")
        self.key.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tiles = NumberTiles()
        self.views = Segments(((LINES, "Lines"), (DRIFT, "Drift by label")), "Show of the results")
        self.rows = RowTable(TableModel(_ROWS), "Lines judged on Stream", theme, sortable=True)
        self.drift = RowTable(TableModel(_DRIFT), "Drift by label", theme, sortable=True)
        self.pages = stacked(self.rows, self.drift)
        self.views.chosen.connect(lambda key: self.pages.setCurrentIndex(int(key == DRIFT)))
        switch = in_row(self.views, None, spacing=None)
        head = in_column(self.tiles, switch, margins=(16, 10, 16, 8), spacing=10)
        in_column(head, (self.pages, 1), owner=self.results)
        choices = in_row(
            (self.what, 1),
            PlainLabel("by the app's policy", ink="dim"),
            self.key,
            self.cancel_button,
            self.start_button,
            margins=(16, 10, 16, 10),
        )
        in_column(choices, self.progress, self.status, (self.stack, 1), owner=self)
        self._show_state()

    def show_sign_in(self, why_not: str) -> None:
        """Why Stream cannot be asked, "" when it can."""
        came = self._why_not and not why_not
        self._why_not = why_not
        if came:
            self._settled.start()
        self._show_state()

    def refresh(self) -> None:
        """Read the app's policies and test sets again."""
        if not self._why_not:
            self._link.ask(AskAppPolicies(new_id()), self._on_policies)
            self._link.ask(AskTestSets(new_id()), self._on_sets)
        self._show_state()

    def start(self) -> None:
        """Run the lines, or a set once more, by the chosen policy of the app."""
        chosen = self._sets.get(self.what.value())
        if self._why_not or self.running or not (chosen or self._local_run()):
            return
        self.run_id = new_id()
        self.running = True
        self.tell("Handing the lines to Stream…")
        self.progress.setRange(0, 0)
        self._link.tell(
            RunOnStream(
                run_id=self.run_id,
                config_key=chosen.config_key if chosen else self.key.value(),
                name="" if chosen else "Policy lab",
                lines_of="" if chosen else self._local_run(),
                set_id=chosen.set_id if chosen else "",
            )
        )
        self._show_state()

    def cancel(self) -> None:
        """Stop watching the run; Stream finishes it by itself."""
        self._link.tell(CancelStreamRun(self.run_id))
        self.run_id = ""
        self.running = False
        self.status.show_text("Stream finishes this run by itself. Its set is in the list above.")
        self.refresh()

    def _on_policies(self, answer: AppPolicies) -> None:
        self.key.refill((key, key) for key in answer.keys)
        if answer.sentence:
            self.tell(f"{answer.sentence} {answer.advice}".strip(), "bad")
        self._show_state()

    def _on_sets(self, answer: TestSets) -> None:
        self._sets = {each.set_id: each for each in answer.sets}
        self.what.refill(
            (each.set_id, f"{each.name or each.set_id} · {each.rows:,} lines")
            for each in answer.sets
        )
        self._show_state()

    def take_news(self, message: object) -> None:
        match message:
            case RunProgress():
                self.progress.setRange(0, max(1, message.total))
                self.progress.setValue(message.done)
                status = visible(message.status).replace("_", " ")
                self.status.show_text(f"{message.done:,} of {message.total:,} lines · {status}")
            case StreamRunFinished():
                self._finish(message)

    def _finish(self, found: StreamRunFinished) -> None:
        self.running = False
        if found.sentence:
            self.tell(f"{found.sentence} {found.advice}".strip(), "bad")
        else:
            self.finished = found
            many = f"{len(found.rows):,} lines"
            if len(found.rows) == MAX_TEST_ROWS:
                many = f"The first {many}, the most that a test set holds,"
            self.status.show_text(f"{many} were judged by Stream.")
            self.rows.allow(_BASELINE, on=any(row.baseline_action for row in found.rows))
            self.tiles.show_numbers(stream_numbers(found.rows))
            self.rows.rows.show_rows(stream_rows(found.rows))
            self.drift.rows.show_rows(found.drift)
        self.refresh()

    def _on_restart(self) -> None:
        if self.running:
            self.running = False
            self.run_id = ""
            self.tell("The engine was started again. Stream finishes the run by itself.", "bad")
        self.refresh()

    def _show_state(self) -> None:
        chosen = self._sets.get(self.what.value())
        can = not self._why_not and bool(chosen or (self._local_run() and self.key.value()))
        self._show_progress(ready=can)
        self.key.setEnabled(not self._why_not and chosen is None)
        self.what.setEnabled(not self._why_not)
        self.stack.setCurrentWidget(self.results if self.finished is not None else self.blank)
        blank = _BLANK
        if self._why_not:
            blank = Blank("plug", "Stream cannot be asked now.", self._why_not)
        elif not self._local_run() and not self._sets:
            blank = Blank("all", "Run on lines here first.", "The same lines then go to Stream.")
        self.blank.show_blank(blank)
