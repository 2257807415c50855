"""One row of a section as a card: each value in a field of its kind, and what to say of it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from console.base.plain_text import visible
from console.domain.policy_form import FieldKind, FormField, FormRow, SectionForm
from console.ui.lab.choice import Choice
from console.ui.lab.number_box import NumberBox
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.surface import Surface
from console.ui.widgets.timers import one_shot

LINES_MS = 700
"""How long typing has to pause before lines are written."""
SWITCHES_ACROSS = 3


class SectionCard(Surface):
    """Shows one row.

    Signals:
        changed: the key of a field and its new value.
        removed: the row shall go.
        lines_wanted: the name of a row whose lines are not all here.
    """

    changed = Signal(str, object)
    removed = Signal()
    lines_wanted = Signal(str)

    def __init__(self, form: SectionForm) -> None:
        super().__init__()
        self._form = form
        self._row: FormRow | None = None
        self.index = -1
        """The number of the row that is shown."""
        self._all_lines: tuple[str, ...] | None = None
        self._timer = one_shot(LINES_MS, self)
        self._timer.timeout.connect(self.commit_lines)
        self.fields: dict[str, QWidget] = {each.key: self._field(each) for each in form.fields}
        self.note = PlainLabel(ink="dim", wrap=True)
        self.remove = push_button(f"Remove this {form.noun}", self._remove, tone="careful")
        self._lay_out()

    def show_row(self, form: SectionForm, index: int) -> None:
        """Show the row of ``form`` with this number."""
        row = form.rows[index]
        other = index != self.index
        if other and self._timer.isActive():
            self.commit_lines()
        self._form, self._row, self.index = form, row, index
        for field in form.fields:
            self._show_value(field, row.values[field.key], other=other)
            if field.kind is not FieldKind.LINES:  # which can be scrolled and copied all the same
                self.fields[field.key].setEnabled(field.key not in row.fixed)
        if row.cut:
            self.lines_wanted.emit(row.name)
        self.remove.setEnabled("" not in row.fixed)
        self.note.show_text(visible(row.note))
        self.note.setToolTip(tip(row.more))

    def show_lines(self, name: str, lines: Sequence[str]) -> None:
        """All lines of the row called ``name``."""
        field = self._lines_field()
        if self._row is not None and self._row.name == name and field is not None:
            self._fill(field, tuple(lines))

    def commit_lines(self) -> None:
        """Report what was typed, one entry a line, without empty ones and doubles."""
        self._timer.stop()
        field = self._lines_field()
        if field is None or self._all_lines is None:
            return
        typed = self._typed(field)
        if typed != self._all_lines:
            self._all_lines = typed
            self.changed.emit(field.key, list(typed))

    def _field(self, field: FormField) -> QWidget:
        part: QWidget
        match field.kind:
            case FieldKind.CHOICE | FieldKind.SUGGESTED:
                free = field.kind is FieldKind.SUGGESTED
                part = Choice(field.words, field.spoken, empty=field.empty, free=free)
                part.picked.connect(lambda value: self._set(field, value))
            case FieldKind.NUMBER:
                part = NumberBox(field.spoken, field.most, field.step, field.decimals)
                part.picked.connect(lambda value: self._set(field, value))
            case FieldKind.SWITCH:
                part = QCheckBox(field.title)
                part.toggled.connect(lambda on: self._set(field, on))
                part.setToolTip(tip(f"{field.help}\n{field.key}"))
            case FieldKind.LINES:
                part = QPlainTextEdit()
                part.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
                part.setTabChangesFocus(True)
                part.setMinimumHeight(96)
                part.textChanged.connect(self._timer.start)
                part.installEventFilter(self)
            case FieldKind.TEXT:
                part = QLineEdit()
                part.setPlaceholderText(field.empty)
                part.editingFinished.connect(lambda: self._set(field, part.text().strip()))
        part.setObjectName(f"field-{field.key}")
        part.setAccessibleName(field.spoken)
        return part

    def _show_value(self, field: FormField, value: Any, *, other: bool) -> None:
        match self.fields[field.key]:
            case Choice() as part:
                for word in field.words:
                    if part.findData(word.name) < 0:
                        part.add_word(word)
                part.show_value(value)
            case NumberBox() as part:
                part.show_value(value)
            case QCheckBox() as part:
                with QSignalBlocker(part):
                    part.setChecked(value)
            case QLineEdit() as part if other or not part.hasFocus():
                part.setText(value)
            case QPlainTextEdit() as part:
                if other:
                    self._all_lines = None
                    self._put(part, value)
                cut = self._row is not None and self._row.cut
                if cut and self._all_lines is None:
                    part.setReadOnly(True)
                elif not cut:
                    self._fill(field, tuple(value))

    def _fill(self, field: FormField, lines: tuple[str, ...]) -> None:
        """Show all ``lines``, except while a person types others."""
        part = self.fields[field.key]
        self._all_lines = lines
        if isinstance(part, QPlainTextEdit):
            part.setReadOnly(self._row is not None and field.key in self._row.fixed)
            if self._typed(field) != lines and not self._timer.isActive():
                self._put(part, lines)

    def _put(self, part: QPlainTextEdit, lines: Sequence[str]) -> None:
        with QSignalBlocker(part):
            part.setPlainText("\n".join(lines))

    def _typed(self, field: FormField) -> tuple[str, ...]:
        part = self.fields[field.key]
        text = part.toPlainText() if isinstance(part, QPlainTextEdit) else ""
        lines = (line.strip() for line in text.split("\n"))
        return tuple(dict.fromkeys(line for line in lines if line))

    def _lines_field(self) -> FormField | None:
        return next((each for each in self._form.fields if each.kind is FieldKind.LINES), None)

    def _set(self, field: FormField, value: Any) -> None:
        """A person changed a value; one that must not be empty is shown again instead."""
        if self._row is None or value == self._row.values[field.key]:
            return
        if value == "" and not field.empty:
            self._show_value(field, self._row.values[field.key], other=True)
            return
        self.changed.emit(field.key, value)

    def _remove(self) -> None:
        self._timer.stop()
        self.removed.emit()

    def _lay_out(self) -> None:
        form = self._form
        grid, switches = QGridLayout(), QGridLayout()
        for each in (grid, switches):
            each.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        switches.setVerticalSpacing(2)
        whole = in_column(grid, owner=self, margins=(16, 12, 16, 12), spacing=8)
        plain = (FieldKind.SWITCH, FieldKind.LINES)
        for at, field in enumerate(each for each in form.fields if each.kind not in plain):
            row, column = divmod(at, form.across)
            head = PlainLabel(field.title, ink="dim")
            head.setBuddy(self.fields[field.key])
            grid.addWidget(head, 2 * row, column)
            grid.addWidget(self.fields[field.key], 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        boxes = [self.fields[each.key] for each in form.fields if each.kind is FieldKind.SWITCH]
        for at, box in enumerate(boxes):
            switches.addWidget(box, *divmod(at, SWITCHES_ACROSS))
            switches.setColumnStretch(at % SWITCHES_ACROSS, 1)
        if boxes:
            whole.addWidget(PlainLabel(form.switches_title, ink="dim"))
            whole.addLayout(switches)
        if (lines := self._lines_field()) is not None:
            whole.addWidget(PlainLabel(form.lines_title, ink="dim"))
            whole.addWidget(self.fields[lines.key], 1)
        else:
            whole.addStretch(1)
        whole.addLayout(in_row((self.note, 1), self.remove, spacing=None))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and self._timer.isActive():
            self.commit_lines()
        return False
