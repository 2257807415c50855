"""One sanction: why it is in force, who wanted it, what they had said, and the way out."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.preset_times import Minutes, read_times, time_words
from console.domain.sanction import Form, Sanction
from console.domain.verdict import JudgedItem
from console.protocol.people import PersonCard
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.sanctions.chosen_sanction import chosen_sanction
from console.ui.sanctions.sanction_words import (
    claim_sentence,
    lift_all_words,
    lift_words,
    name_words,
    state_sentence,
    why_no_time,
)
from console.ui.state.feature import Panel
from console.ui.state.settings_table import times_of
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import short_key
from console.ui.widgets.time_buttons import TimeButtons
from console.ui.widgets.timers import ticking

TICK_MS = 1000
SETTLES_S = 1.0
"""A line that comes so soon after a sanction was said before it."""

_NONE = Blank(
    "lock", "Choose a sanction to see why it is in force.", "Its end can be changed here."
)


def before(items: Sequence[JudgedItem], since: float) -> tuple[JudgedItem, ...]:
    """Those of a person's lines that a sanction set at ``since`` (unix seconds) may answer.

    Where it is not known since when it holds, all of them.
    """
    if not since:
        return tuple(items)
    return tuple(judged for judged in items if judged.item.received_at <= since + SETTLES_S)


class SanctionStage(Panel):
    """What the list has chosen."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._chosen = chosen_sanction(context)
        self.name = ElidedLabel().strengthen(1.15)
        self.state = PlainLabel(wrap=True)
        self.trouble = PlainLabel(ink="bad", wrap=True)
        self.claims = PlainLabel(ink="dim", wrap=True)
        self.answered = PlainLabel(ink="dim", wrap=True)
        self.lift = push_button("Lift", self._lift, name="lift")
        self.lift_note = PlainLabel(ink="faint", wrap=True)
        self.time_note = PlainLabel(ink="faint", wrap=True)
        self.times = TimeButtons("End in", chooses=False, words_of=_ends_in)
        self.times.wanted.connect(self._end_in)
        self.said = PlainLabel(ink="faint")
        self._lines_model = CardLinesModel(context.session, self)
        self.lines = CardLines(self._lines_model, context.theme)
        self.blank = BlankPage(context.theme)
        self.blank.show_blank(_NONE)
        page = QWidget()
        head = in_column(
            self.name,
            self.state,
            self.trouble,
            self.claims,
            self.answered,
            in_row(self.lift, (self.lift_note, 1), spacing=10),
            self.time_note,
            self.times,
            self.said,
            margins=(16, 12, 16, 4),
            spacing=8,
        )
        in_column(head, (self.lines, 1), owner=page)
        self._stack = stacked(self.blank, page)
        in_column(self._stack, owner=self)
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self._show_state)
        self._timer.start()
        self._chosen.changed.connect(self._refresh)
        context.controller.card_ready.connect(self._on_card)
        context.session.names_changed.connect(self._refresh)
        context.settings.changed.connect(self._refresh)
        self._refresh()

    def take_focus(self) -> None:
        # The keys that choose and lift work on the list.
        self._context.commands.action("focus.sanctions").trigger()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"sanction.time": self._to_times}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.take_focus()
            return
        super().keyPressEvent(event)

    def _to_times(self) -> str:
        sanction = self._chosen.sanction
        if sanction is None:
            return "Choose a sanction first."
        if why := why_no_time(sanction):
            return why
        self.times.focus()
        return ""

    def _lift(self) -> None:
        self._tell(self._chosen.lift())

    def _end_in(self, minutes: Minutes) -> None:
        self._tell(self._chosen.end_in(minutes))
        self.take_focus()

    def _tell(self, why: str) -> None:
        if why:
            self._context.controller.say(why, "warn")

    def _on_card(self, card: PersonCard) -> None:
        sanction = self._chosen.sanction
        if sanction is None or (card.cid, card.user_id) != (sanction.place, sanction.user_id):
            return
        since = sanction.newest.since
        evidence = before(card.items, since)
        self._lines_model.show_items(evidence, card.cid)
        raised = self._lines_model.raised_count()
        words = f"What they said before it ({len(evidence)}, {raised} raised)"
        self.said.show_text(words if evidence else "Nothing that they said before it is known.")

    def _refresh(self) -> None:
        sanction = self._chosen.sanction
        self._stack.setCurrentIndex(1 if sanction else 0)
        if sanction is None:
            self._lines_model.show_card(None)
            self.said.show_text("")
            return
        session = self._context.session
        names = session.names
        self.name.show_text(
            names.shown(sanction.cid, sanction.user_id, sanction.name)
            if sanction.cid
            else name_words(sanction)
        )
        me, now = session.state.user_id, self._context.clock.now()
        said = [claim_sentence(claim, me, now) for claim in reversed(sanction.claims)]
        self.claims.show_text("\n".join(said))
        self.answered.show_text(self._answered(sanction))
        self.answered.setVisible(bool(self.answered.text()))
        self.trouble.show_text(
            f"Not lifted: {visible(sanction.trouble)}" if sanction.trouble else ""
        )
        self.trouble.setVisible(bool(sanction.trouble))
        words, note = lift_words(sanction)
        several = self._chosen.several
        if several:
            words, note = lift_all_words(several)
        key = short_key(self._context.keymap.key("sanction.lift"))
        self.lift.setText(f"{words}   {key}" if key else words)
        self.lift.setAccessibleName(words)
        self.lift.setEnabled(bool(several) or not self._chosen.why_no_lift(sanction))
        self.lift.setToolTip(tip(note))
        self.lift.setAccessibleDescription(note)
        self.lift_note.show_text(note)
        self._offer_times(sanction)
        self._show_state()

    def _show_state(self) -> None:
        sanction = self._chosen.sanction
        if sanction is not None:
            self.state.show_text(state_sentence(sanction, self._context.clock.now()))

    def _answered(self, sanction: Sanction) -> str:
        """The line that the act answered, where the act names it."""
        for claim in reversed(sanction.claims):
            progress = self._context.session.acts.get(claim.act_id)
            if progress is not None and progress.act.item is not None:
                return f"Answer to: “{visible(progress.act.item.text)}”"
        return ""

    def _offer_times(self, sanction: Sanction) -> None:
        why = why_no_time(sanction)
        key = short_key(self._context.keymap.key("sanction.time"))
        note = why or f"It ends, counted from now, in (key {key}, then the digit):"
        self.time_note.show_text("" if sanction.form is Form.MUTED else note)
        self.times.setVisible(not why)
        kind = "block_for" if sanction.form is Form.BLOCKED else "keep_muted"
        self.times.offer(read_times(self._context.settings[times_of(kind)]))


def _ends_in(minutes: Minutes) -> str:
    return "By hand only" if minutes is None else time_words(minutes)
