"""The draft of a statement of reasons: edited, then saved or copied; nothing sends it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QScrollArea, QWidget

from console.base.errors import WorldError
from console.domain.evidence import Evidence
from console.domain.statement import SCHEMA, StatementField, draft
from console.ui.evidence.pdf import write_new
from console.ui.widgets.controls import text_field
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.file_choice import choose_target
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel

LINE, TALL = 34, 110


class StatementDialog(PlainDialog):
    """One field of article 17 below the other, with what the database would refuse."""

    def __init__(self, evidence: Evidence, parent: QWidget | None = None) -> None:
        super().__init__("Statement of reasons", parent)
        self.draft = draft(evidence)
        self.setObjectName("statement")
        self.add_sentence(self.draft.hint)
        body = QWidget()
        self.edits: dict[str, QComboBox | QPlainTextEdit] = {}
        rows: list[QWidget] = []
        for each in self.draft.fields:
            rows += [PlainLabel(_title(each), ink="dim", wrap=True), self._edit(each)]
        in_column(*rows, None, owner=body, margins=(2, 4, 12, 4), spacing=4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setMinimumSize(360, 160)
        self.body.addWidget(scroll, 1)
        self.said = self.add_sentence("", ink="faint")
        self.add_side_button("Copy as text", self._copy, name="copy-statement")
        self.add_side_button("Copy as JSON", self._copy_json, name="copy-statement-json")
        self.add_button("Save as…", self._choose, name="save-statement")
        self.add_button("Close", self.accept, tone="primary")
        self.resize(660, 560)  # it fits into a window of 800 by 600 pixels
        self._show_troubles()

    def change(self, name: str, value: str) -> None:
        """Take in what a person wrote or chose in a field."""
        self.draft = self.draft.changed(name, value)
        self._show_troubles()

    def save_to(self, path: str) -> None:
        """Write the text, or the JSON where the name ends so, into a new file."""
        as_json = path.endswith(".json")
        words = self.draft.as_json() if as_json else self.draft.as_text()
        try:
            write_new(Path(path), words.encode())
        except WorldError as error:
            self.said.show_text(f"{error.sentence} {error.advice}")
            return
        self.said.show_text(f"Saved as {path}.")

    def _edit(self, field: StatementField) -> QWidget:
        if field.options and not field.several:
            box = QComboBox()
            box.addItems(("", *field.options))
            box.setCurrentText(field.value)
            box.setAccessibleName(field.title)
            box.currentTextChanged.connect(partial(self.change, field.name))
            self.edits[field.name] = box
            return box
        edit = text_field(field.title, name=field.name)
        edit.setPlainText(field.value)
        edit.setFixedHeight(TALL if field.limit > 500 else LINE)
        edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        edit.textChanged.connect(lambda: self.change(field.name, edit.toPlainText()))
        self.edits[field.name] = edit
        return edit

    def _show_troubles(self) -> None:
        troubles = self.draft.troubles()
        self.said.set_ink("warn" if troubles else "faint")
        words = " ".join(troubles[:3]) if troubles else f"Complete for the {SCHEMA}."
        self.said.show_text(words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.draft.as_text())
        self.said.show_text("Copied as text.")

    def _copy_json(self) -> None:
        QGuiApplication.clipboard().setText(self.draft.as_json())
        self.said.show_text("Copied as JSON.")

    def _choose(self) -> None:
        kinds = "Text (*.txt);;JSON for the database (*.json)"
        choose_target(self, "Save the statement", "statement.txt", kinds, self.save_to)


def _title(field: StatementField) -> str:
    return field.title if field.required else f"{field.title}, if any"
