"""Suspending the call, and who waits for their rights."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.acts.suspension import RESUME_CALL, SUSPEND_CALL
from console.domain.acts.table import spec_of
from console.domain.call import Call, permission_words
from console.domain.suspended import HeldRights
from console.protocol.suspensions import AskSuspension, SuspensionAnswer
from console.ui.acts.act_button import ActButton
from console.ui.state.engine_link import new_id
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.short_texts import clock_minute, count

ROWS_SHOWN = 5
_HELD = Qt.ItemDataRole.UserRole


def held_words(person: HeldRights) -> str:
    """Who waits, and for what; safe to look at."""
    held = visible(permission_words(person.held)) or "nothing they were seen to use"
    doubt = "" if person.known else " (Stream did not tell what they may use)"
    return f"{visible(person.name) or visible(person.user_id)}: {held}{doubt}"


class SuspensionBox(QFrame):
    """Both acts, and the list of those who wait, each of whom can have theirs back alone."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._controller = context.controller
        self._asked: tuple[str, int] = ("", 0)
        self._since = 0.0
        self._call: Call | None = None
        find = context.controller.call_target
        self.suspend = ActButton(spec_of(SUSPEND_CALL), context, find, icon=True)
        self.resume = ActButton(spec_of(RESUME_CALL), context, find, icon=True)
        self.words = PlainLabel(ink="warn", wrap=True)
        self.waiting = QListWidget()
        self.waiting.setObjectName("suspended-people")
        self.waiting.setAccessibleName("People who wait for their rights")
        self.waiting.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.waiting.itemActivated.connect(lambda _item: self._give_back())
        self.waiting.itemSelectionChanged.connect(self._name_them)
        self.give = QPushButton("Give back to the chosen")
        self.give.setObjectName("give-back-chosen")
        self.give.setAutoDefault(False)
        self.give.clicked.connect(self._give_back)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=6)
        for button in (self.suspend, self.resume, self.give):
            flow.addWidget(button)
        in_column(buttons, self.words, self.waiting, owner=self, spacing=6)
        self._show_people(())

    def show_call(self, call: Call | None) -> None:
        """Show what is suspended in ``call``."""
        self._call = call
        self.suspend.refresh()
        self.resume.refresh()
        waits = (call.cid, call.to_give_back) if call is not None else ("", 0)
        if waits == self._asked:
            self._say()
            return
        self._asked = waits
        if call is not None and call.to_give_back:
            question = AskSuspension(new_id(), call.cid)
            self._context.link.ask(question, partial(self._on_answer, waits))
        else:
            self._show_people(())

    def _on_answer(self, waits: tuple[str, int], answer: SuspensionAnswer) -> None:
        if waits == self._asked and not answer.sentence:
            self._since = answer.since
            self._show_people(answer.people)

    def _show_people(self, people: tuple[HeldRights, ...]) -> None:
        self.waiting.clear()
        for person in people:
            item = QListWidgetItem(held_words(person))
            item.setData(_HELD, person)
            self.waiting.addItem(item)
        self.waiting.setVisible(bool(people))
        self.give.setVisible(bool(people))
        rows = min(len(people), ROWS_SHOWN)
        height = self.waiting.sizeHintForRow(0) if rows else 0
        self.waiting.setFixedHeight(rows * max(height, 1) + 2)
        self._name_them()
        self._say()

    def _say(self) -> None:
        call = self._call
        waiting = self.waiting.count()
        self.words.setVisible(bool(waiting))
        if call is None or not waiting:
            return
        who = count(waiting, "person waits", "people wait")
        since = f" since {clock_minute(self._since)}" if self._since else ""
        taken = permission_words(call.suspended)
        ends = f"{visible(taken)} taken from everybody; " if taken else "Being given back; "
        words = f"{ends}{who} for what they had{since}."
        self.words.show_text(words[0].upper() + words[1:])

    def _chosen(self) -> list[HeldRights]:
        return [item.data(_HELD) for item in self.waiting.selectedItems()]

    def _name_them(self) -> None:
        chosen = self._chosen()
        one = visible(chosen[0].name) if len(chosen) == 1 else ""
        some = f"{len(chosen)} people" if chosen else "the chosen"
        self.give.setText(f"Give back to {one or some}".replace("&", "&&"))
        self.give.setEnabled(bool(chosen))

    def _give_back(self) -> None:
        call = self._call
        targets = [
            Target(
                cid=call.cid,
                session_id=call.session_id,
                user_id=person.user_id,
                name=person.name,
                call_name=call.name,
            )
            for person in self._chosen()
            if call is not None
        ]
        if targets:
            self._controller.request_act(RESUME_CALL, targets)
