"""The stage of the open items: the chosen item, and the transcript of its call around it."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.domain.raised import RaisedItem
from console.ui.command_table.commands import act_command_id
from console.ui.open_items.around_page import AroundPage
from console.ui.open_items.item_card import ItemCard
from console.ui.open_items.open_model import gravest
from console.ui.state.entries import ItemEntry
from console.ui.state.feature import Panel
from console.ui.state.labelling import JudgedLine, judged_line, raised_line
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.transcript.transcript_list import TranscriptList
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.transcript.why_popup import WhyPopup
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.row_moves import NO_ROWS

NO_CALL = "none"
"""The cid of no call: each has a type and a colon."""

MOST_OF_STAGE = 0.6
"""Of the height of the stage, the most that the card takes."""

_NOTHING = Blank(
    "flag",
    "Choose an open item to see it in its transcript.",
    "N and P go to the next and the previous one.",
)


class ItemStage(Panel):
    """Shows what is chosen at the desk; the keys that move work on the transcript."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._shown = ""
        self._aiming = True
        self.setObjectName("item-stage")
        self.card = ItemCard(context)
        self.model = TranscriptModel(context.session, self)
        self.model.set_show_notices(context.settings["show_notices"])
        self.model.set_cid(NO_CALL)  # or it would take in what is said in all of them
        delegate = TranscriptDelegate(context.theme, self._key_of, parent=self)
        delegate.mixed = False
        delegate.pictures = context.pictures
        self.list = TranscriptList(
            self.model,
            delegate,
            context.controller.why_not,
            context.controller.keys_are_for,
            context.clock.monotonic,
        )
        context.pictures.arrived.connect(self._on_picture)
        self.list.setAccessibleName("Transcript around the item")
        self.why = WhyPopup(context, self)
        self.around = AroundPage(context)
        self._around = stacked(self.list, self.around)
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NOTHING)
        shown = QWidget()
        self._card_room = QScrollArea()
        self._card_room.setFrameShape(QFrame.Shape.NoFrame)
        self._card_room.setWidgetResizable(True)
        self._card_room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card_room.setWidget(self.card)
        in_column(self._card_room, (self._around, 1), owner=shown)
        self._stack = stacked(self.blank, shown)
        in_column(self._stack, owner=self)
        self._connect()
        self._show()

    def take_focus(self) -> None:
        # The keys that choose and decide work on the list of open items.
        self._context.commands.run("focus.open")

    def focus_transcript(self) -> None:
        """Put the keyboard into the transcript around the item."""
        if self._stack.currentIndex() == 1 and self._around.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def line_meant(self) -> JudgedLine | None:
        if self.list.hasFocus():
            return judged_line(self.model.entry(self.list.currentIndex().row()))
        return next((raised_line(one) for one in self._items() if one.item_id == self._shown), None)

    def step(self, by: int) -> str:
        if not self.list.isVisible():
            return NO_ROWS
        return self.list.step(by)

    def activate(self) -> str:
        index = self.list.currentIndex()
        entry = self.model.entry(index.row())
        if not isinstance(entry, ItemEntry):
            return "Only what somebody said or wrote has a verdict."
        corner = self.list.visualRect(index).bottomLeft() + QPoint(48, 2)
        became = self.model.facts.became(entry)
        self.why.explain(entry, self.list.viewport().mapToGlobal(corner), became=became)
        return ""

    def _on_picture(self, _picture_id: str) -> None:
        self.list.viewport().update()

    def _connect(self) -> None:
        context, controller = self._context, self._context.controller
        self.list.act_pressed.connect(partial(controller.request_act, pointed=True))
        self.list.person_chosen.connect(self._on_person)
        self.list.why_wanted.connect(self._explain)
        self.list.opened.connect(self.model.open)
        self.list.escaped.connect(self._back_to_list)
        self.list.press_refused.connect(partial(controller.say, token="warn"))
        self.list.pointer_moved.connect(self.why.pointer_moved)
        context.desk.chosen_changed.connect(self._show)
        context.desk.transcript_wanted.connect(self.focus_transcript)
        context.session.raised.changed.connect(self._show_card)
        context.session.labels.changed.connect(self._show_card)
        context.session.names_changed.connect(self._show_card)
        context.session.people_changed.connect(self.list.refresh_possible)
        controller.people_chosen.connect(self.list.refresh_possible)
        context.session.cleared.connect(self._show)

    def _back_to_list(self) -> None:
        """Escape in the transcript: one step back, with the item in sight again."""
        self._shown = ""
        self._show()
        self.take_focus()

    def _items(self) -> list[RaisedItem]:
        return self._context.desk.items()

    def _show(self) -> None:
        """Show what is chosen, in its transcript."""
        items = self._items()
        if not items:
            if not self._context.desk.chosen:
                self._stack.setCurrentIndex(0)
                self._shown = ""
            return
        self._stack.setCurrentIndex(1)
        if self._shown in self._context.desk.chosen:
            self._show_card()  # a graver line of the incident must not move what is being read
            return
        one = gravest(items)
        self._shown = one.item_id
        self.model.set_cid(one.item.cid)
        row = self.model.row_of_line(one.item_id)
        self._around.setCurrentWidget(self.list if row >= 0 else self.around)
        if row < 0:
            self.around.show_item(one.item)
        else:
            self._aiming = False  # whoever said it was chosen in the list already
            self.list.go_to(row)
            self._aiming = True
        self._show_card()

    def _show_card(self) -> None:
        items = self._items()
        shown = next((one for one in items if one.item_id == self._shown), None)
        self.card.show_items(items, shown)
        self._fit_card()

    def _fit_card(self) -> None:
        """As high as its words need at this width; in a low window it scrolls."""
        layout = self.card.layout()
        if layout is not None:
            wanted = layout.totalHeightForWidth(self.width())
            self.card.setFixedHeight(wanted)  # or its labels would ask for more than they need
            self._card_room.setFixedHeight(min(wanted, int(self.height() * MOST_OF_STAGE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_card()

    def _on_person(self, target: Target) -> None:
        if self._aiming:
            self._context.controller.choose_person(target)

    def _explain(self, row: int, corner: QPoint) -> None:
        entry = self.model.entry(row)
        if isinstance(entry, ItemEntry):
            became = self.model.facts.became(entry)
            self.why.explain(entry, corner, became=became, pointed=True)

    def _key_of(self, kind: str) -> str:
        return self._context.keymap.key(act_command_id(kind))
