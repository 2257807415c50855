"""The labels of moderators in the lab: counted, exported, deleted; thresholds fitted to them."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMessageBox

from console.domain.given_label import LabelCounts
from console.protocol.lab_runs import ExportFormat
from console.protocol.label_fits import (
    CancelFit,
    DeleteLabels,
    ExportLabels,
    FitFinished,
    FitProgress,
    LabelsDeleted,
    LabelsExported,
    StartFit,
)
from console.ui.lab.document import PolicyDocument
from console.ui.lab.label_results import CURVE, FITS, LabelResults
from console.ui.lab.number_box import NumberBox
from console.ui.lab.progress_panel import ProgressPanel
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.blank_page import Blank
from console.ui.widgets.controls import push_button
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.short_texts import count
from console.ui.widgets.theme import Theme

PRECISION = 0.9

_NONE = Blank(
    "tick",
    "No line has a label yet.",
    "Say of verdicts whether they are right: Shift+R, Shift+X and Shift+A in a transcript, on an "
    "open item, or in the list of lines worth labelling (Shift+D).",
    "view.worth",
    "Lines worth labelling",
)
_READING = Blank("hourglass", "Looking at the labelled lines…")


class LabelsPanel(ProgressPanel):
    """Fits thresholds, never weights, and shows what changes before anything is changed.

    Signals:
        said: a sentence and its ink, for the status bar.
    """

    said = Signal(str, str)

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        self.results = LabelResults(theme)
        super().__init__("Fit to labels and saved lines", "Cancel", self.results, link, theme)
        self.start_button.setObjectName("start-fit")
        self.document = document
        self._saved = self._again = False
        self.counts = LabelCounts()
        self.finished: FitFinished | None = None
        self.told = PlainLabel("Labels", ink="dim")
        self.export = push_button("Export…", self.choose_export, spoken="Export all labels")
        self.delete = push_button("Delete…", self._ask_delete, spoken="Delete all labels")
        self.precision = NumberBox("Share that is to be right", 1.0, 0.05)
        self.precision.setMinimum(0.05)
        self.precision.show_value(PRECISION)
        head = in_row((self.told, 1), self.export, self.delete, margins=(16, 10, 16, 4))
        self.precision.setToolTip(tip("Of what is raised, at least this share is to be right."))
        aim = in_row(
            PlainLabel("Share to be right:", ink="dim"),
            self.precision,
            None,
            self.cancel_button,
            self.start_button,
            margins=(16, 0, 16, 8),
        )
        in_column(head, aim, self.progress, self.status, (self.stack, 1), owner=self)
        self.progress.setRange(0, 1000)
        self.results.apply_wanted.connect(self._apply)
        document.checked.connect(self._show_state)
        self.blank.show_blank(_READING)
        self._show_state()

    def start(self) -> None:
        """Fit, and look at saved lines too."""
        self._begin(saved=True)

    def measure(self) -> None:
        """Look at the labelled lines alone."""
        if not self.running and self.document.summary is not None:
            self._begin(saved=False)

    def cancel(self) -> None:
        """Stop."""
        if self.running:
            self._link.tell(CancelFit(self.run_id))

    def choose_export(self) -> None:
        """Ask where to write all labels."""
        choose_target(
            self, "Export the labels", "labels.csv", "CSV (*.csv);;JSON lines (*.jsonl)", self.write
        )

    def write(self, path: str) -> None:
        """Write all labels to ``path``, in the form that its ending names."""
        lines = Path(path).suffix.lower() in (".jsonl", ".ndjson")
        form = ExportFormat.JSON_LINES if lines else ExportFormat.CSV

        def answered(answer: LabelsExported) -> None:
            if answer.sentence:
                self.said.emit(answer.sentence, "bad")
            else:
                written = count(answer.labels, "label")
                self.said.emit(f"{written} written to {answer.path}.", "good")

        self._link.ask(ExportLabels(new_id(), path=path, format=form), answered)

    def delete_all(self) -> None:
        """Delete all labels on this machine."""

        def answered(answer: LabelsDeleted) -> None:
            if answer.sentence:
                self.said.emit(answer.sentence, "bad")
                return
            self.said.emit(f"{count(answer.labels, 'label')} deleted for good.", "good")
            self.measure()

        self._link.ask(DeleteLabels(new_id()), answered)

    def _begin(self, *, saved: bool) -> None:
        if self.running or self.document.summary is None:
            return
        self.run_id = new_id()
        self.running, self._saved = True, saved
        self.progress.setValue(0)
        self.tell("Looking at the labelled lines…" if not saved else "Starting…")
        self._link.tell(
            StartFit(
                fit_id=self.run_id,
                policy=self.document.policy(),
                precision=round(self.precision.value(), 2),
                saved=saved,
            )
        )
        self._show_state()

    def _on_news(self, message: object) -> None:
        if self.run_id and getattr(message, "fit_id", "") == self.run_id:
            self.take_news(message)

    def take_news(self, message: object) -> None:
        match message:
            case FitProgress(done=done, total=total):
                self.progress.setValue(round(1000 * done / max(1, total)))
                self.tell(f"{done:,} of {total:,} lines")
            case FitFinished():
                self._finish(message)

    def _finish(self, finished: FitFinished) -> None:
        self.running = False
        self.counts = finished.counts
        self._tell_counts()
        fit = finished.fit
        if fit is None:
            self.tell(finished.sentence, "warn")
            if self.finished is None:
                self.blank.show_blank(Blank("warning", finished.sentence, token="warn"))
        else:
            self.finished = finished
            self.tell("")
            if fit.curves:
                self.results.show_fit(fit)
                self.results.show_view(FITS if self._saved else self.results.views.key() or CURVE)
                self.stack.setCurrentWidget(self.results)
            else:
                self.blank.show_blank(_no_curve(self.counts, fit.sentence))
                self.stack.setCurrentWidget(self.blank)
        self._show_state()

    def _apply(self, text: str) -> None:
        self._again = True
        self.document.text_wanted.emit(text)
        self.document.check()
        self.said.emit("The policy has the fitted thresholds now. Undo brings it back.", "good")

    def _ask_delete(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Delete all labels",
            f"Delete {count(self.counts.all, 'label')} on this machine for good?",
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        go = box.addButton("Delete all", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go.clicked.connect(self.delete_all)
        box.open()

    def _tell_counts(self) -> None:
        counts = self.counts
        self.told.show_text(
            f"{count(counts.all, 'label')}: {counts.right:,} right, {counts.wrong:,} wrong, "
            f"{counts.other:,} another label"
        )

    def _on_restart(self) -> None:
        if self.running:
            self.running = False
            self.tell("The engine was started again. Fit once more.", "warn")
        self._show_state()

    def _show_state(self) -> None:
        some = bool(self.counts.all)
        self.export.setEnabled(some)
        self.delete.setEnabled(some and not self.running)
        ready = self.document.summary is not None and not self.running
        self._show_progress(ready=ready and some)
        if self._again and ready:  # what was fitted is what holds now
            self._again = False
            self.measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.measure()


def _no_curve(counts: LabelCounts, why: str) -> Blank:
    if not counts.all:
        return replace(_NONE, advice=f"{_NONE.advice} {why}".strip())
    if why:
        return Blank("info", why)
    return Blank(
        "info",
        "No label says anything of a label of the local classifier yet.",
        "Curves come from lines whose verdict names one, and from lines that should have had one.",
    )
