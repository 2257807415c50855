"""The chosen person: who they are, what they ask, every act, what they said, what was done.

Where several people are chosen, how many and who, and the same acts for all of them.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS
from console.domain.call import Participant, permission_words
from console.protocol.people import PersonCard, Remembered, WatchPerson
from console.ui.acts.act_button import ActButton
from console.ui.acts.act_matrix import ActMatrix
from console.ui.people.card_frames import CardFrames
from console.ui.people.card_head import CardHead
from console.ui.people.card_picture import CardPicture
from console.ui.people.card_tabs import CardTabs
from console.ui.people.card_words import (
    LEFT,
    chat_chips,
    chips_of,
    devices_words,
    earlier_names,
    standing_help,
    standing_line,
)
from console.ui.people.erase_dialog import EraseDialog
from console.ui.people.large_picture import LargePicture
from console.ui.state.act_refusals import has_left
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.own_seat import own_words
from console.ui.state.raised_words import appearance_sign
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.timers import one_shot

_NOBODY = Blank(
    "person", "Choose a person to see their card.", "Shift or Ctrl chooses several people at once."
)
_CHOOSE = "Choose one person first."

REFRESH_MS = 400


class PersonCardView(Panel):
    """Shows controller.target, or everybody in controller.chosen."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._card: PersonCard | None = None
        self.setObjectName("person-card")
        self.head = CardHead(context.theme, self._press_watch)
        self.name = self.head.name
        self.request = _RequestBox(context)
        self.matrix = ActMatrix(context)
        self._shown_id = ""
        self.frames = CardFrames(context)
        self._picture = CardPicture(context, self)
        self._picture.changed.connect(self._show_picture)
        self._large = LargePicture(self, context.theme)
        self.head.disc.held.connect(self._hold_picture)
        self.tabs = CardTabs(context, self._whom)
        self._stack = QStackedWidget()
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NOBODY)
        self._lay_out()
        self._again = one_shot(REFRESH_MS, self)
        self._again.timeout.connect(context.controller.refresh_person)
        session, controller = context.session, context.controller
        controller.person_chosen.connect(self._on_person_chosen)
        controller.people_chosen.connect(self._on_people_chosen)
        controller.card_ready.connect(self._on_card)
        session.people_changed.connect(self.refresh)
        session.names_changed.connect(self.refresh)
        session.calls_changed.connect(self.refresh)
        session.state_changed.connect(self.refresh)
        session.acts_changed.connect(self._on_acts_changed)
        session.verdicts_changed.connect(self._on_lines)
        session.about.watched_changed.connect(self.refresh)
        session.raised.changed.connect(self._on_raised)
        session.listening.changed.connect(self._on_listening)
        session.about.notes_changed.connect(self._on_notes)
        self.refresh()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "person.watch": self.toggle_watch,
            "person.note": self.write_note,
            "person.erase": self.erase_person,
        }

    def take_focus(self) -> None:
        self.tabs.take_focus()
        self._scroll.ensureWidgetVisible(self.tabs)

    def step(self, by: int) -> str:
        return self.tabs.step(by)

    def activate(self) -> str:
        return self.tabs.activate()

    def toggle_watch(self) -> str:
        """Watch whoever is chosen, or no longer; says which."""
        target = self._context.controller.target
        if target is None:
            return _CHOOSE
        on = not self._context.session.about.watched(target.user_id)
        question = WatchPerson(new_id(), target.user_id, target.name, on)
        self._context.link.ask(question, self._on_remembered)
        name = self._context.controller.called(target)
        self._context.controller.say(f"{name} is {'watched' if on else 'not watched any more'}.")
        return ""

    def erase_person(self) -> str:
        """Show what would go of whoever is chosen, and ask."""
        target = self._context.controller.target
        if target is None:
            return _CHOOSE
        EraseDialog(self._context, target, self.window()).open()
        return ""

    def write_note(self) -> str:
        """Begin a note about whoever is chosen."""
        if self._context.controller.target is None:
            return _CHOOSE
        self.wanted.emit()
        self.tabs.write_note()
        self._scroll.ensureWidgetVisible(self.tabs.notes.field)
        return ""

    def refresh(self) -> None:
        """Show what is known of the chosen person now."""
        target, chosen = self._context.controller.target, self._context.controller.chosen
        self._stack.setCurrentIndex(1 if chosen else 0)
        self.matrix.refresh()
        self.frames.show_target(target)
        self._picture.show_target(target)
        self._show_picture()
        self.tabs.setVisible(len(chosen) < 2)
        self.head.watch.setVisible(len(chosen) < 2)
        self._room.setVisible(len(chosen) > 1)
        if target is None:
            if chosen:
                self._show_several(chosen)
            return
        session = self._context.session
        person = self._person(target)
        name = session.names.shown(
            target.cid, target.user_id, (person and person.name) or target.name
        )
        self.name.show_text(name)
        self._show_ids()
        self.head.disc.show_person(target.user_id, name)
        chips = [LEFT] if has_left(session, target) else chips_of(person)
        raised = session.raised.appearance_of(target.cid, target.user_id)
        about_appearance = [appearance_sign(raised)] if raised is not None else []
        call = session.call(target.cid)
        in_chat = chat_chips(call.in_chat(target.user_id) if call is not None else "")
        self.head.show_chips([*about_appearance, *in_chat, *self._places(target), *chips])
        self._show_standing()
        mark = session.about.marks.get(target.user_id)
        key = self._context.keymap.key("person.watch")
        self.head.show_watched(mark is not None, key, visible(mark.by) if mark else "")
        self.request.show_person(person)

    def _show_picture(self) -> None:
        self.head.disc.show_picture(self._picture.pixmap(), self._picture.words())
        if self._large.isVisible():
            self._hold_picture(True)  # it may be another by now, or one that nobody may see

    def _hold_picture(self, held: bool) -> None:
        disc = self.head.disc
        top = disc.mapTo(self, disc.rect().bottomLeft()).y() + 4
        self._large.show_below(self._picture.sharp() if held else None, top)

    def _places(self, target: Target) -> list[tuple[str, str, str]]:
        """A chip where they are on several devices or in several calls."""
        devices = self._context.session.people.devices(target.cid, target.user_id)
        card = self._card_of(target)
        words = devices_words(devices or (card.devices if card else ()), card.calls if card else ())
        return [("all", words, "text_dim")] if words else []

    def _show_standing(self) -> None:
        card = self._card_of(self._context.controller.target)
        said = self.tabs.said
        words = standing_line(card, said.raised_count(), said.rowCount()) if card else ""
        self.head.standing.show_text(words)
        self._show_ids()
        if card is not None:
            help_text = standing_help(card, self._context.clock.now())
            self.head.standing.setToolTip(tip(help_text))

    def _show_ids(self) -> None:
        """Id and role, and what they were called before: another name is no other person."""
        target = self._context.controller.target
        if target is None:
            return
        person = self._person(target)
        card = self._card_of(target)
        name = person.name if person is not None else target.name
        role = visible(person.role) if person is not None else ""
        earlier = earlier_names(card, name) if card is not None else ""
        you = own_words(self._context.session, person) if person is not None else ""
        parts = (you, earlier, visible(target.user_id), role)
        self.head.ids.show_text(" · ".join(filter(None, parts)))

    def _show_several(self, chosen: tuple[Target, ...]) -> None:
        self.name.show_text(f"{len(chosen)} people chosen")
        self.head.ids.show_text("Each act below is for all of them")
        self.head.standing.show_text("")
        self._room.show_text(self._context.controller.named(chosen, most=40))
        self.head.disc.show_person("", str(len(chosen)))
        self.head.disc.show_watched(False)
        self.head.show_chips(())
        self.request.show_person(None)

    def _whom(self) -> str:
        target = self._context.controller.target
        return target.user_id if target is not None else ""

    def _card_of(self, target: Target | None) -> PersonCard | None:
        card = self._card
        known = card and target and (card.cid, card.user_id) == (target.cid, target.user_id)
        return card if known else None

    def _person(self, target: Target) -> Participant | None:
        known = self._context.session.people.person(target.cid, target.user_id)
        if known is None and self._card is not None and self._card.user_id == target.user_id:
            return self._card.person
        return known

    def _leave_the_acts(self, target: Target | None) -> None:
        """The card is somebody else's: a button that has the keyboard would act on them."""
        user_id = target.user_id if target else ""
        before, self._shown_id = self._shown_id, user_id
        focus = QApplication.focusWidget()
        if not before or user_id == before or focus is None or not self.matrix.isAncestorOf(focus):
            return
        if isinstance(focus, QAbstractButton) and focus.isDown():
            # The press under way is for whoever it began with, and would be lost with the focus.
            once = Qt.ConnectionType.SingleShotConnection
            focus.released.connect(self._move_focus_off, once)
        else:
            self._move_focus_off()

    def _move_focus_off(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self.matrix.isAncestorOf(focus):
            return
        if self.tabs.isVisible():
            self.take_focus()
        else:
            focus.clearFocus()

    def _on_person_chosen(self, target: Target | None) -> None:
        self._hold_picture(False)  # it was of whoever was chosen before
        self._leave_the_acts(target)
        if target and self._card_of(target):
            self.refresh()  # the same person on another device, or chosen from another list
            return
        self._card = None
        self.tabs.show_card(None)
        self.refresh()

    def _on_people_chosen(self, chosen: tuple[Target, ...]) -> None:
        if len(chosen) > 1:
            self.refresh()

    def _on_card(self, card: PersonCard) -> None:
        target = self._context.controller.target
        if target is None or (card.cid, card.user_id) != (target.cid, target.user_id):
            return
        self._card = card
        self.tabs.show_card(card)
        self.refresh()

    def _press_watch(self) -> None:
        self.toggle_watch()
        self.refresh()  # the button shows what is kept, not what was pressed

    def _on_remembered(self, answer: Remembered) -> None:
        if answer.sentence:
            self._context.controller.say(answer.sentence, "bad")

    def _on_listening(self) -> None:
        if self._whom() == self._context.session.state.user_id:  # the seat that listens
            self._show_ids()
            self.matrix.refresh()

    def _on_notes(self, user_ids: tuple[str, ...]) -> None:
        if self._whom() in user_ids:
            self._context.controller.refresh_person()

    def _on_acts_changed(self, act_ids: tuple[str, ...]) -> None:
        target = self._context.controller.target
        acts = self._context.session.acts
        if target is not None and any(target.user_id in acts[id_].act.user_ids for id_ in act_ids):
            self._again.start()
            self.refresh()

    def _on_raised(self, item_ids: tuple[str, ...]) -> None:
        target, raised = self._context.controller.target, self._context.session.raised
        found = [raised.find(item_id) for item_id in item_ids]
        if target is not None and (
            not found or any(one is None or one.item.author_id == target.user_id for one in found)
        ):
            self.refresh()

    def _on_lines(self, item_ids: tuple[str, ...]) -> None:
        target = self._context.controller.target
        if target is None or self._again.isActive():
            return
        history = self._context.session.history
        lines = (history.line(item_id) for item_id in item_ids)
        if any(line and line.item.author_id == target.user_id for line in lines):
            self._again.start()

    def _lay_out(self) -> None:
        # A request comes below the acts: what a person does must not move the buttons that act
        # on them.
        page = QWidget()
        # Takes the room of the lines, so that the acts stay where they are for several people.
        self._room = PlainLabel(ink="dim", wrap=True)
        self._room.setObjectName("chosen-names")
        self._room.setContentsMargins(12, 6, 12, 8)
        self._room.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._room.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        rest = QWidget()
        in_column(
            in_column(
                self.matrix,
                self.request,
                self.frames,
                margins=(12, 8, 12, 4),
                spacing=8,
            ),
            (self.tabs, 1),
            (self._room, 1),
            owner=rest,
        )
        # Who it is stays in sight, however far the rest was scrolled.
        self._scroll = ScrollRoom(rest)
        in_column(in_column(self.head, margins=(12, 10, 12, 0)), (self._scroll, 1), owner=page)
        self._stack.addWidget(self.blank)
        self._stack.addWidget(page)
        in_column(self._stack, owner=self)

    def sizeHint(self) -> QSize:
        return QSize(332, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)


class _RequestBox(QFrame):
    """What the person asks for, with the two answers. It keeps its place only while they ask."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.setProperty("surface", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = PlainLabel(ink="accent", wrap=True)
        self._buttons = [
            ActButton(spec, context, lambda: context.controller.target, small=True, icon=True)
            for spec in ACTS
            if spec.scope is Scope.REQUEST
        ]
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self._buttons:
            row.addWidget(button, 1)
        in_column(self._words, row, owner=self, margins=(8, 6, 8, 8), spacing=6)
        self.hide()

    def show_person(self, person: Participant | None) -> None:
        """Show what ``person`` asks for; nothing hides the box."""
        asked = permission_words(person.asked) if person else ""
        self.setVisible(bool(asked))
        if asked:
            self._words.show_text(f"Asks for {asked}")
            for button in self._buttons:
                button.refresh()
