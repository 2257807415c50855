"""Lines worth labelling: walk through them with J and K, say right, wrong or another label."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from console.domain.given_label import Says
from console.domain.phase import Phase
from console.domain.worth_labelling import Worth
from console.protocol.labels import AskWorthLabelling, WorthLabelling
from console.ui.labels.worth_model import WorthModel, line_of
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.labelling import COMMANDS, JudgedLine
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count, short_key

LIMIT = 500

_READING = Blank("hourglass", "Reading…")
_NONE = Blank(
    "check",
    "No line is worth a label now.",
    "Here come lines that Stream judged otherwise, lines near a threshold, and lines whose act was "
    "taken back.",
    "worth.read",
    "Look again",
)


class WorthPanel(Panel):
    """Reads when it is shown. A label moves on to the next line; none moves by itself."""

    search: SearchField

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._link = context.link
        self._asked = ""
        self._trouble = ""
        labels = context.session.labels
        self.model = WorthModel(self._call_name, labels.find, self)
        self.search = SearchField("Find a line, a person or a call", "Only lines that hold")
        self.search.settled.connect(self.model.select)
        self.search.left.connect(self.take_focus)
        self.why = ElidedLabel(ink="dim")
        self.buttons = {says: self._button(says) for says in Says}
        self.again = push_button("Look again", self.refresh, spoken="Look for lines again")
        self.table = self.rows = RowTable(
            self.model, "Lines worth labelling", context.theme, sortable=True
        )
        self.table.setObjectName("worth")
        self.table.chosen.connect(self._jump)
        self.table.selectionModel().currentRowChanged.connect(self._show_why)
        self.blank = BlankPage(context.theme, low=True)
        self.blank.command_wanted.connect(self.refresh)
        self._stack = stacked(self.table, self.blank)
        head = in_row((self.search, 1), *self.buttons.values(), self.again, margins=(12, 6, 12, 2))
        foot = in_row((self.why, 1), margins=(14, 0, 12, 4))
        in_column(head, foot, (self._stack, 1), owner=self)
        self.model.modelReset.connect(self._show)
        labels.changed.connect(self._on_labels)
        context.labelling.labelled.connect(self._go_on)
        context.session.state_changed.connect(self._show)
        context.keymap.changed.connect(self._show_keys)
        self._show_keys()
        self._show()

    def refresh(self) -> None:
        """Look for lines again."""
        self._link.forget(self._asked)
        self._asked = self._link.ask(AskWorthLabelling(new_id(), LIMIT), self._on_lines)
        self._show()

    def line_meant(self) -> JudgedLine | None:
        worth = self._current()
        return line_of(worth) if worth is not None and self.table.isVisible() else None

    def activate(self) -> str:
        worth = self._current()
        if worth is None:
            return "Choose a line first."
        self._jump(worth)
        return ""

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.blank.take_focus()

    def _current(self) -> Worth | None:
        return self.model.row(self.table.currentIndex().row())

    def _on_lines(self, answer: WorthLabelling) -> None:
        self._asked = ""
        self._trouble = answer.sentence
        current = self._current()
        self.model.show_rows(answer.lines)
        key = current.judged.item.item_id if current is not None else ""
        row = self.model.find(lambda each: each.judged.item.item_id == key)
        self.table.choose(max(0, row) if self.model.rows else -1)
        self._show_why()

    def _on_labels(self, _ids: object) -> None:
        self.table.viewport().update()
        self._tell()

    def _go_on(self, item_id: str) -> None:
        """To the next line, where the current one got its label."""
        current = self._current()
        if current is None or current.judged.item.item_id != item_id or not self.isVisible():
            return
        row = self.model.next_unlabelled(self.table.currentIndex().row())
        if row >= 0:
            self.table.choose(row)
        else:
            self._context.controller.say("Every line of this list has a label now.", "good")

    def _jump(self, worth: Worth) -> None:
        item = worth.judged.item
        self._context.controller.show_line(item.cid, item.item_id)

    def _button(self, says: Says) -> QPushButton:
        command = self._context.commands.table[COMMANDS[says]]
        button = push_button(command.title, lambda: self._say(says), spoken=command.title)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _say(self, says: Says) -> None:
        if why := self._context.labelling.say(says, self.line_meant()):
            self._context.controller.say(why, "warn")

    def _show_keys(self) -> None:
        for says, button in self.buttons.items():
            key = self._context.keymap.key(COMMANDS[says])
            title = {"right": "Right", "wrong": "Wrong", "other": "Another label…"}[says.value]
            button.setText(f"{title}   {short_key(key)}" if key else title)

    def _show_why(self) -> None:
        worth = self._current()
        self.why.show_text(worth.why if worth is not None else "")
        for button in self.buttons.values():
            button.setEnabled(worth is not None)

    def _tell(self) -> None:
        kept = count(self._context.session.labels.counts.all, "label")
        left = f"{self.model.unlabelled:,} of {count(self.model.total, 'line')} left, "
        self.note_changed.emit(f"{left if self.model.total else ''}{kept} kept")

    def _show(self) -> None:
        shown = bool(self.model.rows)
        self._tell()
        self._show_why()
        self.search.setEnabled(bool(self.model.total))
        self.again.setEnabled(not self._asked)
        if not shown:
            self.blank.show_blank(self._blank())
        held = self.blank.has_focus() or self.table.hasFocus()
        self._stack.setCurrentWidget(self.table if shown else self.blank)
        if held:
            self.take_focus()

    def _blank(self) -> Blank:
        if self._context.session.state.phase is Phase.SIGNED_OUT:
            return Blank("plug", "You are signed out.", "Labels belong to an app; sign in first.")
        if self._trouble:
            return Blank("warning", self._trouble, "", "worth.read", "Try again", "warn")
        if self.model.total:
            return Blank("filter", "No line fits.", "Empty the field to see all of them.")
        return _READING if self._asked else _NONE

    def _call_name(self, cid: str) -> str:
        call = self._context.session.call(cid)
        return call.name if call is not None else cid.partition(":")[2] or cid

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._context.session.state.phase is not Phase.SIGNED_OUT:
            self.refresh()
