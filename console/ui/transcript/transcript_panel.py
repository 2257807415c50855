"""The middle of the window: head, rows, what waits while somebody reads, and the blank states."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.phase import Phase
from console.ui.call_controls.call_drawer import CallDrawer
from console.ui.command_table.commands import act_command_id
from console.ui.state.entries import ItemEntry
from console.ui.state.feature import Panel
from console.ui.state.labelling import JudgedLine, judged_line
from console.ui.state.listening_words import listening_help, state_of
from console.ui.state.not_heard import live_end_words
from console.ui.state.shown_call import ShownCall
from console.ui.state.targets import clipped
from console.ui.state.window_context import WindowContext
from console.ui.transcript.countdown_badge import Countdowns
from console.ui.transcript.listen import listen_or_stop
from console.ui.transcript.newest_pill import NewestPill
from console.ui.transcript.not_heard_bar import NotHeardBar
from console.ui.transcript.older_messages import older_messages
from console.ui.transcript.older_pill import OlderPill
from console.ui.transcript.open_lines import OpenLines
from console.ui.transcript.replay import Replay
from console.ui.transcript.saying_bar import SayingBar
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.transcript.transcript_header import TranscriptHeader
from console.ui.transcript.transcript_list import TranscriptList
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.transcript.trouble_banner import TroubleBanner
from console.ui.transcript.why_popup import WhyPopup
from console.ui.widgets.blank_page import Blank, BlankPage, blank_transcript
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.row_moves import NO_ROWS
from console.ui.widgets.timers import ticking

CLOCK_MS = 1000

_OVER = Blank(
    "end-call", "This call has ended.", "Nothing was heard in it while this console listened."
)


class TranscriptPanel(Panel):
    """Owns the transcript's list and everything around it.

    ``shown``: the call whose transcript it is; without it the one that the window looks at.

    Signals:
        close_wanted: a transcript of a call that stays should go.
    """

    close_wanted = Signal()

    def __init__(self, context: WindowContext, shown: ShownCall | None = None) -> None:
        super().__init__()
        self._context = context
        self.shown = shown or ShownCall.followed(context.controller, self)
        theme = context.theme
        self.model = TranscriptModel(context.session, self)
        self.model.set_show_notices(context.settings["show_notices"])
        self.model.set_cid(self.shown.cid)
        self.setObjectName("transcript-panel")
        self.header = TranscriptHeader(context, self.shown)
        self.drawer = CallDrawer(context)
        self.drawer.left.connect(self.take_focus)
        self.drawer.opened.connect(self.header.controls.setChecked)
        self.header.controls.clicked.connect(lambda: context.commands.run("call.controls"))
        self.search = self.header.search
        self.search.left.connect(self.take_focus)
        delegate = TranscriptDelegate(theme, self._key_of, parent=self)
        self._delegate = delegate
        delegate.mixed = not self.model.cid
        delegate.pictures = context.pictures
        self.list = TranscriptList(
            self.model,
            delegate,
            context.controller.why_not,
            context.controller.keys_are_for,
            context.clock.monotonic,
        )
        context.pictures.arrived.connect(self._on_picture)
        context.pictures.changed.connect(self.list.viewport().update)
        delegate.countdown = Countdowns(context.session.automation, self.list).badge
        self.open_lines = OpenLines(context, self.list, self.model, self.show_line)
        self.blank = BlankPage(theme)
        self.blank.command_wanted.connect(context.commands.run)
        self.why = WhyPopup(context, self)
        self._not_judged = ("", "", "")
        self._stack = stacked(self.list, self.blank)
        # Over the rows, not above them: its coming and going must not move a row.
        self.banner = TroubleBanner(self._stack)
        self.banner.command_wanted.connect(context.commands.run)
        self.pill = NewestPill(self._stack)
        self.older = older_messages(context)
        self.older_pill = OlderPill(self._stack)
        self.not_heard = NotHeardBar(theme)
        self.replay = Replay(context, self)
        self.saying = SayingBar(lambda: context.commands.run("call.replay"))
        parts = (self.header, self.drawer, (self._stack, 1), self.saying, self.not_heard)
        in_column(*parts, owner=self)
        self.header.show_filter(self.model.raised_only)
        self._connect()
        self._clock = ticking(CLOCK_MS, self)
        self._clock.timeout.connect(self._show_trouble)
        self._clock.start()
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen call and its state, or what stands in their place."""
        session = self._context.session
        call = session.call(self.shown.cid)
        people = sum(each.people for each in session.calls.values())
        now = self._context.clock.now()
        self.header.show_call(call, now, calls=len(session.calls), people=people)
        self.header.show_here(session.team.names_at(self.shown.cid, but=session.state.user_id))
        self._show_not_judged()
        self._show_listening()
        rows = self.model.rowCount()
        blank = blank_transcript(
            session.state,
            call,
            calls=len(session.calls),
            rows=rows,
            raised_only=self.model.raised_only,
        )
        live = session.state.phase is Phase.LIVE and not self.model.raised_only
        if blank is not None and call is not None and call.ended_at and live:
            blank = _OVER
        if blank is not None:
            held = self.blank.has_focus()
            self.blank.show_blank(blank)
            if held:
                self.blank.take_focus()
        self._show_page(self.list if blank is None else self.blank)
        self._show_trouble()
        self._place_pill()

    def _on_picture(self, _picture_id: str) -> None:
        self.list.viewport().update()

    def _show_trouble(self) -> None:
        """Say what is wrong now, with its clock running, while there are rows to look at."""
        session = self._context.session
        trouble = session.trouble
        shown = trouble is not None and self._stack.currentWidget() is self.list
        self.banner.setVisible(shown)
        if trouble is not None and shown:
            self.banner.say(trouble)
            self._place_banner()
        self._show_not_heard()
        self._show_not_judged()
        if session.gaps.any_runs:
            self._delegate.now = self._context.clock.now()
            self.list.viewport().update()

    def _show_not_heard(self) -> None:
        """Say at the live end that the call is not heard, unless a gap that runs says so there."""
        session, now = self._context.session, self._context.clock.now()
        call = session.call(self.model.cid)
        running = session.gaps.running is not None
        calls, listening = session.calls.values(), session.listening.told
        self.not_heard.say("" if running else live_end_words(call, calls, now, listening))
        if call is not None and call.unmonitored_since:
            self.header.show_call(call, now, calls=len(session.calls), people=0)

    def _show_not_judged(self) -> None:
        not_judged, cid = self._context.session.not_judged, self.shown.cid
        words, help_text = not_judged.words(cid)
        if (words, help_text, cid) != self._not_judged:
            self._not_judged = (words, help_text, cid)
            self.header.show_not_judged(words, help_text, not_judged.language(cid))

    def _show_listening(self) -> None:
        listening = self._context.session.listening
        listened = listening.of(self.shown.cid)
        words, token = state_of(listened, listening.told) if listened is not None else ("", "")
        help_text = listening_help(listened, listening.told) if listened is not None else ""
        self.header.show_listening(words, token, help_text)
        self.saying.show_call(listened, listening.told, self._context.keymap.key("call.replay"))
        self._show_saying(self.shown.cid)

    def _show_saying(self, cid: str) -> None:
        if cid == self.shown.cid:
            self.saying.say(self._context.session.listening.saying(cid))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "go.newest": self.list.follow,
            "call.controls": self.drawer.toggle,
            "call.listen": lambda: listen_or_stop(self._context, self.shown.cid, self),
            "call.replay": self.replay.toggle,
            "chat.older": self.read_older,
            "view.raised_only": lambda: self.set_raised_only(not self.model.raised_only),
        }

    def read_older(self) -> None:
        """Go to the first row, and read what was written in the chat before."""
        self.list.verticalScrollBar().setValue(0)
        if why := self.older.ask(self.shown.cid):
            self._context.controller.say(why)

    def step(self, by: int) -> str:
        if self._stack.currentWidget() is not self.list:
            return NO_ROWS  # what stands in their place says why
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.list.step(by)

    def activate(self) -> str:
        return self.explain_current()

    def line_meant(self) -> JudgedLine | None:
        return judged_line(self.model.entry(self.list.currentIndex().row()))

    def focus_filter(self) -> str:
        if self._stack.currentWidget() is self.blank:
            return "There is no line to find anything in yet."
        return super().focus_filter()

    def show_line(self, cid: str, utterance_id: str) -> None:
        """Go to a line, if the window still holds it."""
        if self.model.row_of_line(utterance_id) < 0:
            self._context.controller.choose_call(cid)
        held = self._context.session.history.line(utterance_id) is not None
        if held and self.model.row_of_line(utterance_id) < 0:
            self.set_raised_only(False)
        row = self.model.row_of_line(utterance_id)
        if row < 0:
            self._context.controller.say("This line is not in the transcript any more.", "warn")
            return
        self.wanted.emit()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.go_to(row)

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.blank.take_focus()

    def explain_current(self) -> str:
        """Say why the current line has its verdict; returns why that cannot be."""
        index = self.list.currentIndex()
        if not index.isValid() or self._stack.currentWidget() is not self.list:
            return "Choose a line first."
        if self.model.open(index.row()):
            self.list.go_to(index.row())
            return ""
        if not isinstance(self.model.entry(index.row()), ItemEntry):
            return "Only what somebody said or wrote has a verdict."
        corner = self.list.visualRect(index).bottomLeft() + QPoint(48, 2)
        self._explain(index.row(), self.list.viewport().mapToGlobal(corner))
        return ""

    def find_text(self, text: str, backwards: bool = False) -> None:
        """Go to the nearest row that holds ``text``."""
        current = self.list.currentIndex()
        start = current.row() if current.isValid() else self.list.last_visible_row() + 1
        row = self.model.find(text, start, backwards=backwards)
        self.list.go_to(row)
        self.header.show_found(text, found=row >= 0)
        if text and row < 0:
            where = "among the raised lines" if self.model.raised_only else "in this transcript"
            self._context.controller.say(f"“{clipped(text)}” is not {where}.", "warn")

    def next_open(self, by: int) -> str:
        return self.open_lines.next(by)

    def set_raised_only(self, on: bool) -> None:
        """Show only raised lines, or all.

        Nothing remembers it: a filter of an earlier shift, or of another app, would hide lines.
        """
        self.model.set_raised_only(on)
        self.header.show_filter(on)
        self.refresh()

    def _on_setting_changed(self, name: str) -> None:
        settings = self._context.settings
        if name == "show_notices":
            self.model.set_show_notices(settings[name])

    def _connect(self) -> None:
        session, model, controller = self._context.session, self.model, self._context.controller
        self.header.raised_only_wanted.connect(self.set_raised_only)
        self.header.find_wanted.connect(self.find_text)
        self.header.found_text_changed.connect(self._mark_found)
        self.list.act_pressed.connect(partial(controller.request_act, pointed=True))
        self.list.person_chosen.connect(controller.choose_person)
        self.list.why_wanted.connect(lambda row, corner: self._explain(row, corner, pointed=True))
        self.list.opened.connect(model.open)
        self.list.escaped.connect(controller.choose_nobody)
        self.list.press_refused.connect(partial(controller.say, token="warn"))
        self.list.pointer_moved.connect(self.why.pointer_moved)
        self.list.following_changed.connect(self._on_following_changed)
        self.pill.clicked.connect(self.list.follow)
        self.older_pill.clicked.connect(self.read_older)
        self.older.changed.connect(self._place_pill)
        self.list.verticalScrollBar().valueChanged.connect(self._place_pill)
        model.pending_changed.connect(self._place_pill)
        model.rowsInserted.connect(self._on_rows)
        model.rowsRemoved.connect(self._on_rows)
        model.modelReset.connect(self.refresh)
        session.state_changed.connect(self.refresh)
        session.cleared.connect(lambda: self.set_raised_only(False))
        session.calls_changed.connect(self.refresh)
        session.people_changed.connect(self.list.refresh_possible)
        controller.people_chosen.connect(self.list.refresh_possible)
        session.names_changed.connect(self.list.viewport().update)
        session.about.watched_changed.connect(self.list.viewport().update)
        session.team.changed.connect(self.refresh)
        session.listening.changed.connect(self._show_listening)
        session.listening.partial_changed.connect(self._show_saying)
        self.shown.changed.connect(self._on_call_chosen)
        self.header.close_wanted.connect(self.close_wanted)
        if not self.shown.fixed:
            controller.line_wanted.connect(self.show_line)
        self._context.settings.changed.connect(self._on_setting_changed)
        self._context.keymap.changed.connect(self.list.viewport().update)

    def _show_page(self, page: QWidget) -> None:
        if self._stack.currentWidget() is page:
            return
        typing = isinstance(self.window().focusWidget(), QLineEdit)
        self._stack.setCurrentWidget(page)
        # Hiding a page hands its focus to whatever comes next, which may be an act or a text field.
        if not typing:
            self.take_focus()

    def _key_of(self, kind: str) -> str:
        return self._context.keymap.key(act_command_id(kind))

    def _on_rows(self) -> None:
        if self._stack.currentWidget() is self.blank or not self.model.rowCount():
            self.refresh()

    def _on_call_chosen(self, cid: str) -> None:
        self.model.set_cid(cid)
        self.refresh()
        self._tell_seen()

    def _on_following_changed(self) -> None:
        self._place_pill()
        self._tell_seen()

    def _tell_seen(self) -> None:
        # In the view of all calls a line may be gone in a second: it counts as seen only in its
        # own call's transcript.
        cid, reading = self.shown.cid, self.isVisible() and self.list.following
        self._context.session.see(cid if cid and reading else None, reader=id(self))

    def _mark_found(self, text: str) -> None:
        self._delegate.found = text.strip()
        self.header.show_found(text, found=True)  # until it is looked for
        self.list.viewport().update()

    def _explain(self, row: int, corner: QPoint, *, pointed: bool = False) -> None:
        entry = self.model.entry(row)
        if isinstance(entry, ItemEntry):
            became = self.model.facts.became(entry)
            self.why.explain(entry, corner, became=became, pointed=pointed)

    def _place_pill(self) -> None:
        self.pill.place(
            self.model.pending_count,
            shown=self._stack.currentWidget() is self.list and not self.list.following,
            paused=self.list.pointing and self.list.at_end,
        )
        cid, of_list = self.shown.cid, self._stack.currentWidget() is self.list
        self.list.set_head(self.older_pill.room() if self.older.may_be(cid) else 0)
        at_top = not of_list or self.list.verticalScrollBar().value() == 0
        key = self._context.keymap.key("chat.older")
        self.older_pill.place(key, shown=at_top and self.older.may_ask(cid))

    def _place_banner(self) -> None:
        width = self._stack.width()
        self.banner.setGeometry(0, 0, width, self.banner.heightForWidth(width))
        self.banner.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.open_lines.choose()
        self._tell_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.open_lines.leave()
        self._tell_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pill()
        self._place_banner()

    def sizeHint(self) -> QSize:
        return QSize(720, 600)
