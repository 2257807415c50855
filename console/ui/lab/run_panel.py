"""Judges many lines by the policy, by two policies, or lines of calls that were watched."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

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
from console.ui.lab.one_of_two import show_one
from console.ui.lab.rows_columns import CALLS, COMPARE, RUN
from console.ui.lab.run_results import RunResults
from console.ui.lab.source_bar import SourceBar
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_row
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


class RunPanel(QFrame):
    """One of the three kinds.

    Signals:
        said: one sentence for the status bar, and its ink.
    """

    said = Signal(str, str)

    def __init__(
        self, kind: Kind, document: PolicyDocument, link: EngineLink, theme: Theme
    ) -> None:
        super().__init__()
        self.kind = kind
        self._document, self._link = document, link
        self._run_id = ""
        self._other: PolicyText | None = None
        self.running = False
        self.finished: RunFinished | None = None
        self.setProperty("surface", "panel")
        self.source = SourceBar(link, theme, only_calls=kind is Kind.CALLS)
        self.source.changed.connect(self._show_state)
        self.start_button = QPushButton(_VERBS[kind])
        self.start_button.setObjectName(f"start-{kind.value}")
        self.start_button.setProperty("tone", "primary")
        self.start_button.clicked.connect(self.start)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.clicked.connect(self.cancel)
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
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName("Progress of the run")
        self.status = PlainLabel(ink="dim", wrap=True)
        self.blank = BlankPage(theme)
        self.blank.command_wanted.connect(self._on_blank)
        self.results = RunResults(
            link,
            _COLUMNS[kind],
            theme,
            two=kind is Kind.COMPARE,
            labelled=kind is not Kind.CALLS,
        )
        self.results.export_wanted.connect(self.export)
        self.results.lines.model.trouble_found.connect(self._on_rows_trouble)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.blank)
        self.stack.addWidget(self.results)
        self._lay_out()
        self.blank.show_blank(_BLANKS[kind])
        link.run_news.connect(self._on_news)
        link.restarted.connect(self._on_restart)
        document.checked.connect(self._show_state)
        if kind is Kind.CALLS:
            self.source.calls.listed.connect(self._on_calls_listed)
        self._show_state()

    @property
    def run_id(self) -> str:
        """The run that is shown; "" before the first."""
        return self._run_id

    def start(self) -> None:
        """Judge the lines."""
        source = self.source.source()
        if source is None or self.running:
            return
        now = self._document.policy()
        other = self._baseline_policy() if self.kind is Kind.COMPARE else None
        if self.kind is Kind.COMPARE and other is None:
            return
        if self._run_id:
            self._link.tell(DropRun(self._run_id))
        self._run_id = new_id()
        self.running = True
        self.finished = None
        self.source.complain("")
        weights = self.results.cost.chosen_weights()
        a, b = (other, now) if other is not None else (now, None)
        self.results.begin(self._run_id)
        self.stack.setCurrentWidget(self.results)
        self.progress.setValue(0)
        self.status.show_text("Starting…")
        self.status.set_ink("dim")
        often = self.results.entries.often()
        self._link.tell(
            StartRun(run_id=self._run_id, a=a, b=b, source=source, weights=weights, often=often)
        )
        self._show_state()

    def cancel(self) -> None:
        """Stop; what was judged stays."""
        if self.running:
            self._link.tell(CancelRun(self._run_id))
            self.status.show_text("Stopping…")

    def export(self, path: str, form: ExportFormat) -> None:
        """Write the lines that are selected to a file."""
        if not self._run_id:
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
            run_id=self._run_id,
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

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.kind is Kind.COMPARE:
            column.addLayout(
                in_row(
                    PlainLabel("Before:", ink="dim"),
                    self.baseline,
                    PlainLabel("Now: the policy on the left", ink="dim"),
                    None,
                    margins=(16, 10, 16, 0),
                )
            )
        else:
            self.baseline.setParent(self)
            self.baseline.hide()
        column.addWidget(self.source)
        column.addWidget(self.progress)
        self.status.setContentsMargins(16, 6, 16, 0)
        column.addWidget(self.status)
        column.addWidget(self.stack, 1)

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
        dialog = QFileDialog(self, "Policy to compare with", "", "Policies (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use_baseline)
        dialog.rejected.connect(self._forget_other)
        dialog.open()

    def _forget_other(self) -> None:
        if self._other is None:
            self.baseline.show_value(SAVED)

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

    def _on_news(self, message: object) -> None:
        if getattr(message, "run_id", "") != self._run_id or not self._run_id:
            return
        match message:
            case RunProgress():
                self._show_progress(message)
            case RunFinished():
                self._finish(message)
            case RunDropped(sentence=sentence) if sentence:
                self.said.emit(sentence, "warn")
                self.results.lines.begin("")

    def _on_rows_trouble(self, sentence: str) -> None:
        if not self.running:  # rows of a run may be requested before it has begun
            self.said.emit(sentence, "warn")

    def _show_progress(self, news: RunProgress) -> None:
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
            self.status.show_text(_summary(finished))
            self.status.set_ink("dim" if finished.state is RunState.DONE else "warn")
        self._show_state()

    def _on_restart(self) -> None:
        if self._run_id:
            self._run_id = ""
            self.running = False
            self.stack.setCurrentWidget(self.blank)
            self.status.show_text("")
            self.source.complain("The engine was started again. Run once more.")
        self._show_state()

    def _show_state(self) -> None:
        ready = self.source.source() is not None and self._document.summary is not None
        if self.running:
            show_one(self.cancel_button, self.start_button)
            self.start_button.setEnabled(False)
        else:
            self.start_button.setEnabled(ready)
            show_one(self.start_button, self.cancel_button)
        self.progress.setVisible(self.running)
        self.status.setVisible(bool(self.status.text()))


def _summary(finished: RunFinished) -> str:
    parts = [f"{finished.lines:,} lines in {finished.seconds:.1f} s"]
    if finished.state is RunState.CANCELLED:
        parts[0] = f"Cancelled after {finished.lines:,} lines"
    if finished.labelled:
        parts.append(f"{finished.labelled:,} with labels")
    if finished.unreadable:
        first = f" ({finished.unreadable_first[0]})" if finished.unreadable_first else ""
        parts.append(f"{finished.unreadable:,} could not be read{first}")
    if finished.state is RunState.FAILED and finished.sentence:
        parts.append(finished.sentence)
    return " · ".join(parts)
