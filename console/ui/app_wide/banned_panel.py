"""Who is banned from the app; and people by their ids, wherever they are, for acts in the app."""

import re

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from console.base.plain_text import visible
from console.domain.acts.account import DEACTIVATE_USER, REACTIVATE_USER
from console.domain.acts.ban import BAN, UNBAN
from console.domain.acts.table import spec_of
from console.domain.phase import Phase
from console.protocol.app_wide import AskBanned, BannedAnswer, BannedPerson
from console.ui.acts.act_button import ActButton
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.short_texts import count, moment
from console.ui.widgets.table_model import Column, TableModel
from console.ui.widgets.timers import one_shot

AGAIN_MS = 800
"""After a ban or an unban the list is read again so much later."""

MOST_IDS = 100
_READING = Blank("hourglass", "Reading who is banned…")
_NOBODY = Blank("ban", "Nobody is banned from the app.")
_SEPARATORS = re.compile(r"[\s,;]+")
_CONCERNS = (BAN, UNBAN)


def until_words(person: BannedPerson) -> str:
    """Until when a ban holds."""
    return moment(person.until) if person.until else "for good"


COLUMNS = (
    Column[BannedPerson]("Name", lambda p: visible(p.name)),
    Column[BannedPerson]("Until", until_words, 124, key=lambda p: p.until or float("inf")),
    Column[BannedPerson]("By", lambda p: visible(p.by), 84, room=340),
    Column[BannedPerson]("Reason", lambda p: visible(p.reason), 130, room=440),
)


def row_tip(person: BannedPerson) -> str:
    """All of a ban, as plain text."""
    shadow = "They do not notice it." if person.shadow else ""
    by = f"Banned by {person.by or 'somebody whom Stream does not name'}"
    since = f"since {moment(person.since)}, until {until_words(person)}"
    return "\n".join(filter(None, (person.user_id, f"{by} {since}", person.reason, shadow)))


class BannedPanel(Panel):
    """Choosing a row, or ids, aims the acts of the inspector at those people."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._people: tuple[BannedPerson, ...] = ()
        self._read = False
        self.ids = EntryField("User ids, with commas between", "User ids")
        self.ids.setObjectName("app-wide-ids")
        self.ids.returnPressed.connect(self.choose_ids)
        self.ids.left.connect(self.take_focus)
        self.choose = QPushButton("Choose")
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.choose_ids)
        chosen = lambda: context.controller.chosen  # noqa: E731  # said three times below
        kinds = (BAN, DEACTIVATE_USER, REACTIVATE_USER)
        self.acts = [ActButton(spec_of(kind), context, chosen, small=True) for kind in kinds]
        self.unban = ActButton(spec_of(UNBAN), context, chosen, small=True)
        self.model = TableModel(COLUMNS, self, row_tip=row_tip)
        self.table = self.rows = RowTable(self.model, "Banned users", context.theme, sortable=True)
        self.table.setObjectName("banned")
        self.table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose_rows())
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_READING)
        self._stack = stacked(self.blank, self.table)
        self.words = PlainLabel(ink="faint", wrap=True)
        self.more = QPushButton("More")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(lambda: self._ask(len(self._people)))
        self.again = QPushButton("Read again")
        self.again.setAutoDefault(False)
        self.again.clicked.connect(lambda: self._ask(0))
        by_id = in_row((self.ids, 1), self.choose, spacing=6)
        acts = in_row(*self.acts, None, spacing=4)
        foot = in_row(self.unban, self.more, self.again, None, spacing=6)
        head = in_column(by_id, acts, margins=(8, 8, 8, 6), spacing=6)
        tail = in_column(self.words, foot, margins=(8, 4, 8, 8), spacing=4)
        in_column(head, (self._stack, 1), tail, owner=self)
        self._later = one_shot(AGAIN_MS, self)
        self._later.timeout.connect(self._on_state)
        session = context.session
        session.acts_changed.connect(self._on_acts)
        session.state_changed.connect(lambda _state: self._on_state())
        session.cleared.connect(self._forget)
        context.controller.people_chosen.connect(lambda _people: self._refresh_acts())
        self._on_state()

    def choose_ids(self) -> None:
        """Aim at the people whose ids were typed."""
        ids = list(dict.fromkeys(filter(None, _SEPARATORS.split(self.ids.text()))))
        if len(ids) > MOST_IDS:
            self._context.controller.say(f"Choose {MOST_IDS} people at most.", "warn")
            return
        banned = {person.user_id for person in self._people}
        self._context.controller.choose_people(
            [Target(cid="", user_id=each, name=each, banned=each in banned) for each in ids]
        )

    def _choose_rows(self) -> None:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        people = [person for row in rows if (person := self.model.row(row)) is not None]
        if people:
            self._context.controller.choose_people(
                [
                    Target(cid="", user_id=person.user_id, name=person.name, banned=True)
                    for person in people
                ]
            )

    def _refresh_acts(self) -> None:
        for button in (*self.acts, self.unban):
            button.refresh()

    def _on_state(self) -> None:
        live = self._context.session.state.phase is Phase.LIVE
        if live and self.isVisible() and not self._read:
            self._read = True
            self._ask(0)
        self._refresh_acts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_state()

    def _on_acts(self, act_ids: tuple[str, ...]) -> None:
        acts = self._context.session.acts
        if any(each in acts and acts[each].act.kind in _CONCERNS for each in act_ids):
            self._read = False
            self._later.start()
        self._refresh_acts()

    def _forget(self) -> None:
        self._read = False
        self._people = ()
        self._show()

    def _ask(self, skip: int) -> None:
        self._context.link.ask(AskBanned(new_id(), skip), self._on_answer)

    def _on_answer(self, answer: BannedAnswer) -> None:
        if answer.sentence:
            self.words.show_text(answer.sentence)
            self.blank.show_blank(Blank("warning", answer.sentence))
            return
        known = {person.user_id: person for person in self._people} if answer.skip else {}
        self._people = tuple((known | {p.user_id: p for p in answer.people}).values())
        self.more.setVisible(answer.more)
        self._show()

    def _show(self) -> None:
        self.model.change_rows(self._people)
        self.blank.show_blank(_NOBODY if self._read else _READING)
        self._stack.setCurrentIndex(1 if self._people else 0)
        words = f"{count(len(self._people), 'person', 'people')} banned" if self._people else ""
        self.words.show_text(words + (" so far read" if not self.more.isHidden() and words else ""))
        self.note_changed.emit(str(len(self._people)) if self._people else "")

    def sizeHint(self) -> QSize:
        return QSize(332, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)
