"""A section of the policy as a table, with the chosen row as a card below it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from console.base.plain_text import visible
from console.domain.policy_form import FormCell, FormColumn, FormRow, SectionForm, Tone
from console.domain.verdict import Severity
from console.protocol.lab import Edit
from console.ui.lab.section_card import SectionCard
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.columns import SEVERITY_TONES, action_text
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, split, stacked
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.theme import Theme

_TONES = {Tone.PLAIN: "", Tone.DIM: "text_dim", Tone.FAINT: "text_faint", Tone.GOOD: "good"}


class SectionPage(QWidget):
    """Follows the form that the engine makes of the text.

    Signals:
        edit_wanted: an Edit.
        lines_wanted: the name of a row whose lines are not all here.
    """

    edit_wanted = Signal(object)
    lines_wanted = Signal(str)

    def __init__(self, form: SectionForm, theme: Theme) -> None:
        super().__init__()
        self._form = form
        self._before: set[str] | None = None
        self.switches = [QCheckBox(each.title) for each in form.switches]
        for at, box in enumerate(self.switches):
            box.toggled.connect(lambda on, at=at: self._switch(at, on=on))
        self.add = push_button(f"Add {form.noun}", self._add)
        self.source = PlainLabel(ink="dim", wrap=True)
        self.model: TableModel[FormRow] = TableModel(tuple(_columns(form.columns)), self)
        self.table = RowTable(self.model, f"{form.title} of the policy", theme)
        self.table.setObjectName(f"policy-{form.key}")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_card())
        self.card = SectionCard(form)
        self.card.changed.connect(self._change)
        self.card.removed.connect(lambda: self._emit("drop", self._place()))
        self.card.lines_wanted.connect(self.lines_wanted)
        self.room = ScrollRoom(self.card)
        self.blank = BlankPage(theme, low=True)
        self.blank.show_blank(Blank("search", form.blank))
        self._split = split(Qt.Orientation.Vertical, (self.table, 1), (self.room, 0))
        self.pages = stacked(self.blank, self._split)
        self._divided = False
        in_column(
            in_row((self.source, 1), *self.switches, self.add, margins=(16, 0, 16, 10), spacing=12),
            (self.pages, 1),
            owner=self,
        )

    def show_form(self, form: SectionForm) -> None:
        """Show what the engine made of the text."""
        self._form = form
        self.source.show_text(visible(form.source))
        row = self.table.currentIndex().row()
        self.model.change_rows(form.rows)
        count = len(form.rows)
        for box, switch in zip(self.switches, form.switches, strict=True):
            with QSignalBlocker(box):
                box.setChecked(switch.on)
            box.setVisible(count > 0 or not form.switches[0].on)
        if self._before is not None:
            new = self.model.find(lambda each: each.name not in (self._before or ()))
            if new >= 0:
                row, self._before = new, None
        if count:
            row = min(max(0, row), count - 1)
            if row != self.table.currentIndex().row():
                self.table.choose(row)
        self.pages.setCurrentIndex(1 if count else 0)
        self._show_card()

    def _show_card(self) -> None:
        at = self.table.currentIndex().row()
        known = 0 <= at < len(self._form.rows)
        self.room.setVisible(known)
        if known:
            self.card.show_row(self._form, at)

    def _place(self) -> tuple[str | int, ...]:
        return (self._form.key, self.card.index)

    def _emit(self, op: str, path: tuple[str | int, ...], value: object = None) -> None:
        self.edit_wanted.emit(Edit(path, op, value))

    def _change(self, key: str, value: object) -> None:
        self._emit("change", (*self._place(), key), value)

    def _add(self) -> None:
        self._before = {row.name for row in self._form.rows}
        self._emit("add", (self._form.key,))

    def _switch(self, at: int, *, on: bool) -> None:
        self._emit("set", self._form.switches[at].path, on)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._divided and self.model.rowCount():
            self._divided = True
            whole = self._split.height()
            card = min(self.room.sizeHint().height(), whole * 3 // 5)
            self._split.setSizes([whole - card, card])


def _columns(columns: tuple[FormColumn, ...]) -> Iterator[Column[FormRow]]:
    for at, each in enumerate(columns):
        yield Column(
            each.title,
            _of_cell(at, _words),
            each.width,
            _of_cell(at, _tone),
            number=each.number,
            tip=each.tip,
            room=each.room,
        )


def _of_cell(at: int, read: Callable[[FormCell], str]) -> Callable[[FormRow], str]:
    return lambda row: read(row.cells[at])


def _words(cell: FormCell) -> str:
    return action_text(cell.text) if cell.tone is Tone.ACTION else visible(cell.text)


def _tone(cell: FormCell) -> str:
    if cell.tone is Tone.ACTION:
        return tone_of(cell.text)
    if cell.tone is Tone.SEVERITY:
        return SEVERITY_TONES[Severity(cell.text or Severity.NONE)]
    return _TONES[cell.tone]
