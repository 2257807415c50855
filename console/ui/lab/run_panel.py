"""Judges many lines by the policy, by two policies, or lines of calls that were watched."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.base.errors import WorldError
from console.domain.policy_form import Word
from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished, RunState
from console.protocol.lab_runs import (
    CancelRun,
    DropRun,
    Exported,
    ExportFormat,
    ExportRun,
    RunDropped,
    RunProgress,
    StartRun,
)
from console.ui.lab.choice import Choice
from console.ui.lab.document import PolicyDocument, default_text, read_policy_file
from console.ui.lab.progress_panel import ProgressPanel
from console.ui.lab.rows_columns import CALLS, COMPARE, RUN
from console.ui.lab.run_results import RunResults
from console.ui.lab.source_bar import SourceBar
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.blank_page import Blank
from console.ui.widgets.file_choice import choose_file
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.theme import Theme

DEFAULT, SAVED, OTHER = "default", "saved", "other"


class Kind(Enum):
    """What a panel is for."""

    RUN = "run"
    COMPARE = "compare"
    CALLS = "calls"


_COLUMNS = {Kind.RUN: RUN, Kind.COMPARE: COMPARE, Kind.CALLS: CALLS}
_VERBS = {Kind.RUN: "Run", Kind.COMPARE: "Compare", Kind.CALLS: "Run"}
_BLANKS = {
    Kind.RUN: Blank(
        "all",
        "What would this policy have done?",
        "Choose a file with texts, paste lines, or take calls that were watched. "
        "Ten thousand lines take about a second, or half a minute where models judge.",
        "choose",
        "Choose a file…",
        "accent",
    ),
    Kind.COMPARE: Blank(
        "sort",
        "What would change?",
        "Judges the same lines by the policy as it was and as it is now, "
        "and shows every line that is judged differently.",
        "choose",
        "Choose a file…",
        "accent",
    ),
    Kind.CALLS: Blank(
        "people",
        "What would this policy have done beside what your moderators did?",
        "Takes the lines of calls that this program watched, and the acts that followed.",
        "start",
        "Run on saved calls",
        "accent",
    ),
}


def results_of(kind: Kind, link: EngineLink, theme: Theme) -> RunResults:
    """Where a panel of this kind shows what came out; it takes as long to make as the rest."""
    two, labelled = kind is Kind.COMPARE, kind is not Kind.CALLS
    return RunResults(link, _COLUMNS[kind], theme, two=two, labelled=labelled)


class RunPanel(ProgressPanel):
    """One of the three kinds. ``results``: of ``results_of``, where they were made before.

    Signals:
        said: one sentence for the status bar, and its ink.
    """

    said = Signal(str, str)

    def __init__(
        self,
        kind: Kind,
        document: PolicyDocument,
        link: EngineLink,
        theme: Theme,
        results: RunResults | None = None,
    ) -> None:
        self.results = results or results_of(kind, link, theme)
        super().__init__(_VERBS[kind], "Cancel", self.results, link, theme)
        self.kind = kind
        self._document = document
        self._other: PolicyText | None = None
        self.finished: RunFinished | None = None
        self.source = SourceBar(link, theme, only_calls=kind is Kind.CALLS)
        self.source.changed.connect(self._show_state)
        self.start_button.setObjectName(f"start-{kind.value}")
        self.source.buttons.addWidget(self.cancel_button)
        self.source.buttons.addWidget(self.start_button)
        self.baseline = Choice(
            (
                Word(SAVED, "The file as it was opened or last saved."),
                Word(DEFAULT, "The policy that the program came with."),
                Word(OTHER, "Another policy file."),
            ),
            "Policy to compare with",
        )
        for at, words in enumerate(("as last saved", "the built-in default", "another file…")):
            self.baseline.setItemText(at, words)
        self.baseline.picked.connect(self._on_baseline)
        self.progress.setRange(0, 1000)
        self.blank.command_wanted.connect(self._on_blank)
        self.results.export_wanted.connect(self.export)
        self.results.lines.model.trouble_found.connect(self._on_rows_trouble)
        before = QWidget()
        in_row(
            PlainLabel("Before:", ink="dim"),
            self.baseline,
            PlainLabel("Now: the policy on the left", ink="dim"),
            None,
            owner=before,
            margins=(16, 10, 16, 0),
        )
        in_column(before, self.source, self.progress, self.status, (self.stack, 1), owner=self)
        before.setVisible(kind is Kind.COMPARE)
        self.blank.show_blank(_BLANKS[kind])
        document.checked.connect(self._show_state)
        if kind is Kind.CALLS:
            self.source.calls.listed.connect(self._on_calls_listed)
        self._show_state()

    def start(self) -> None:
        """Judge the lines."""
        source = self.source.source()
        if source is None or self.running:
            return
        now = self._document.policy()
        other = self._baseline_policy() if self.kind is Kind.COMPARE else None
        if self.kind is Kind.COMPARE and other is None:
            return
        if self.run_id:
            self._link.tell(DropRun(self.run_id))
        self.run_id = new_id()
        self.running = True
        self.finished = None
        self.source.complain("")
        weights = self.results.cost.chosen_weights()
        a, b = (other, now) if other is not None else (now, None)
        self.results.begin(self.run_id)
        self.stack.setCurrentWidget(self.results)
        self.progress.setValue(0)
        self.tell("Starting…")
        often = self.results.entries.often()
        self._link.tell(
            StartRun(run_id=self.run_id, a=a, b=b, source=source, weights=weights, often=often)
        )
        self._show_state()

    def cancel(self) -> None:
        """Stop; what was judged stays."""
        if self.running:
            self._link.tell(CancelRun(self.run_id))
            self.status.show_text("Stopping…")

    def export(self, path: str, form: ExportFormat) -> None:
        """Write the lines that are selected to a file."""
        if not self.run_id:
            return
        self.results.export.setEnabled(False)
        self.said.emit(f"Writing {self.results.lines.model.total:,} lines to {path}…", "dim")

        def answered(answer: Exported) -> None:
            self.results.export.setEnabled(True)
            if answer.sentence:
                self.said.emit(answer.sentence, "bad")
            else:
                self.said.emit(f"{answer.rows:,} lines were written to {answer.path}.", "good")

        question = ExportRun(
            request_id=new_id(),
            run_id=self.run_id,
            path=path,
            format=form,
            only=self.results.lines.model.only,
        )
        self._link.ask(question, answered)

    def use_baseline(self, path: str) -> None:
        """Compare with the policy in this file."""
        try:
            text = read_policy_file(Path(path))
        except WorldError as error:
            self.said.emit(str(error), "bad")
            self.baseline.show_value(SAVED)
            return
        name = Path(path).name
        self._other = PolicyText(text=text, place=path, name=name)
        self.baseline.setItemText(2, name)
        self.baseline.show_value(OTHER)

    def _baseline_policy(self) -> PolicyText | None:
        match self.baseline.value():
            case "default":
                return PolicyText(text=default_text(), place="default.toml", name="default.toml")
            case "other":
                return self._other
            case _:
                policy = self._document.policy()
                return PolicyText(
                    text=self._document.saved_text, place=policy.place, name="as last saved"
                )

    def _on_baseline(self, value: str) -> None:
        if value != OTHER:
            return
        kinds, title = "Policies (*.toml)", "Policy to compare with"
        dialog = choose_file(self, title, "", kinds, self.use_baseline)
        if self._other is None:
            dialog.rejected.connect(lambda: self.baseline.show_value(SAVED))

    def _on_blank(self, command: str) -> None:
        if command == "choose":
            self.source.choose_file()
        else:
            self.start()

    def _on_calls_listed(self, count: int) -> None:
        if count:
            self.blank.show_blank(_BLANKS[Kind.CALLS])
        else:
            self.blank.show_blank(
                Blank(
                    "people",
                    "No call was saved yet.",
                    "Sign in and watch a call, or run the demo; its lines are kept and can be "
                    "judged here by any policy afterwards.",
                )
            )

    def take_news(self, message: object) -> None:
        match message:
            case RunProgress():
                self._show_how_far(message)
            case RunFinished():
                self._finish(message)
            case RunDropped(sentence=sentence) if sentence:
                self.said.emit(sentence, "warn")
                self.results.lines.begin("")

    def _on_rows_trouble(self, sentence: str) -> None:
        if not self.running:  # rows of a run may be requested before it has begun
            self.said.emit(sentence, "warn")

    def _show_how_far(self, news: RunProgress) -> None:
        self.progress.setValue(round(news.share * 1000))
        of = f" of {news.total:,}" if news.total else ""
        speed = f" · {news.lines_per_s:,.0f} a second" if news.lines_per_s else ""
        flips = f" · {news.flips:,} changed" if self.kind is Kind.COMPARE else ""
        self.status.show_text(f"{news.done:,}{of} lines{flips}{speed}")
        self.results.lines.model.grow()

    def _finish(self, finished: RunFinished) -> None:
        self.running = False
        self.finished = finished
        if finished.a is None or (finished.state is RunState.FAILED and not finished.lines):
            self.status.show_text("")
            self.source.complain(finished.sentence)
            self.stack.setCurrentWidget(self.blank)
        else:
            self.progress.setValue(1000)
            self.results.show_finished(finished)
            self.tell(_summary(finished), "dim" if finished.state is RunState.DONE else "warn")
        self._show_state()

    def _on_restart(self) -> None:
        if self.run_id:
            self.run_id = ""
            self.running = False
            self.stack.setCurrentWidget(self.blank)
            self.status.show_text("")
            self.source.complain("The engine was started again. Run once more.")
        self._show_state()

    def _show_state(self) -> None:
        ready = self.source.source() is not None and self._document.summary is not None
        self._show_progress(ready=ready and not self.running)


def _summary(finished: RunFinished) -> str:
    parts = [f"{finished.lines:,} lines in {finished.seconds:.1f} s"]
    if finished.state is RunState.CANCELLED:
        parts[0] = f"Cancelled after {finished.lines:,} lines"
    if finished.labelled:
        parts.append(f"{finished.labelled:,} with labels")
    if finished.unreadable:
        first = f" ({finished.unreadable_first[0]})" if finished.unreadable_first else ""
        parts.append(f"{finished.unreadable:,} could not be read{first}")
    parts += [note.rstrip(".") for note in finished.notes]
    if finished.state is RunState.FAILED and finished.sentence:
        parts.append(finished.sentence)
    return " · ".join(parts)
