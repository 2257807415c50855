"""The chosen person: who they are, what they ask, every act, what they said, what was done.

Where several people are chosen, how many and who, and the same acts for all of them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.act import ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS
from console.domain.call import TRACKS, Participant, permission_words
from console.protocol.acts import ActProgress
from console.protocol.people import PersonCard
from console.ui.acts.act_button import ActButton
from console.ui.acts.act_matrix import ActMatrix
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.people.people_delegate import track_sign
from console.ui.state.act_refusals import has_left
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.state.wording import done_text, receipt_words
from console.ui.widgets.avatar import paint_disc
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel
from console.ui.widgets.scroll_room import ScrollRoom
from console.ui.widgets.short_texts import clock, count
from console.ui.widgets.theme import Theme
from console.ui.widgets.timers import one_shot

_NOBODY = Blank(
    "person", "Choose a person to see their card.", "Shift or Ctrl chooses several people at once."
)
_LEFT = (("kick", "not in the call", "text_faint"),)

REFRESH_MS = 400
LEAST_LINES = 72
"""Pixels of what they said that stay in sight, however low the window is."""


def chips_of(person: Participant | None) -> list[tuple[str, str, str]]:
    """Icon, word and token of each state of a person worth a chip."""
    if person is None:
        return []
    chips: list[tuple[str, str, str]] = []
    if person.banned:
        chips.append(("ban", "banned", "bad"))
    if person.blocked:
        chips.append(("block", "blocked", "bad"))
    if not person.user_session_id:
        chips += _LEFT
    else:
        signs = (track_sign(person, track) for track in TRACKS)
        chips += [(sign.icon, _short(sign.words), sign.token) for sign in signs if sign]
    return chips


def _short(words: str) -> str:
    words = words.lower().replace(" by a moderator", "")
    return words.replace("microphone", "mic").replace("screen share", "screen")


def done_line(progress: ActProgress) -> str:
    """One act on this person as a line of text, safe to look at."""
    act, receipt = progress.act, progress.receipt
    words = f"{clock(act.requested_at)}  {visible(act.by) or 'somebody'} {done_text(act)}"
    if receipt.undone_by:
        return f"{words} · undone"
    if receipt.state is not ReceiptState.SEEN:
        return f"{words} · {receipt_words(receipt)}"
    return words


class PersonCardView(Panel):
    """Shows controller.target, or everybody in controller.chosen."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        theme = self._theme = context.theme
        self._card: PersonCard | None = None
        self.setObjectName("person-card")
        self._disc = _Disc(theme)
        self.name = ElidedLabel().strengthen(1.15)
        self._ids = ElidedLabel(ink="faint")
        self._chips = FlowLayout()
        self._chip_widgets: list[Chip] = []
        self.request = _RequestBox(context)
        self.matrix = ActMatrix(context)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("What they said, or what was done to them")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.addTab("Said")
        self._tabs.addTab("Done to them")
        self._lines_model = CardLinesModel(context.session, self)
        self._lines = CardLines(self._lines_model, theme)
        self.done = QListWidget()
        self.done.setObjectName("card-done")
        self.done.setAccessibleName("What was done to them")
        self.done.setWordWrap(True)
        self._pages = stacked(self._lines, self.done)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._stack = QStackedWidget()
        self.blank = BlankPage(theme)
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
        self.refresh()

    def take_focus(self) -> None:
        self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show what is known of the chosen person now."""
        target, chosen = self._context.controller.target, self._context.controller.chosen
        self._stack.setCurrentIndex(1 if chosen else 0)
        self.matrix.refresh()
        self._lower.setVisible(len(chosen) < 2)
        self._room.setVisible(len(chosen) > 1)
        if target is None:
            if chosen:
                self._show_several(chosen)
            return
        person = self._person(target)
        names = self._context.session.names
        name = names.shown(target.cid, target.user_id, (person and person.name) or target.name)
        self.name.show_text(name)
        role = f" · {visible(person.role)}" if person and person.role else ""
        self._ids.show_text(f"{visible(target.user_id)}{role}")
        self._disc.show_person(target.user_id, name)
        self._show_chips(_LEFT if has_left(self._context.session, target) else chips_of(person))
        self.request.show_person(person)

    def _show_several(self, chosen: tuple[Target, ...]) -> None:
        self.name.show_text(f"{len(chosen)} people chosen")
        self._ids.show_text("Each act below is for all of them")
        self._room.show_text(self._context.controller.named(chosen, most=40))
        self._disc.show_person("", str(len(chosen)))
        self._show_chips(())
        self.request.show_person(None)

    def _person(self, target: Target) -> Participant | None:
        known = self._context.session.people.find(
            target.cid, target.user_id, target.user_session_id
        )
        if known is None and self._card is not None and self._card.user_id == target.user_id:
            return self._card.person
        return known

    def _show_chips(self, wanted: Sequence[tuple[str, str, str]]) -> None:
        for chip in self._chip_widgets[len(wanted) :]:
            chip.hide()
        for place, (icon, word, token) in enumerate(wanted):
            if place == len(self._chip_widgets):
                chip = Chip(self._theme, icon, word, token)
                self._chip_widgets.append(chip)
                self._chips.addWidget(chip)
            self._chip_widgets[place].show_state(icon, word, token)
            self._chip_widgets[place].show()

    def _on_person_chosen(self, target: Target | None) -> None:
        card = self._card
        if target and card and (card.cid, card.user_id) == (target.cid, target.user_id):
            self.refresh()  # the same person on another device, or chosen from another list
            return
        self._card = None
        self._lines_model.show_card(None)
        self.done.clear()
        self._tabs.setTabText(0, "Said")
        self._tabs.setTabText(1, "Done to them")
        self.refresh()

    def _on_people_chosen(self, chosen: tuple[Target, ...]) -> None:
        if len(chosen) > 1:
            self.refresh()

    def _on_card(self, card: PersonCard) -> None:
        target = self._context.controller.target
        if target is None or (card.cid, card.user_id) != (target.cid, target.user_id):
            return
        self._card = card
        self._lines_model.show_card(card)
        raised = self._lines_model.raised_count()
        said = f"Said {len(card.items)}"
        self._tabs.setTabText(0, f"{said} · {raised} raised" if raised else said)
        self._tabs.setTabText(1, f"Done to them {len(card.acts)}")
        self.done.clear()
        self.done.addItems([done_line(progress) for progress in reversed(card.acts)])
        self._tabs.setToolTip(count(len(card.calls), "call") + " now")
        self.refresh()

    def _on_acts_changed(self, act_ids: tuple[str, ...]) -> None:
        target = self._context.controller.target
        acts = self._context.session.acts
        if target is not None and any(target.user_id in acts[id_].act.user_ids for id_ in act_ids):
            self._again.start()
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
        names = in_column(self.name, self._ids, spacing=1)
        # Chips have one line whatever they say, and a request comes below the acts: what a
        # person does must not move the buttons that act on them.
        chips = QWidget()
        chips.setLayout(self._chips)
        chips.setFixedHeight(self.fontMetrics().height() + 6)
        page = QWidget()
        self._lower = QWidget()
        in_column(self._tabs, (self._pages, 1), owner=self._lower)
        self._pages.setMinimumHeight(LEAST_LINES)
        # Takes the room of the lines, so that the acts stay where they are for several people.
        self._room = PlainLabel(ink="dim", wrap=True)
        self._room.setObjectName("chosen-names")
        self._room.setContentsMargins(12, 6, 12, 8)
        self._room.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._room.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        in_column(
            in_column(
                in_row(self._disc, (names, 1), spacing=10),
                chips,
                self.matrix,
                self.request,
                margins=(12, 10, 12, 4),
                spacing=8,
            ),
            (self._lower, 1),
            (self._room, 1),
            owner=page,
        )
        self._stack.addWidget(self.blank)
        self._stack.addWidget(page)
        in_column(ScrollRoom(self._stack), owner=self)

    def sizeHint(self) -> QSize:
        return QSize(332, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)


class _Disc(QWidget):
    """The person's disc, large."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._person = ("", "")
        self.setFixedSize(36, 36)
        theme.changed.connect(self.update)

    def show_person(self, user_id: str, name: str) -> None:
        """Show this person."""
        self._person = (user_id, name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRect(0, 0, 36, 36)
        paint_disc(painter, rect, *self._person, self._theme, Fonts(self.font()))
        painter.end()


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
