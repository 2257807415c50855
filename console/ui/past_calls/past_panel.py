"""A call of the past on the stage: its head, its lines as in a live one, and its time line."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame

from console.base.plain_text import visible
from console.ui.command_table.commands import act_command_id
from console.ui.past_calls.scrubber import Mark, Scrubber
from console.ui.past_calls.words import head_words, state_words
from console.ui.state.entries import ItemEntry
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.state.wording import act_text, who_text
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.transcript.transcript_list import TranscriptList
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.transcript.why_popup import WhyPopup
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel
from console.ui.widgets.row_moves import NO_ROWS

EDGE = 400
"""Pixels from an end of the rows at which the next page is asked for."""

_CHOOSE = Blank("clock", "Choose a call to see what was said and done in it.")
_READING = Blank("hourglass", "The call is being read…")
_NOTHING = Blank(
    "clock", "Nothing was said in this call.", "What was done stands on the time line."
)


class PastPanel(Panel):
    """Shows ``context.past``. Nothing moves here by itself, and nothing shown can change."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        past = self._past = context.past
        self.setObjectName("past-call")
        self.name = ElidedLabel().strengthen(1.25)
        self.name.setObjectName("past-name")
        self.told = ElidedLabel(ink="dim")
        self.state = PlainLabel(ink="faint", wrap=True)
        self.live = push_button("Into the call", self._enter, name="into-call")
        self.model = TranscriptModel(past.lines, self)
        delegate = TranscriptDelegate(context.theme, self._key_of, parent=self)
        delegate.pictures = context.pictures
        delegate.by_begin = self.model.by_begin = True
        controller = context.controller
        self.list = TranscriptList(
            self.model, delegate, controller.why_not, controller.keys_are_for,
            context.clock.monotonic,
        )  # fmt: skip
        self.list.setObjectName("past-lines")
        self.list.setAccessibleName("What was said and done")
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.blank, self.list)
        self.scrubber = Scrubber(context.theme)
        self.why = WhyPopup(context, self)
        head = QFrame()
        head.setProperty("surface", "header")
        in_column(
            in_row((self.name, 1), self.live),
            self.told,
            self.state,
            owner=head,
            margins=(16, 10, 16, 8),
            spacing=3,
        )
        in_column(head, (self._stack, 1), self.scrubber, owner=self)
        self._connect()
        self._show_session()

    def step(self, by: int) -> str:
        if self._stack.currentWidget() is not self.list:
            return NO_ROWS
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.list.step(by)

    def next_open(self, by: int) -> str | None:
        """To the next mark of the time line: a raised line or an act."""
        if not self.isVisible() or self._past.session is None:
            return None
        return self.step_mark(by)

    def step_mark(self, by: int) -> str:
        """To the next mark (1) or the one before (-1); says why where there is none."""
        at = self.scrubber.at
        mark = self.scrubber.mark_after(at) if by > 0 else self.scrubber.mark_before(at)
        if mark is None:
            return f"Nothing was raised or done {'after' if by > 0 else 'before'} this moment."
        self.go_to_mark(mark)
        return ""

    def go_to_mark(self, mark: Mark) -> None:
        """Show a raised line, or where an act was done."""
        row = self.model.row_of_line(mark.item_id) if mark.item_id else self._row_at(mark.at)
        if row >= 0:
            self._show_row(row)
        elif mark.item_id:
            self._past.go_to(mark.item_id, mark.at)
        else:
            self._past.go_to(at=mark.at)

    def activate(self) -> str:
        index = self.list.currentIndex()
        if not index.isValid() or self._stack.currentWidget() is not self.list:
            return "Choose a line first."
        if not isinstance(self.model.entry(index.row()), ItemEntry):
            return "Only what somebody said or wrote has a verdict."
        corner = self.list.visualRect(index).bottomLeft() + QPoint(48, 2)
        self._explain(index.row(), self.list.viewport().mapToGlobal(corner))
        return ""

    def take_focus(self) -> None:
        if self._past.session is None and not self._past.reading:
            self._context.commands.run("focus.search")  # nothing is chosen yet
            return
        shown = self.list if self._stack.currentWidget() is self.list else self.blank
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _key_of(self, kind: str) -> str:
        return self._context.keymap.key(act_command_id(kind))

    def _connect(self) -> None:
        context, past = self._context, self._past
        controller = context.controller
        past.changed.connect(self._show_session)
        past.opened.connect(self._show_session)
        past.failed.connect(self._on_failed)
        past.read.connect(self._on_read)
        past.more_comes.connect(self.list.leave_end)
        past.more_read.connect(self._on_more)
        self.list.act_pressed.connect(partial(controller.request_act, pointed=True))
        self.list.person_chosen.connect(controller.choose_person)
        self.list.press_refused.connect(partial(controller.say, token="warn"))
        self.list.escaped.connect(controller.choose_nobody)
        self.list.why_wanted.connect(lambda row, at: self._explain(row, at, pointed=True))
        self.list.pointer_moved.connect(self.why.pointer_moved)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current())
        self.scrubber.mark_wanted.connect(self.go_to_mark)
        self.scrubber.time_wanted.connect(self._go_to_time)
        self.scrubber.step_wanted.connect(self._step_and_say)
        context.pictures.arrived.connect(lambda _id: self.list.viewport().update())
        context.pictures.changed.connect(self.list.viewport().update)
        controller.people_chosen.connect(self.list.refresh_possible)

    def _show_session(self) -> None:
        session, past = self._past.session, self._past
        for part in (self.name, self.told, self.state, self.scrubber):
            part.setVisible(session is not None)
        self.live.setVisible(session is not None and session.running)
        self.blank.show_blank(_READING if past.reading else _CHOOSE)
        self._stack.setCurrentWidget(self.blank)
        if session is None:
            return
        self.name.show_text(visible(session.name))
        self.told.show_text(head_words(session, self._context.clock.now()))
        self.state.show_text(state_words(session))
        self.model.set_cid(session.cid)
        raised = (
            Mark(each.at, "raised, open" if each.open else "raised", each.item_id, each.open)
            for each in past.raised
        )
        acts = (
            Mark(each.act.requested_at, f"{act_text(each.act)}: {who_text(each.act)}")
            for each in past.acts
        )
        marks = [*raised, *acts]
        self.scrubber.show_session(session.since, session.until, past.density, marks)

    def _on_read(self, item_id: str, at: float) -> None:
        self.model.release()
        if not self.model.rowCount():
            self.blank.show_blank(_NOTHING)
            self._stack.setCurrentWidget(self.blank)
            return
        had_focus = self.blank.has_focus() or self.list.hasFocus()
        self._stack.setCurrentWidget(self.list)
        row = self.model.row_of_line(item_id) if item_id else -1
        if row >= 0:
            self._show_row(row)
        else:
            self._scroll_to(max(0, self._row_at(at, loosely=True)))
        if had_focus:
            self.take_focus()

    def _on_more(self) -> None:
        self.model.release()  # what comes at the end moves nothing that is in sight
        self._tell_place()

    def _on_failed(self, sentence: str) -> None:
        self.blank.show_blank(Blank("warning", sentence, token="warn"))
        self._stack.setCurrentWidget(self.blank)

    def _show_row(self, row: int) -> None:
        """Make a row current, so that acts are for its person: somebody asked for this line."""
        self.list.leave_end()
        self.list.go_to(row)
        self._scroll_to(row, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _scroll_to(
        self,
        row: int,
        place: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.PositionAtTop,
    ) -> None:
        self._stack.setCurrentWidget(self.list)
        self.list.leave_end()
        self.list.scrollTo(self.model.index(row), place)
        self._tell_place()

    def _row_at(self, at: float, *, loosely: bool = False) -> int:
        """The first row from a time on; -1 where that is not among those held."""
        rows = range(self.model.rowCount())
        places = [self._past.place_of(self.model.entry(row)) for row in rows]
        if not places:
            return -1
        held = places[0] <= at <= places[-1]
        held |= at < places[0] and not self._past.more_before
        held |= at > places[-1] and not self._past.more_after
        if not held and not loosely:
            return -1
        return next((row for row, place in enumerate(places) if place >= at), len(places) - 1)

    def _go_to_time(self, at: float) -> None:
        self.list.setCurrentIndex(QModelIndex())  # or the time line would stay with that row
        row = self._row_at(at)
        if row >= 0:
            self._scroll_to(row)
        else:
            self._past.go_to(at=at)

    def _step_and_say(self, by: int) -> None:
        if why := self.step_mark(by):
            self._context.controller.say(why)

    def _on_scrolled(self) -> None:
        bar = self.list.verticalScrollBar()
        if bar.value() < EDGE:
            self._past.read_more(-1)
        if bar.value() > bar.maximum() - EDGE:
            self._past.read_more(1)
        self._tell_place()

    def _on_current(self) -> None:
        self._choose_item()
        self._tell_place()

    def _choose_item(self) -> None:
        """The keys of decisions are for the current line, where it is still open."""
        entry = self.model.entry(self.list.currentIndex().row())
        raised = self._context.session.raised
        known = raised.find(entry.item.item_id) if isinstance(entry, ItemEntry) else None
        self._context.desk.choose((known.item_id,) if known is not None else (), self)

    def _tell_place(self) -> None:
        entry = self.model.entry(self.list.currentIndex().row())
        first = self._past.place_of(self.model.entry(self.list.first_visible_row()))
        last = self._past.place_of(self.model.entry(self.list.last_visible_row()))
        at = self._past.place_of(entry) if entry is not None else first
        if first or last:
            self.scrubber.show_place(first, last or first, at or first)

    def _explain(self, row: int, corner: QPoint, *, pointed: bool = False) -> None:
        entry = self.model.entry(row)
        if isinstance(entry, ItemEntry):
            became = self.model.facts.became(entry)
            self.why.explain(entry, corner, became=became, pointed=pointed)

    def _enter(self) -> None:
        if self._past.session is not None:
            self._context.controller.enter_call(self._past.session.cid)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._choose_item()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._context.desk.leave(self)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)
