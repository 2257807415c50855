"""The session of the past that a window looks at: its lines around a moment, read page by page."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.call import Call
from console.domain.past import LinePlace, PastSession, RaisedMark
from console.domain.verdict import JudgedItem
from console.protocol.acts import ActProgress
from console.protocol.past import AskPastLines, AskPastSession, PastLines, PastSessionOpened
from console.protocol.raised import RaisedChanged
from console.protocol.to_window import Heard, Notice
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.entries import Entry, ItemEntry
from console.ui.state.past_notices import notice_of_act
from console.ui.state.session_state import SessionState

MOST_HELD = 4_000
"""Lines that are held at once; beyond them the reading begins anew around its edge."""


class PastCall(QObject):
    """Belongs to one window. Nothing here changes what is kept.

    Attributes:
        lines: what is held of the session, in the form in which the window holds what is live, so
            that the same lists show it. Nothing new comes in.
        session: which session; None while none is open.
        density, raised, acts: what stands on its time line.
        wanted_item: id of the line that was asked for, while its page is read and after.

    Signals:
        opened: somebody wants to see a session; what is known of it follows.
        changed: ``session`` or its time line is another one.
        read: lines around another moment are held: the id of the one that was asked for, and the
            time (unix seconds) where none was.
        more_comes: a further page is put before or after what is held. more_read: it was.
        failed: why it cannot be shown, in one sentence.
    """

    opened = Signal()
    changed = Signal()
    read = Signal(str, float)
    more_comes = Signal()
    more_read = Signal()
    failed = Signal(str)

    def __init__(
        self, live: SessionState, link: EngineLink, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._link = link
        self._opening = False
        self.lines = SessionState(clock, parent=self)
        # Of people, of the team and of acts the same is known here as in the rest of the window.
        self.lines.about, self.lines.team, self.lines.acts = live.about, live.team, live.acts
        live.about.watched_changed.connect(lambda _ids: self.lines.names_changed.emit(""))
        live.raised.changed.connect(self._follow_raised)
        live.cleared.connect(self.close)
        self._forget()

    def open(self, cid: str, session_id: str, item_id: str = "", at: float = 0.0) -> None:
        """Show a session at a line, else at a time (unix seconds), else where it began.

        Where ``item_id`` is kept, it says which session is meant.
        """
        self._forget()
        self._opening = True
        self._empty()
        self.lines.cleared.emit()
        self._link.ask(AskPastSession(new_id(), cid, session_id, item_id), self._on_session)
        self._wanted_at = at
        self.wanted_item = item_id
        self.opened.emit()

    def close(self) -> None:
        """Show nothing any more."""
        self._forget()
        self._opening = False
        self._empty()
        self.lines.cleared.emit()
        self.changed.emit()

    def go_to(self, item_id: str = "", at: float = 0.0) -> None:
        """Read the lines around a line or a time of the session that is open."""
        if self.session is None:
            return
        self.wanted_item, self._wanted_at = item_id, at
        question = AskPastLines(
            new_id(), self.session.cid, self.session.session_id, item_id=item_id, at=at
        )
        self._asked = question.request_id
        self._link.ask(question, self._on_lines)

    def covers(self, at: float) -> bool:
        """Whether a time (unix seconds) is in the session as it was read: a running one goes on."""
        return self.session is not None and self.session.since <= at <= self.session.until

    def read_more(self, way: int) -> None:
        """Read the page before (-1) or after (1) what is held, if there is one."""
        place = self._first if way < 0 else self._last
        more = self.more_before if way < 0 else self.more_after
        if self.session is None or self._asked or place is None or not more:
            return
        if self._held >= MOST_HELD:
            self.go_to(at=place.at)
            return
        before, after = (place, None) if way < 0 else (None, place)
        question = AskPastLines(
            new_id(), self.session.cid, self.session.session_id, before=before, after=after
        )
        self._asked = question.request_id
        self._link.ask(question, lambda answer: self._on_more(way, answer))

    @property
    def reading(self) -> bool:
        """Whether something is asked for and not here yet."""
        return bool(self._asked) or (self.session is None and self._opening)

    def _forget(self) -> None:
        self.session: PastSession | None = None
        self.density: tuple[int, ...] = ()
        self.raised: tuple[RaisedMark, ...] = ()
        self.acts: tuple[ActProgress, ...] = ()
        self.left_out = 0
        self.wanted_item = ""
        self.more_before = self.more_after = False
        self._first: LinePlace | None = None
        self._last: LinePlace | None = None
        self._held = 0
        self._wanted_at = 0.0
        self._asked = ""

    def _on_session(self, answer: PastSessionOpened) -> None:
        self._opening = False
        if answer.session is None:
            self.failed.emit(answer.sentence)
            return
        self.session = answer.session
        self.density, self.raised, self.acts = answer.density, answer.raised, answer.acts
        self.left_out = answer.left_out
        self.changed.emit()
        self.go_to(self.wanted_item, self._wanted_at or self.session.since)

    def _on_lines(self, answer: PastLines) -> None:
        if answer.request_id != self._asked or self.session is None:
            return  # something else was asked for since
        if answer.sentence:
            self._asked = ""
            self.failed.emit(answer.sentence)
            return
        self._empty()
        self.lines.state = self._live.state
        self.lines.ended.keep(call_of(self.session), self.session.until)
        self._first, self._last = answer.first, answer.last
        self.more_before, self.more_after = answer.more_before, answer.more_after
        self._note_raised(answer)
        self._append(answer)
        self.lines.cleared.emit()  # the lists read all that is held
        self.read.emit(self.wanted_item, self._wanted_at)
        self._asked = ""  # until now rows only went where they belong: nobody wanted more

    def _on_more(self, way: int, answer: PastLines) -> None:
        if answer.request_id != self._asked or self.session is None:
            return
        self._asked = ""
        if answer.sentence or answer.first is None:
            return
        self._note_raised(answer)
        if way < 0:
            entries = self._prepend(answer)
            self._first, self.more_before = answer.first, answer.more_before
        else:
            entries = self._append(answer)
            self._last, self.more_after = answer.last, answer.more_after
        self.more_comes.emit()
        self.lines.entries_added.emit(tuple(entries))
        self.more_read.emit()

    def _empty(self) -> None:
        """Hold no line any more. What is shared with the rest of the window stays."""
        lines = self.lines
        for known in (lines.names, lines.history, lines.gaps, lines.heat, lines.raised):
            known.clear()
        lines.ended.clear()
        self._held = 0

    def _note_raised(self, answer: PastLines) -> None:
        now = [self._live.raised.find(one.item_id) or one for one in answer.raised]
        self.lines.raised.apply(RaisedChanged(changed=tuple(now)))

    def _append(self, answer: PastLines) -> list[Entry]:
        """Put lines, and what was done between them, behind what is held."""
        added: list[Entry] = []
        for each in self._with_acts(answer):
            if isinstance(each, Notice):
                added.append(self.lines.history.notice(each))
            else:
                self._note_name(each)
                added += self.lines.folding.hear(Heard(items=(each,))).added
        self._held += len(added)
        return added

    def _prepend(self, answer: PastLines) -> list[Entry]:
        """Put lines, and what was done between them, before what is held."""
        added: list[Entry] = []
        for each in reversed(self._with_acts(answer)):
            if isinstance(each, Notice):
                added.append(self.lines.history.notice_before(each))
                continue
            self._note_name(each)
            for entry in self.lines.folding.hear(
                Heard(items=(each,), replay=True, older=True)
            ).added:
                added.append(self.lines.history.change_line(replace(entry, replay=False)))
        self._held += len(added)
        return added[::-1]

    def _note_name(self, line: JudgedItem) -> None:
        item = line.item
        self.lines.names.of(item.cid).note(item.author_id, item.author_name)

    def _with_acts(self, answer: PastLines) -> list[JudgedItem | Notice]:
        """The lines of a page, with the acts that were done between them."""
        if answer.first is None or answer.last is None or self.session is None:
            since, until = (float("-inf"), float("inf"))
        else:
            since = answer.first.at if answer.more_before else float("-inf")
            until = answer.last.at if answer.more_after else float("inf")
        done = [each for each in self.acts if since < each.act.requested_at <= until]
        notices = [notice_of_act(each, self._live.team.called) for each in done]
        rows: list[JudgedItem | Notice] = []
        for line in answer.lines:
            while notices and notices[0].at < line.item.start_time:
                rows.append(notices.pop(0))
            rows.append(line)
        return [*rows, *notices]

    def _follow_raised(self, item_ids: Sequence[str]) -> None:
        """Something was decided about items that are held here."""
        known = (self._live.raised.find(each) for each in item_ids)
        held = [one for one in known if one and self.lines.history.line(one.item_id)]
        if held:
            self.lines.raised.apply(RaisedChanged(changed=tuple(held)))

    def place_of(self, entry: object) -> float:
        """When the row ``entry`` was (unix seconds); 0.0 where it has no time."""
        if isinstance(entry, ItemEntry):
            return entry.item.start_time
        notice = getattr(entry, "notice", None)
        return notice.at if isinstance(notice, Notice) else 0.0


def call_of(session: PastSession) -> Call:
    """The call of a session, as it was at its end."""
    kind, _, call_id = session.cid.partition(":")
    return Call(
        cid=session.cid,
        type=kind,
        id=call_id,
        name=session.name,
        session_id=session.session_id,
        started_at=session.since,
        ended_at=session.until,
    )
