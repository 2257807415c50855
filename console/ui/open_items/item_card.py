"""The chosen item: what was said, why it was raised, what became of it, and the decisions."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from console.base.plain_text import visible
from console.domain.given_label import Says
from console.domain.item import Picture
from console.domain.raised import MAX_NOTE, RaisedItem, Step
from console.ui.state.given_labels import label_words
from console.ui.state.labelling import COMMANDS as LABEL_COMMANDS
from console.ui.state.raised_words import STEP_TITLES, state_words
from console.ui.state.window_context import WindowContext
from console.ui.transcript.item_painters import painter_of
from console.ui.transcript.picture_view import PictureView
from console.ui.widgets.badge import badge_of
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import clock, count, short_key

COMMANDS = {
    Step.HANDLE: "item.handle",
    Step.DISMISS: "item.dismiss",
    Step.TAKE: "item.take",
    Step.ESCALATE: "item.escalate",
}
SAYING_WORDS = {
    Says.RIGHT: "Right",
    Says.WRONG: "Wrong",
    Says.OTHER: "Another label…",
}
TEXT_SIGNS = 600
"""Of what was said, as much as the card shows; the transcript below has all of it."""


class ItemCard(QWidget):
    """Shows the items that are chosen at the desk. Its buttons do what the keys do."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._items: list[RaisedItem] = []
        self.who = ElidedLabel().strengthen(1.15)
        self.where = ElidedLabel(ink="dim")
        self.where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said = PlainLabel(wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.picture = PictureView(context.pictures, context.theme, QSize(256, 144))
        self.verdict = PlainLabel(wrap=True)
        self.state = PlainLabel(ink="dim", wrap=True)
        self.note = line_field("Reason", "Reason (optional): goes with what you decide", "note")
        self.note.setMaxLength(MAX_NOTE)
        self.buttons = {step: self._button(step) for step in COMMANDS}
        self.saying = {says: self._saying(says) for says in Says}
        row, right = FlowLayout(gap=6), FlowLayout(gap=6)
        for button in self.buttons.values():
            row.addWidget(button)
        self.label = PlainLabel("Is the verdict right?", ink="dim")
        for part in (self.label, *self.saying.values()):
            right.addWidget(part)
        head = in_row((self.who, 1), (self.where, 1), spacing=10)
        in_column(
            head,
            self.said,
            self.picture,
            self.verdict,
            right,
            self.state,
            row,
            self.note,
            owner=self,
            margins=(16, 12, 16, 12),
            spacing=6,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        context.keymap.changed.connect(self._show_keys)
        context.desk.note = lambda: self.note.text() if self.isVisible() else ""
        context.desk.decided.connect(self.note.clear)
        self._show_keys()

    def show_items(self, items: list[RaisedItem], first: RaisedItem | None) -> None:
        """Show ``first`` of these items, all of them chosen; nothing changes for none."""
        if first is None:
            return
        self._items = items
        session = self._context.session
        item = first.item
        call = session.call(item.cid)
        self.who.show_text(session.names.shown(item.cid, item.author_id, item.author_name))
        when = clock(item.end_time)
        self.where.show_text(f"{when} in {visible(call.name if call else item.cid)}")
        lead, text = painter_of(item).lead(item), item.text
        cut = text[:TEXT_SIGNS] + ("…" if len(text) > TEXT_SIGNS else "")
        self.said.show_text(f"{lead}{cut}" if text else lead)
        self.picture.show_picture(item.body if isinstance(item.body, Picture) else None)
        badge = badge_of(first.verdict)
        self.verdict.show_text(f"{badge.sentence}. {visible(first.verdict.why)}".strip())
        self.verdict.set_ink({"bad": "bad", "warn": "warn"}.get(badge.tone, ""))
        words = state_words(first, self._context.desk.me, session.team.called, session.acts)
        if len(items) > 1:
            people = len({(one.item.cid, one.item.author_id) for one in items})
            whose = "of this incident" if people == 1 else f"of {people} people"
            words = f"{count(len(items), 'line')} {whose} are chosen together. {words}"
        self.state.show_text(words)
        label = label_words(session.labels.find(first.item_id))
        self.label.show_text(f"Labelled: {label}." if label else "Is the verdict right?")
        self._show_possible()

    def _button(self, step: Step) -> QPushButton:
        command = self._context.commands.table[COMMANDS[step]]
        press = partial(self._context.commands.run, command.id)
        button = push_button(command.title, press, name=f"button-{command.id}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _saying(self, says: Says) -> QPushButton:
        command = self._context.commands.table[LABEL_COMMANDS[says]]
        press = partial(self._context.commands.run, command.id)
        button = push_button(command.title, press, tone="link", name=f"button-{command.id}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip(command.help))
        return button

    def _show_possible(self) -> None:
        desk = self._context.desk
        mine = [one.handling.holder == desk.me for one in self._items if one.is_open]
        taken = bool(mine) and all(mine)
        self._show_keys(Step.GIVE_BACK if taken else Step.TAKE)
        for step, button in self.buttons.items():
            wanted = Step.GIVE_BACK if step is Step.TAKE and taken else step
            why = desk.why_not(wanted, tuple(one.item_id for one in self._items))
            button.setEnabled(not why)
            help_text = self._context.commands.table[COMMANDS[step]].help
            button.setToolTip(tip(f"{help_text}\n{why}".strip()))

    def _show_keys(self, take: Step = Step.TAKE) -> None:
        for says, button in self.saying.items():
            key = self._context.keymap.key(LABEL_COMMANDS[says])
            button.setText(
                f"{SAYING_WORDS[says]}   {short_key(key)}" if key else SAYING_WORDS[says]
            )
        for step, button in self.buttons.items():
            title = STEP_TITLES[take if step is Step.TAKE else step]
            key = self._context.keymap.key(COMMANDS[step])
            button.setText(f"{title}   {short_key(key)}" if key else title)
            button.setAccessibleName(title)
