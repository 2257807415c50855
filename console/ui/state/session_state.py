"""The state of the window: the engine's messages folded together, with signals for changes."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.call import Call
from console.domain.names import Names
from console.domain.phase import MEANINGS, Cause, Phase, after
from console.protocol import to_window as messages
from console.protocol.acts import ActProgress, ActsChanged
from console.protocol.requests import RequestsChanged
from console.protocol.to_window import EngineState, Problem, Pulse
from console.ui.state.about_people import AboutPeople
from console.ui.state.act_records import ActRecords
from console.ui.state.automation_state import AutomationState
from console.ui.state.disagreement_count import DisagreementCount
from console.ui.state.ended_calls import EndedCalls
from console.ui.state.entries import Entry, ItemEntry
from console.ui.state.frames import FramesState
from console.ui.state.gap_marks import GapMarks
from console.ui.state.given_labels import GivenLabels
from console.ui.state.hand_guard import HandGuard
from console.ui.state.heat import HeatOfCalls
from console.ui.state.history import History
from console.ui.state.line_folding import Folded, LineFolding
from console.ui.state.listening import ListeningState
from console.ui.state.not_judged import NotJudged
from console.ui.state.out_of_sight import Doubted, lose_sight
from console.ui.state.people import People
from console.ui.state.permission_requests import OpenRequests
from console.ui.state.problem_list import ProblemList
from console.ui.state.raised_items import RaisedItems
from console.ui.state.review_queue import ReviewQueue
from console.ui.state.sanctions_known import SanctionsKnown
from console.ui.state.saved_searches import SavedSearches
from console.ui.state.team import Team
from console.ui.state.trouble import Trouble, both, trouble_of, trouble_of_store
from console.ui.state.withheld_pictures import WithheldPictures

log = logging.getLogger(__name__)


class SessionState(QObject):
    """The state of one window.

    Signals carry tuples of frozen objects or ids:
        state_changed: EngineState. calls_changed: cids that appeared, changed or went; an empty
            tuple means all of them. people_changed: the cid whose people changed.
        entries_added: Entry objects new in the transcript, in order. lines_added: the ItemEntry
            objects among them. notices_added: Notice. entries_trimmed: the smallest serial held.
        entries_changed: ItemEntry objects whose text or verdict changed, and a GapEntry that has
            ended. verdicts_changed: the item ids among them whose verdict changed.
        entries_shown: Entry objects that became rows of the transcript; the transcript tells it.
        heat_changed: cids whose heat or unseen lines changed.
        acts_changed: act ids. requests_changed: open permission requests changed.
        problem_found: Problem; problems_cleared: there are none any more. pulse_changed: Pulse.
        names_changed: the cid in which somebody is called otherwise than before.
        cleared: everything was forgotten, because another account signed in.
    """

    state_changed = Signal(object)
    calls_changed = Signal(object)
    people_changed = Signal(str)
    entries_added = Signal(object)
    entries_changed = Signal(object)
    entries_trimmed = Signal(int)
    lines_added = Signal(object)
    entries_shown = Signal(object)
    verdicts_changed = Signal(object)
    notices_added = Signal(object)
    heat_changed = Signal(object)
    acts_changed = Signal(object)
    requests_changed = Signal()
    problem_found = Signal(object)
    problems_cleared = Signal()
    pulse_changed = Signal(object)
    names_changed = Signal(str)
    cleared = Signal()

    def __init__(
        self, clock: Clock, history: History | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._account = ("", "")
        self._restoring = False
        self._doubted: Doubted | None = None
        self._told_at = 0.0
        self.heard_until = 0.0
        """When something could be heard last (unix seconds); 0.0 while it can, and before."""
        self.state = EngineState(phase=Phase.SIGNED_OUT)
        self.store = messages.StoreState()
        self.engine_up = False
        self.calls: dict[str, Call] = {}
        self.ended = EndedCalls()
        self.people = People()
        self.names = Names()
        self.history = History() if history is None else history
        self.gaps = GapMarks(self.history, clock.monotonic)
        self.heat = HeatOfCalls()
        self.not_judged = NotJudged()
        self.folding = LineFolding(self.history, self.heat, self.not_judged)
        self.acts, self.requests = ActRecords(), OpenRequests()
        self.raised = RaisedItems(self)
        self.queue = ReviewQueue(self)
        self.sanctions = SanctionsKnown(self)
        self.problems = ProblemList()
        self.about, self.labels = AboutPeople(self), GivenLabels(self)
        self.automation = AutomationState(clock, self)
        self.hand = HandGuard(self)
        self.hand.colleague_is_fast.connect(self.report)
        self.team, self.listening = Team(self), ListeningState(self)
        self.frames, self.searches = FramesState(self), SavedSearches(self)
        WithheldPictures(self.frames, self.history, self.raised, self.entries_changed.emit, self)
        known = (self.raised, self.queue, self.sanctions, self.labels)
        news = (self.about, self.automation, self.team, self.listening, self.frames, self.searches)
        self._parts = (*known, *news, self.hand)
        self.pulse: Pulse | None = None
        self.disagreements = DisagreementCount(self)
        self.handlers: dict[type, Callable[[Any], None]] = {
            messages.Hello: self._on_hello,
            EngineState: self._change_state,
            messages.StoreState: self._change_store,
            messages.CallsChanged: self._change_calls,
            messages.ParticipantsChanged: self._change_people,
            messages.Heard: self._hear,
            messages.Judged: self._judge,
            messages.Gap: lambda gap: self._show_gap(*self.gaps.take(gap)),
            messages.Noticed: self._notice,
            ActsChanged: lambda changed: self._change_acts(changed.acts),
            RequestsChanged: self._change_requests,
            Problem: self.report,
            Pulse: self._on_pulse,
        }
        for part in self._parts:
            self.handlers |= part.handlers

    def begin(self, profile: str) -> None:
        """A sign-in with ``profile`` follows as soon as there is an engine."""
        self._restoring = True  # what an engine says before it was asked to sign in is no news
        starting = EngineState(phase=Phase.CONNECTING, sentence="Starting…", profile=profile)
        self._change_state(starting, begins=True)

    @property
    def beginning(self) -> bool:
        """Whether a sign-in was announced, and no engine has told of it yet."""
        return self._restoring and self.state.phase is Phase.CONNECTING

    def begin_nothing(self) -> None:
        """The sign-in that was announced does not come."""
        if self.beginning:
            self.end()

    def end(self) -> None:
        """Somebody signs out: what an engine that is not there cannot say is said here."""
        if self._restoring:
            self._restoring = False
            self._change_state(EngineState(phase=Phase.SIGNED_OUT))

    def apply(self, message: messages.ToWindow) -> None:
        """Fold in one message of the engine; answers and the news of runs are for EngineLink."""
        self._end_doubt()
        self._told_at = self._clock.now()
        handler = self.handlers.get(type(message))
        if handler is not None:
            handler(message)

    def engine_silent(self, sentence: str) -> None:
        """The engine tells nothing: what it told last is old until it tells something again."""
        phase = after(self.state.phase, Cause.LINK_SILENT)
        if phase is None or self._doubted is not None:
            return
        self._doubted = Doubted(self.state, dict(self.calls), dict(self.people))
        advice = "It is started again by itself where it goes on like this."
        self._change_state(
            replace(
                self.state,
                phase=phase,
                sentence=sentence,
                advice=advice,
                directory_complete=False,
                heard_until=self._told_at,
            )
        )
        self._lose_sight(self._told_at)

    def _end_doubt(self) -> None:
        """The engine tells something again: nothing of what it told was lost meanwhile."""
        doubted, self._doubted = self._doubted, None
        if doubted is None:
            return
        self.calls.update(doubted.calls)
        self.people.update(doubted.people)
        self.heat.pause(self.calls.values(), self._clock.now())
        self._change_state(doubted.state)
        self.calls_changed.emit(tuple(self.calls))
        self.people_changed.emit(self.people.cid)

    def engine_lost(self, sentence: str) -> None:
        """The engine died; ``sentence`` says how. What is known stays on the screen."""
        self.engine_up = False
        self._doubted = None
        self._show_gap(None, *self.gaps.end_partly(self.heard_until or self._told_at))
        phase = after(self.state.phase, Cause.ENGINE_LOST)
        if phase is not None:
            self._restoring = True
            state = EngineState(
                phase=phase,
                sentence=sentence,
                advice="It is started again. What is in the store is kept; what is said until then"
                " is not heard.",
                method=self.state.method,
                user_id=self.state.user_id,
                profile=self.state.profile,
                heard_until=self.heard_until or self._told_at,
                token_ends_at=self.state.token_ends_at,
            )
            self._change_state(state)
            self._lose_sight(state.heard_until)
        self.report(Problem(place="engine", sentence=sentence, at=self._clock.now()))

    def report(self, problem: Problem) -> None:
        """Keep and tell a problem; the same place and sentence again replaces the earlier one."""
        self.problems.keep(problem)
        self.problem_found.emit(problem)

    def clear_problems(self) -> None:
        """Forget the problems: they were seen."""
        self.problems.clear()
        self.problems_cleared.emit()

    def clear(self) -> None:
        """Forget calls, people, transcript and acts."""
        self.people = People()
        self.heard_until = 0.0
        for known in (self.calls, self.ended, self.names, self.history, self.gaps, self.heat):
            known.clear()
        for work in (self.not_judged, self.acts, self.requests, *self._parts):
            work.clear()
        self.cleared.emit()

    def call(self, cid: str) -> Call | None:
        """A call, active or over."""
        return self.calls.get(cid) or self.ended.get(cid)

    def see(self, cid: str | None, *, reader: int = 0) -> None:
        """A reader is at the newest line of ``cid`` ("" is all calls, None is nowhere)."""
        if seen := self.heat.see(cid, reader=reader):
            self.heat_changed.emit(seen)

    def request_noted(self, progress: ActProgress) -> None:
        """An act was asked for and the engine has not answered yet."""
        if progress.act.act_id not in self.acts:
            self._change_acts((progress,))

    def _on_hello(self, _hello: messages.Hello) -> None:
        self.engine_up = True

    def _change_store(self, store: messages.StoreState) -> None:
        self.store = store
        self.state_changed.emit(self.state)

    @property
    def trouble(self) -> Trouble | None:
        """What stands in the way now, the worst first: nothing is heard, or nothing is kept."""
        now = self._clock.now()
        heard = trouble_of(self.state, heard_until=self.heard_until, now=now)
        kept = trouble_of_store(self.store, self.pulse)
        if heard is None or kept is None:
            return heard or kept
        return both(heard, kept)

    def _on_pulse(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self.pulse_changed.emit(pulse)

    def _change_requests(self, change: RequestsChanged) -> None:
        self._note_names((asks.cid, asks.user_id, asks.name) for asks in change.changed)
        self.requests.apply(change)
        self.requests_changed.emit()

    def _change_state(self, state: EngineState, *, begins: bool = False) -> None:
        if self._restoring and state.phase is Phase.SIGNED_OUT:
            return  # a new engine that has not signed in yet
        self._restoring = begins or (self._restoring and state.phase is Phase.RECONNECTING)
        before = self.state.phase
        self.state = state
        if state.profile:
            profile, user_id = self._account
            other_user = user_id and state.user_id and user_id != state.user_id
            if profile and (profile != state.profile or other_user):
                self.clear()
                user_id = ""
            self._account = (state.profile, state.user_id or user_id)
        self._follow_hearing(state)
        if state.phase in (Phase.SIGNED_OUT, Phase.CONNECTING) and state.phase is not before:
            self._lose_sight(self._clock.now())  # the calls go on, and nobody watches them
        self.state_changed.emit(state)
        if self.acts.signed_out is not (state.phase is Phase.SIGNED_OUT):
            self.acts.signed_out = not self.acts.signed_out
            self.acts_changed.emit(tuple(self.acts))

    def _follow_hearing(self, state: EngineState) -> None:
        """Mark a gap from the moment nothing is heard until all is heard again.

        A socket that is only silent may have lost nothing, so it is no gap yet.
        """
        active = tuple(cid for cid, call in self.calls.items() if not call.ended_at)
        if MEANINGS[state.phase].hears or state.phase is Phase.SIGNED_OUT:
            self.heard_until = 0.0
            self._show_gap(None, self.gaps.end(active, self._clock.now()))
            return
        self.heard_until = state.heard_until or self.heard_until
        if self.heard_until and state.phase is not Phase.SILENT:
            self._show_gap(self.gaps.begin(active, self.heard_until, state.sentence))

    def _show_gap(self, added: Entry | None, *changed: Entry | None) -> None:
        if added is not None:
            self._added((added,))
        if changes := tuple(filter(None, changed)):
            self.entries_changed.emit(changes)

    def _lose_sight(self, since: float) -> None:
        """No engine tells what goes on: what was known of calls and people is old."""
        lose_sight(self.calls, self.people, since)
        self.heat.pause(self.calls.values(), self._clock.now())
        self.calls_changed.emit(tuple(self.calls))
        self.people_changed.emit(self.people.cid)

    def _note_names(self, people: Iterable[tuple[str, str, str]]) -> None:
        """Call, id and name of people who may be shown from now on."""
        changed = {cid for cid, user_id, name in people if self.names.of(cid).note(user_id, name)}
        for cid in changed:
            self.names_changed.emit(cid)

    def _hear(self, heard: messages.Heard) -> None:
        said = (judged.item for judged in heard.items)
        self._note_names((item.cid, item.author_id, item.author_name) for item in said)
        folded = self.folding.hear(heard)
        if folded.added:
            self.lines_added.emit(folded.added)
            self._added(folded.added)
        self._tell_judged(folded)

    def _judge(self, message: messages.Judged) -> None:
        self._tell_judged(self.folding.judge(message.verdicts))

    def _tell_judged(self, folded: Folded) -> None:
        if folded.changed:
            self.entries_changed.emit(folded.changed)
        if folded.judged:
            self.verdicts_changed.emit(tuple(line.item.item_id for line in folded.judged))
            self.heat_changed.emit(tuple({line.item.cid for line in folded.judged}))

    def _added(self, entries: tuple[Entry, ...]) -> None:
        self.entries_added.emit(entries)
        dropped = self.history.trim()
        if not dropped:
            return
        self.heat.forget(entry.item for entry in dropped if isinstance(entry, ItemEntry))
        self.entries_trimmed.emit(dropped[-1].serial + 1)

    def _change_calls(self, change: messages.CallsChanged) -> None:
        changed = {call.cid: call for call in change.changed}
        gone = set(change.removed) | (self.calls.keys() - changed.keys() if change.whole else set())
        cids, over = changed.keys() | gone, gone & self.calls.keys()
        for cid in over:
            self.ended.keep(self.calls.pop(cid), self._clock.now())
        for cid, call in changed.items():
            self.ended.pop(cid, None)
            self.calls[cid] = call
        if over:
            self.heat.keep(self.calls.keys() | self.ended.keys())
            self.not_judged.keep(self.calls.keys() | self.ended.keys())
        self.heat.pause(change.changed, self._clock.now())
        heard = [call.cid for call in changed.values() if not call.unmonitored_since]
        self._show_gap(None, *self.gaps.end_told((*heard, *over), self._clock.now()))
        self.calls_changed.emit(tuple(cids))
        if self.people.cid in over and self.people:
            self._change_people(messages.ParticipantsChanged(self.people.cid, "", whole=True))

    def _change_people(self, change: messages.ParticipantsChanged) -> None:
        self._note_names((person.cid, person.user_id, person.name) for person in change.changed)
        self.people.change(change)
        self.people_changed.emit(change.cid)

    def _notice(self, message: messages.Noticed) -> None:
        notices = message.notices
        entries = tuple(self.history.notice(notice) for notice in notices)
        self.notices_added.emit(notices)
        self._added(entries)

    def _change_acts(self, acts: tuple[ActProgress, ...]) -> None:
        self.acts.change(acts)
        self.acts_changed.emit(tuple(progress.act.act_id for progress in acts))
