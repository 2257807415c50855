"""Evidence looked at: what was said and shown, who held and opened it, and what can be done."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QWidget

from console.base.errors import WorldError
from console.domain.evidence import Evidence, KeyFrame
from console.protocol.evidence import (
    AskEvidence,
    AskEvidencePage,
    AskEvidencePicture,
    EvidenceExported,
    EvidenceFound,
    EvidenceOpened,
    EvidencePage,
    EvidencePicture,
    ExportEvidence,
    HoldEvidence,
    OpenEvidence,
)
from console.ui.evidence.blurred_picture import SIZE, BlurredPicture
from console.ui.evidence.pdf import pdf_of, write_new
from console.ui.evidence.statement_dialog import StatementDialog
from console.ui.evidence.words import evidence_text, head_line, hold_words
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.controls import line_field, push_button, text_field
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.text_rows import TextRows

SIZE_WHOLE = QSize(780, 560)
"""It fits into a window of 800 by 600 pixels."""

_NOTHING = "There is no evidence of this. Acts are frozen from now on, when they are wanted."


class EvidenceDialog(PlainDialog):
    """A list, and the chosen one. ``about``: of which act, person or item, else the newest."""

    def __init__(
        self, context: WindowContext, about: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__("Evidence", parent)
        self._context = context
        self._evidence: Evidence | None = None
        self._held = False
        self._pictures: dict[str, BlurredPicture] = {}
        self.setObjectName("evidence")
        self.list = TextRows("evidence-list", "Evidence, newest first")
        self.list.setMinimumWidth(160)
        self.text = text_field("The evidence", name="evidence-text")
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setMinimumSize(280, 120)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        strip = QWidget()
        in_row(self._row, None, owner=strip)
        self.strip = QScrollArea()
        self.strip.setWidgetResizable(True)
        self.strip.setWidget(strip)
        self.strip.setFixedHeight(SIZE.height() + 22)
        self.hold_told = PlainLabel(ink="dim", wrap=True)
        self.why = line_field("Why it is held or released", "Why it is to be held", "hold-why")
        self.hold = push_button("Hold", self._press_hold, name="hold-evidence")
        self.hold.setAutoDefault(False)
        self.redacted = QCheckBox("Redacted")
        self.redacted.setToolTip("Pseudonyms, no pictures, personal data masked")
        right = in_column(
            (self.text, 1),
            self.strip,
            self.hold_told,
            in_row((self.why, 1), self.hold),
            spacing=8,
        )
        self.body.addLayout(in_row((self.list, 1), (right, 2), spacing=12), 1)
        self.said = self.add_sentence("", ink="faint")
        self.statement = self.add_side_button("Statement of reasons…", self._draft)
        self.export = self.add_button("Export…", self._choose_export, name="export-evidence")
        self.pdf = self.add_button("PDF…", self._choose_pdf, name="pdf-evidence")
        self.add_button("Close", self.accept, tone="primary")
        self.body.addWidget(self.redacted)
        self.list.currentRowChanged.connect(self._open)
        self.resize(SIZE_WHOLE)
        self._ids: list[str] = []
        self._show(None)
        self.said.show_text("Reading…")
        context.link.ask(AskEvidence(new_id(), **about), self._on_found)

    def export_to(self, path: str) -> None:
        """Write it as a folder, or as a ZIP file where the name ends so."""
        if self._evidence is None:
            return
        self.said.show_text("Writing…")
        question = ExportEvidence(
            new_id(), self._evidence.evidence_id, path, self.redacted.isChecked()
        )
        self._context.link.ask(question, partial(self._on_exported, path))

    def pdf_to(self, path: str) -> None:
        """Write its page as a PDF."""
        if self._evidence is None:
            return
        self.said.show_text("Writing…")
        question = AskEvidencePage(new_id(), self._evidence.evidence_id, self.redacted.isChecked())
        self._context.link.ask(question, partial(self._on_page, path))

    def _on_found(self, found: EvidenceFound) -> None:
        self._ids = [head.evidence_id for head in found.heads]
        self.list.addItems([head_line(head) for head in found.heads])
        self.said.show_text(found.sentence or ("" if found.heads else _NOTHING))
        if found.heads:
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            self._context.link.ask(OpenEvidence(new_id(), self._ids[row]), self._on_opened)

    def _on_opened(self, opened: EvidenceOpened) -> None:
        if opened.sentence:
            self.said.show_text(opened.sentence)
            return
        self._show(opened)

    def _show(self, opened: EvidenceOpened | None) -> None:
        evidence = self._evidence = opened.evidence if opened is not None else None
        for part in (self.export, self.pdf, self.statement, self.hold, self.why, self.redacted):
            part.setEnabled(evidence is not None)
        self._held = opened is not None and opened.hold is not None
        self.hold.setText("Release" if self._held else "Hold")
        self.why.clear()
        self.hold_told.show_text(hold_words(opened.hold) if opened is not None else "")
        text = evidence_text(evidence, opened.notes) if opened and evidence else ""
        self.text.setPlainText(text)
        self._show_pictures(evidence)

    def _show_pictures(self, evidence: Evidence | None) -> None:
        for known in self._pictures.values():
            known.setParent(None)
            known.deleteLater()
        self._pictures.clear()
        frames = evidence.pictures if evidence is not None else ()
        self.strip.setVisible(bool(frames))
        for frame in frames:
            if frame.picture_id not in self._pictures and evidence is not None:
                self._add_picture(evidence.evidence_id, frame)

    def _add_picture(self, evidence_id: str, frame: KeyFrame) -> None:
        words = "Nobody may see this picture" if frame.withheld else "Picture of the evidence"
        shown = self._pictures[frame.picture_id] = BlurredPicture(self._context.theme, words)
        self._row.addWidget(shown)
        if frame.kept:
            question = AskEvidencePicture(new_id(), evidence_id, frame.picture_id)
            self._context.link.ask(question, self._on_picture)

    def _on_picture(self, answer: EvidencePicture) -> None:
        shown = self._pictures.get(answer.picture_id)
        if shown is not None:
            shown.show_jpeg(answer.jpeg)

    def _press_hold(self) -> None:
        if self._evidence is None:
            return
        question = HoldEvidence(
            new_id(), self._evidence.evidence_id, not self._held, self.why.text()
        )
        self._context.link.ask(question, self._on_held)

    def _on_held(self, opened: EvidenceOpened) -> None:
        self.said.show_text(opened.sentence)
        if not opened.sentence:
            self._show(opened)

    def _draft(self) -> None:
        if self._evidence is not None:
            StatementDialog(self._evidence, self).open()

    def _choose_export(self) -> None:
        kinds = "ZIP file (*.zip);;Folder (*)"
        choose_target(self, "Export the evidence", "evidence.zip", kinds, self.export_to)

    def _choose_pdf(self) -> None:
        choose_target(self, "Save as a PDF", "evidence.pdf", "PDF (*.pdf)", self.pdf_to)

    def _on_exported(self, path: str, answer: EvidenceExported) -> None:
        done = f"{answer.files} files are in {path}; its manifest has their hashes."
        self.said.show_text(f"{answer.sentence} {answer.advice}" if answer.sentence else done)

    def _on_page(self, path: str, page: EvidencePage) -> None:
        if page.sentence:
            self.said.show_text(page.sentence)
            return
        try:
            write_new(Path(path), pdf_of(page))
        except WorldError as error:
            self.said.show_text(f"{error.sentence} {error.advice}")
            return
        self.said.show_text(f"Saved as {path}.")
