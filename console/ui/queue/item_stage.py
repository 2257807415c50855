"""The stage of the queue: the chosen item with its evidence, or several, and what to decide."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.act import ReceiptState
from console.domain.acts.queue import kind_of
from console.domain.acts.table import spec_of
from console.domain.item import Picture
from console.domain.review import ReviewItem
from console.protocol.review import (
    AskItemContext,
    AskItemPictures,
    ItemContext,
    ItemPictures,
    SkipItem,
)
from console.ui.queue.bulk_page import BulkPage
from console.ui.queue.choices import Choice, choices_for, common_choices, with_reasons
from console.ui.queue.decide import Details, Plan, compose_decision, plan
from console.ui.queue.decision_bar import KEYED, PICK, DecisionBar, place_command
from console.ui.queue.decision_form import DecisionForm
from console.ui.queue.held_pictures import held_pictures
from console.ui.queue.item_page import ItemPage
from console.ui.queue.presence import Presence
from console.ui.queue.words import HERE_ONLY, content_kind, reasons, standing, waited, who
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.raised_words import state_words
from console.ui.state.trouble import why_no_act
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.flow_scroll import FlowScroll
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import count, short_key
from console.ui.widgets.timers import ticking

TICK_MS = 1000
MOST_OF_BAR = 190
"""Pixels: six rows of buttons, so that the evidence stays in sight."""
GIVEN_UP = (
    "Nobody was here, so this was given up and is free for others."
    " The next key or movement of the mouse takes it again."
)

_NOBODY = Blank(
    "check", "Choose an item to see what it is about.", "Shift or Ctrl chooses several at once."
)


class ItemStage(Panel):
    """Shows the items that the list has chosen; decides, skips and goes on to the next."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._last: dict[str, ReviewItem] = {}
        self._item_context: ItemContext | None = None
        self._asked_for = ("", 0.0)
        self._looked: tuple[str, tuple[Picture, ...]] = ("", ())
        self._sent: dict[str, str] = {}
        self.name = ElidedLabel().strengthen(1.15)
        self.facts = PlainLabel(ink="dim", wrap=True)
        self.standing = PlainLabel(wrap=True)
        self.page = ItemPage(context.pictures, context.theme)
        self.bulk = BulkPage()
        self.skip = push_button("Skip", self._skip, name="queue-skip")
        controller = context.controller
        self.bar = DecisionBar(context.keymap.key, controller.arming, self.skip, self._guard_asks)
        self.bar.went_on.connect(controller.go_on_by_hand)
        self.form = DecisionForm(context.settings)
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NOBODY)
        self.presence = Presence(context, self._is_free, self)
        self._evidence = stacked(self.page, self.bulk)
        head = in_column(self.name, self.facts, self.standing, margins=(16, 12, 16, 4), spacing=4)
        bar = FlowScroll(self.bar, MOST_OF_BAR)
        foot = in_column(
            self.form,
            bar,
            margins=(16, 8, 16, 12),
            spacing=8,
        )
        self.bar.look_at.connect(bar.ensureWidgetVisible)
        body = QWidget()
        in_column(head, (self._evidence, 1), foot, owner=body)
        self._stack = stacked(self.blank, body)
        in_column(self._stack, owner=self)
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self._refresh)
        held = held_pictures(context)
        held.any_shown = lambda: self.page.isVisible() and bool(self.page.picture_views)
        held.reveal.connect(lambda sharp: self.page.reveal(sharp=sharp))
        self.presence.changed.connect(self._refresh)
        self.bar.wanted.connect(self._on_wanted)
        self.form.confirmed.connect(self._decide)
        self.form.cancelled.connect(self._close_form)
        context.controller.items_chosen.connect(self._on_chosen)
        context.session.queue.changed.connect(self._refresh)
        context.session.state_changed.connect(self._refresh)
        context.session.acts_changed.connect(self._on_acts)
        context.session.raised.changed.connect(lambda _items: self._refresh())
        context.keymap.changed.connect(self.bar.refresh)
        self._refresh()

    # -- what is shown

    def items(self) -> tuple[ReviewItem, ...]:
        """What is chosen, as it is now, or as it was last where it is not in the view any more."""
        now = self._context.session.queue.items
        ids = self._context.controller.items
        self._last = {
            key: found for key in ids if (found := now.get(key) or self._last.get(key)) is not None
        }
        return tuple(self._last.values())

    def take_focus(self) -> None:
        # The keys that choose and decide work on the list.
        self._context.commands.action("focus.queue").trigger()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        places = {
            place_command(place): lambda place=place: self._press(
                lambda: self.bar.press_place(place)
            )
            for place in range(KEYED)
        }
        return {
            **places,
            "queue.mark_reviewed": lambda: self._press(
                lambda: self.bar.press_action("mark_reviewed")
            ),
            "queue.escalate": lambda: self._press(lambda: self.bar.press_action("escalate")),
            PICK: lambda: self._press(self._pick),
            "queue.skip": self._skip,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = self.bar.armed or self.form.isVisible() or self.bar.has_focus
        if event.key() == Qt.Key.Key_Escape and asked:
            self._close_form()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._hold()
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.bar.disarm()
        self.presence.review("")

    def _on_chosen(self) -> None:
        self.bar.disarm()
        self.form.close_form()
        self._item_context = None
        self._asked_for = ("", 0.0)
        self._hold()
        self._refresh()

    def _hold(self) -> None:
        items = self.items()
        alone = items[0] if len(items) == 1 else None
        free = alone is not None and alone.due and self.isVisible()
        self.presence.review(alone.item_id if alone is not None and free else "")

    def _besides(self, item: ReviewItem) -> str:
        """What became of its line at the desk, by a person or by automation."""
        session = self._context.session
        one = session.raised.find(item.entity_id)
        if one is None or one.is_open:
            return ""
        me = session.state.user_id
        return f"{state_words(one, me, session.team.called, session.acts)}."

    @property
    def _with_team(self) -> bool:
        return self._context.session.team.now.joined

    def _is_free(self, item_id: str) -> bool:
        item = self._context.session.queue.items.get(item_id)
        me = self._context.session.state.user_id
        return item is not None and item.due and item.holder in ("", me)

    def _refresh(self) -> None:
        items = self.items()
        self._stack.setCurrentIndex(1 if items else 0)
        if not items:
            return
        me = self._context.session.state.user_id
        offered = self._context.session.queue.state.offered
        rule = str(self._context.settings["queue_reasons"])
        several = len(items) > 1
        self._evidence.setCurrentIndex(1 if several else 0)
        self.skip.setEnabled(not several)
        if several:
            taken = plan(items, me)
            self._show_many(taken)
            choices = with_reasons(common_choices(taken.items, offered), rule)
            self.bar.show_choices(choices, count(len(taken.items), "item"), "It is about several.")
        else:
            item = items[0]
            self._show_one(item, me)
            doubt = "" if item.holder in ("", me) else f"{standing(item, me)[0]}"
            choices = with_reasons(choices_for(item, offered), rule)
            self.bar.show_choices(choices, who(item), doubt)
        key = short_key(self._context.keymap.key("queue.skip"))
        self.skip.setText(f"Skip   {key}" if key else "Skip")
        known_to = "The team sees who skipped" if self._with_team else f"It is {HERE_ONLY}"
        self.skip.setToolTip(tip(f"Comes last from now on. {known_to}."))
        why = self._why_not()
        self.bar.setEnabled(not why)
        self.bar.setToolTip(why)

    def _show_one(self, item: ReviewItem, me: str) -> None:
        session, now = self._context.session, self._context.clock.now()
        call = session.call(item.cid)
        where = f" in {visible(call.name if call else item.cid)}" if item.cid else ""
        shown = session.names.shown(item.cid, item.author_id, who(item))
        self.name.show_text(f"{shown}: {content_kind(item)}{where}")
        over = "the call is over" if call is not None and call.ended_at else ""
        banned = "banned" if item.banned else ""
        facts = (reasons(item), f"waiting {waited(item, now)}", banned, over)
        self.facts.show_text(" · ".join(filter(None, facts)))
        words, token = standing(item, me, with_team=self._with_team)
        if self.presence.given_up and item.due and item.holder in ("", me):
            words, token = GIVEN_UP, "warn"
        self.standing.show_text(words)
        self.standing.set_ink(token or "faint")
        self.standing.setVisible(bool(words))
        self._ask_context(item)
        known = self._item_context
        if known is not None and known.item_id != item.item_id:
            known = None
        item_id, pictures = self._looked
        looked = pictures if item_id == item.item_id else None
        self.page.show_item(item, known, self._besides(item), looked)

    def _show_many(self, taken: Plan) -> None:
        self.name.show_text(f"{len(taken.items) + len(taken.left_out)} items chosen")
        self.facts.show_text("A decision is about all of them that can be decided together.")
        self.standing.hide()
        self.bulk.show_plan(taken)

    def _ask_context(self, item: ReviewItem) -> None:
        if self._asked_for != (item.item_id, item.created_at):
            self._asked_for = item.item_id, item.created_at
            question = AskItemContext(new_id(), item.item_id)
            self._context.link.ask(question, lambda answer: self._on_context(item.item_id, answer))
            self._looked = ("", ())
            if item.images:
                self._context.link.ask(AskItemPictures(new_id(), item.item_id), self._on_pictures)

    def _on_pictures(self, answer: ItemPictures) -> None:
        if answer.sentence and self._asked_for[0]:
            self._looked = self._asked_for[0], (Picture(sentence=answer.sentence),)
        elif answer.item_id == self._asked_for[0]:
            self._looked = answer.item_id, answer.pictures
        self._refresh()

    def _on_context(self, item_id: str, context: ItemContext) -> None:
        if item_id == self._asked_for[0]:
            self._item_context = (
                ItemContext(context.request_id, item_id=item_id, sentence=context.sentence)
                if context.sentence
                else context
            )
            self._refresh()

    # -- what is decided

    def _why_not(self) -> str:
        state = self._context.session.state
        return why_no_act(state) if state.method is not None else "You are not signed in."

    def _press(self, press: Callable[[], str]) -> str:
        if not self.items():
            return "Choose an item first."
        return self._why_not() or press()

    def _about(self) -> str:
        items = self.items()
        return who(items[0]) if len(items) == 1 else count(len(items), "item")

    def _guard_asks(self, choice: Choice) -> str:
        return self._context.controller.guard_asks(spec_of(kind_of(choice.action)))

    def _on_wanted(self, choice: Choice) -> None:
        if choice.wants_form:
            self.form.ask(choice, self._about())
        else:
            self._decide(choice, Details())

    def _close_form(self) -> None:
        self.bar.disarm()
        self.form.close_form()
        self.take_focus()

    def _decide(self, choice: Choice, details: Details) -> None:
        session, clock = self._context.session, self._context.clock
        me = session.state.user_id
        items = self.items()
        about = items if len(items) == 1 else plan(items, me).items
        at = clock.now()  # of all of them, so that they count as one press
        for item in about:
            call = session.call(item.cid)
            act = compose_decision(
                choice,
                item,
                details,
                at=at,
                by=me,
                acts=tuple(session.acts.values()),
                call_name=call.name if call else "",
            )
            self._sent[act.act_id] = who(item)
            self._context.controller.decide(act)
        from_list = not (self.form.isVisible() or choice.wants_form or self.bar.has_focus)
        self._context.controller.next_item_wanted.emit()
        if not from_list:
            self.take_focus()

    def _pick(self) -> str:
        if why := self.bar.pick():
            return why
        self._context.controller.say("Now the digit or letter of a button; Esc goes back.")
        return ""

    def _skip(self) -> str:
        items = self.items()
        if len(items) != 1:
            return "Choose one item to pass it over."
        self._context.link.tell(SkipItem(items[0].item_id))
        known_to = "the team sees it" if self._with_team else HERE_ONLY
        self._context.controller.say(f"{who(items[0])}: passed over, {known_to}.")
        self._context.controller.next_item_wanted.emit()
        return ""

    # -- what came of it

    def _on_acts(self, act_ids: tuple[str, ...]) -> None:
        for act_id in act_ids:
            progress = self._context.session.acts.get(act_id)
            if act_id not in self._sent or progress is None:
                continue
            receipt = progress.receipt
            if receipt.state is ReceiptState.FAILED or receipt.outcome_unknown:
                name = self._sent.pop(act_id)
                title = spec_of(progress.act.kind).title
                self._context.controller.say(f"{title}, {name}: {visible(receipt.reason)}", "warn")
            elif receipt.settled:
                name = self._sent.pop(act_id)
                if receipt.conflict:
                    self._context.controller.say(f"{name}: {visible(receipt.reason)}", "warn")
