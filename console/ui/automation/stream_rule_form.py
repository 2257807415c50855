"""One of Stream's call rules as a form. What the form cannot show is changed as JSON."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from console.ui.automation.fields import OneOf, Sheet, show_words, words_field, words_in
from console.ui.automation.stream_rule_fields import (
    MOST_CONDITIONS,
    MOST_STEPS,
    ConditionFields,
    StepFields,
    StreamRuleFields,
    document_of,
    fields_of,
)
from console.ui.automation.stream_rule_rows import ConditionRow, StepRow
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel

NOTHING = "Choose a rule to change it, or begin a new one."
_ALL, _ANY = "all", "any"


class StreamRuleForm(QWidget):
    """Shows a document and writes it anew where a person changes a field.

    Signals:
        document_changed: the document as the fields have it now.
    """

    document_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.conditions: list[ConditionRow] = []
        self.steps: list[StepRow] = []
        self.name = line_field("Name of the rule", "Name of the rule")
        self.name.textEdited.connect(lambda _text: self._tell())
        self.enabled = QCheckBox("it acts")
        self.enabled.toggled.connect(lambda _on: self._tell())
        self.policies = words_field("Policies", "every policy, or keys", self._tell)
        self.cooldown = line_field("Rests after a violation", "not at all; or such as 5m, 24h")
        self.cooldown.textEdited.connect(lambda _text: self._tell())
        choices = ((_ALL, "all of these hold"), (_ANY, "one of these holds"))
        self.logic = OneOf("How many conditions must hold", choices, self._tell)
        sheet = Sheet()
        sheet.add("Name", self.name, "A rule of the same name at Stream is replaced.")
        sheet.add("On", self.enabled)
        sheet.add("Policies", self.policies, "Keys of policies, with commas between them.")
        sheet.add("Rests for", self.cooldown, "After a violation no other one begins for so long.")
        self._when, self._then = QVBoxLayout(), QVBoxLayout()
        self.more_when = push_button("Another condition", self._add_condition, tone="link")
        self.more_then = push_button("Another violation", self._add_step, tone="link")
        body = QWidget()
        body.setProperty("surface", "panel")
        in_column(
            sheet,
            in_row(PlainLabel("When").strengthen(), self.logic, None),
            self._when,
            in_row(self.more_when, None),
            PlainLabel("Then").strengthen(),
            self._then,
            in_row(self.more_then, None),
            None,
            owner=body,
            margins=(0, 0, 8, 8),
            spacing=6,
        )
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(body)
        self.why = PlainLabel(ink="dim", wrap=True)
        self._stack = stacked(self._scroll, self.why)
        in_column(self._stack, owner=self)

    def show_document(self, document: str) -> None:
        """Show what this document says, or why it can be changed only as JSON."""
        fields, why = fields_of(document) if document.strip() else (None, NOTHING)
        self.why.show_text(why)
        self._stack.setCurrentIndex(0 if fields is not None else 1)
        if fields is not None and fields != self.fields():
            self._fill(fields)

    def fields(self) -> StreamRuleFields:
        """What stands there."""
        return StreamRuleFields(
            name=self.name.text().strip(),
            enabled=self.enabled.isChecked(),
            policies=words_in(self.policies.text()),
            cooldown=self.cooldown.text().strip(),
            any=self.logic.value() == _ANY,
            conditions=tuple(row.fields() for row in self.conditions),
            steps=tuple(row.fields() for row in self.steps),
        )

    def _fill(self, fields: StreamRuleFields) -> None:
        self._filling = True
        self.name.setText(fields.name)
        self.enabled.setChecked(fields.enabled)
        show_words(self.policies, fields.policies)
        self.cooldown.setText(fields.cooldown)
        self.logic.show_value(_ANY if fields.any else _ALL)
        for row in (*self.conditions, *self.steps):
            _drop(row)
        self.conditions, self.steps = [], []
        for condition in fields.conditions:
            self._append_condition(condition)
        for step in fields.steps:
            self._append_step(step)
        self._show_more()
        self._filling = False

    def _append_condition(self, shown: ConditionFields) -> None:
        row = ConditionRow(shown, self._tell, lambda: self._remove_condition(row))
        self.conditions.append(row)
        self._when.addWidget(row)

    def _append_step(self, shown: StepFields) -> None:
        row = StepRow(shown, self._tell, lambda: self._remove_step(row))
        self.steps.append(row)
        self._then.addWidget(row)

    def _add_condition(self) -> None:
        self._append_condition(ConditionFields())
        self._tell()

    def _add_step(self) -> None:
        last = max((row.fields().violation for row in self.steps), default=0)
        self._append_step(StepFields(violation=last + 1))
        self._tell()

    def _remove_condition(self, row: ConditionRow) -> None:
        self.conditions.remove(row)
        _drop(row)
        self._tell()

    def _remove_step(self, row: StepRow) -> None:
        self.steps.remove(row)
        _drop(row)
        self._tell()

    def _tell(self) -> None:
        self._show_more()
        if not self._filling:
            self.document_changed.emit(document_of(self.fields()))

    def _show_more(self) -> None:
        self.logic.setVisible(len(self.conditions) > 1)
        self.more_when.setVisible(len(self.conditions) < MOST_CONDITIONS)
        self.more_then.setVisible(len(self.steps) < MOST_STEPS)


def _drop(row: QWidget) -> None:
    row.setParent(None)
    row.deleteLater()
