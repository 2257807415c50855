"""Who asks, for what, and what they said and what was done to them before."""

from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.protocol.people import PersonCard
from console.protocol.requests import OpenRequest
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.people.card_words import done_line
from console.ui.requests.requests_panel import TICK_MS, asked_words, waited_words
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel
from console.ui.widgets.short_texts import count
from console.ui.widgets.timers import ticking

ACTS_SHOWN = 8

_NOBODY = Blank(
    "hand", "Choose a request to see who asks.", "Shift or Ctrl chooses several at once."
)
_DOUBT = "Nobody listened for a while since they asked, so it may be answered already."


class RequestStage(Panel):
    """The request of the chosen person and their history."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self.name = ElidedLabel().strengthen(1.15)
        self.asked = PlainLabel(wrap=True)
        self.doubt = PlainLabel(_DOUBT, ink="warn", wrap=True)
        self.done = PlainLabel(ink="dim", wrap=True)
        self.said = PlainLabel(ink="faint")
        self._lines_model = CardLinesModel(context.session, self)
        self.lines = CardLines(self._lines_model, context.theme)
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NOBODY)
        page = QWidget()
        head = in_column(
            self.name, self.asked, self.doubt, self.done, self.said, margins=(16, 12, 16, 4)
        )
        head.setSpacing(6)
        in_column(head, (self.lines, 1), owner=page)
        self._stack = stacked(self.blank, page)
        in_column(self._stack, owner=self)
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self._refresh)
        self._timer.start()
        context.controller.people_chosen.connect(self._on_chosen)
        context.controller.card_ready.connect(self._on_card)
        context.session.requests_changed.connect(self._refresh)
        context.session.names_changed.connect(self._refresh)
        self._refresh()

    def take_focus(self) -> None:
        # The keys that choose and answer work on the list.
        self._context.commands.action("focus.requests").trigger()

    def _on_chosen(self, _chosen: tuple[Target, ...]) -> None:
        self._lines_model.show_card(None)
        self.done.show_text("")
        self.said.show_text("")
        self._refresh()

    def _on_card(self, card: PersonCard) -> None:
        target = self._context.controller.target
        if target is None or (card.cid, card.user_id) != (target.cid, target.user_id):
            return
        self._lines_model.show_card(card)
        self.said.show_text(f"Said {len(card.items)}" if card.items else "They have said nothing.")
        now = self._context.clock.now()
        acts = [done_line(progress, now) for progress in reversed(card.acts[-ACTS_SHOWN:])]
        more = len(card.acts) - len(acts)
        acts += [f"and {count(more, 'earlier act')}"] if more else []
        self.done.show_text("\n".join(acts) or "Nothing was done to them.")

    def _refresh(self) -> None:
        chosen = self._context.controller.chosen
        self._stack.setCurrentIndex(1 if chosen else 0)
        if not chosen:
            return
        requests = self._context.session.requests
        found = [requests.find(target.cid, target.user_id) for target in chosen]
        self.doubt.setVisible(any(request and request.doubtful for request in found))
        if len(chosen) > 1:
            self.name.show_text(f"{len(chosen)} people chosen")
            self.asked.show_text(self._context.controller.named(chosen, most=40))
        else:
            self.name.show_text(self._context.controller.called(chosen[0]))
            self.asked.show_text(self._words(chosen[0], found[0]))

    def _words(self, target: Target, request: OpenRequest | None) -> str:
        where = visible(target.call_name or target.cid)
        if request is None:
            return f"They ask for nothing in {where} now."
        waited = waited_words(request, self._context.clock.now())
        return f"Asks for {asked_words(request)} in {where}, for {waited}."
