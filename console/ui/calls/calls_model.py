"""The calls: "All calls", the pinned, the others by the chosen order, then those that ended."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.call import Call
from console.ui.calls.hysteresis import settle
from console.ui.state.call_facts import facts_of
from console.ui.state.call_filter import CallFilter, read_filter
from console.ui.state.heat import BUCKETS, CallHeat
from console.ui.state.listening_words import row_words, state_of
from console.ui.state.not_heard import as_of, not_heard_words
from console.ui.state.session_state import SessionState
from console.ui.state.watched_words import watched_spoken
from console.ui.widgets.folding import fold
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import count, span_of_minutes
from console.ui.widgets.timers import one_shot, ticking

ALL = ""
"""The cid of the first row."""

REORDER_MS = 1000

TOUCH_MS = 200
"""How often rows are repainted with new counts and heat."""


def state_word(call: Call) -> str:
    """One word, or a few, on what a call is doing."""
    if call.ended_at:
        return "ended"
    if call.unmonitored_since:
        return "not monitored"
    return "backstage" if call.backstage else "live"


class CallsModel(OrderedRows):
    """Rows are cids. See ``Role`` for what each role holds.

    Signals:
        pins_changed: the pinned cids, sorted, to be remembered.
    """

    pins_changed = Signal(object)

    def __init__(self, session: SessionState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._filter = CallFilter()
        self._sort = "heat"
        self._pinned: set[str] = set()
        self._settled: list[str] = []
        self._names: dict[str, str] = {}
        self._over: set[str] = set()
        self._timer = ticking(REORDER_MS, self)
        self._timer.timeout.connect(self._settle)
        self._timer.start()
        self._touched: set[str] = set()
        self._soon = one_shot(TOUCH_MS, self)
        self._soon.timeout.connect(self._tell_touched)
        session.calls_changed.connect(self._on_calls_changed)
        session.heat_changed.connect(self._on_heat_changed)
        session.requests_changed.connect(self._on_requests_changed)
        session.listening.changed.connect(self._on_requests_changed)
        session.raised.changed.connect(self._on_raised_changed)
        session.team.watched_changed.connect(lambda cids: self._touch_soon(cids or self.keys()))
        session.cleared.connect(lambda: self._on_calls_changed(()))
        self.rearrange()

    def set_filter(self, typed: str) -> str:
        """Show only calls that pass; returns what of it was not understood, "" for nothing."""
        self._filter = read_filter(typed)
        self.rearrange()
        return self._filter.trouble

    def set_sort(self, sort: str) -> None:
        """Order by ``heat``, ``name``, ``people`` or ``flags``."""
        if sort not in ("heat", "name", "people", "flags"):
            raise ValueError(f"calls have no order called {sort!r}")
        self._sort = sort
        self.rearrange()

    @property
    def pinned(self) -> set[str]:
        """The calls that come first."""
        return set(self._pinned)

    def set_pinned(self, cids: Iterable[str]) -> None:
        """Pin exactly these."""
        self._pinned = set(cids)
        self.rearrange()
        self.touch(self.keys())

    def toggle_pin(self, cid: str) -> None:
        """Pin or unpin a call."""
        if not cid:
            return
        self._pinned ^= {cid}
        self.touch((cid,))
        self.rearrange()
        self.pins_changed.emit(tuple(sorted(self._pinned)))

    def wanted_keys(self) -> list[str]:
        calls = self._session.calls
        now = self._clock.now()
        shown = [cid for cid, call in calls.items() if self._passes(call, now)]
        match self._sort:
            case "heat":
                by_name = sorted(calls, key=lambda cid: (fold(calls[cid].name), cid))
                self._settled = settle(
                    self._settled, {cid: self._heat(cid).value(now) for cid in by_name}
                )
                present = set(shown)
                shown = [cid for cid in self._settled if cid in present]
            case "name":
                shown.sort(key=lambda cid: (fold(calls[cid].name), cid))
            case "people":
                shown.sort(key=lambda cid: (-calls[cid].people, fold(calls[cid].name), cid))
            case _:
                raised = self._session.raised
                shown.sort(key=lambda cid: (-raised.count(cid), fold(calls[cid].name), cid))
        shown.sort(key=lambda cid: cid not in self._pinned)
        over = reversed(self._session.ended.values())
        return [ALL, *shown, *(call.cid for call in over if self._passes(call, now))]

    def _passes(self, call: Call, now: float) -> bool:
        if not self._filter.tests:
            return True
        return self._filter.passes(facts_of(self._session, call, now, self._pinned))

    def _heat(self, cid: str) -> CallHeat:
        return self._session.heat.get(cid) or _COLD

    def _settle(self) -> None:
        self.rearrange()
        now = self._clock.now()
        warm = (cid for cid, heat in self._session.heat.items() if heat.talking(now))
        unheard = (cid for cid, call in self._session.calls.items() if call.unmonitored_since)
        self._touch_soon((*warm, *unheard, *self._session.raised.calls()))

    def _touch_soon(self, cids: Iterable[str]) -> None:
        before = len(self._touched)
        self._touched.update(cids)
        if len(self._touched) > before:
            self._touched.add(ALL)
        if self._touched and not self._soon.isActive():
            self._soon.start()

    def _tell_touched(self) -> None:
        touched, self._touched = self._touched, set()
        self.touch(touched)

    def _on_calls_changed(self, cids: tuple[str, ...]) -> None:
        for cid in cids or tuple(self._names):
            self._names.pop(cid, None)
        session = self._session
        # A call that has ended, or begins again, has another place.
        moved = (self.row_of(cid) < 0 or cid in session.ended or cid in self._over for cid in cids)
        if not cids or any(moved):
            self.rearrange()
        self._over = set(session.ended)
        self._touch_soon(cids or self.keys())

    def _on_heat_changed(self, cids: tuple[str, ...]) -> None:
        self._touch_soon(cids)

    def _on_raised_changed(self, item_ids: tuple[str, ...]) -> None:
        found = (self._session.raised.find(item_id) for item_id in item_ids)
        cids = {one.item.cid for one in found if one is not None}
        self._touch_soon(cids or self.keys())

    def _on_requests_changed(self) -> None:
        self._touch_soon(self.keys())

    def _name(self, cid: str) -> str:
        if cid == ALL:
            return "All calls"
        name = self._names.get(cid)
        if name is None:
            call = self._session.call(cid)
            if call is None:
                return visible(cid)
            name = self._names[cid] = visible(call.name)
        return name

    def _oldest(self, cid: str) -> str:
        """For how long the oldest open item of a call is open; "" where none is."""
        since = self._session.raised.oldest(cid)
        return span_of_minutes(self._clock.now() - since) if since else ""

    def _unseen(self, cid: str) -> int:
        if cid == ALL:
            return sum(len(heat.unseen) for heat in self._session.heat.values())
        return len(self._heat(cid).unseen)

    def _people(self, cid: str) -> int:
        if cid == ALL:
            return sum(call.people for call in self._session.calls.values())
        call = self._session.call(cid)
        return call.people if call else 0

    def _not_heard(self, cid: str) -> str:
        call = self._session.call(cid)
        return not_heard_words(call.unmonitored_since, self._clock.now()) if call else ""

    def _counts(self, cid: str, *, raised: bool) -> list[int]:
        now = self._clock.now()
        if cid != ALL:
            return list(self._heat(cid).counts(now, raised=raised))
        all_of_them = [heat.counts(now, raised=raised) for heat in self._session.heat.values()]
        return [sum(column) for column in zip(*all_of_them, strict=True)] or [0] * BUCKETS

    def _value(self, cid: str) -> float:
        if cid == ALL:
            return 0.0
        return self._heat(cid).value(self._clock.now())

    def _watchers(self, cid: str) -> tuple[str, ...] | None:
        if cid == ALL or cid in self._session.ended:
            return None
        return self._session.team.watchers(cid, self._session.state.user_id)

    def _spoken(self, cid: str) -> str:
        """The whole row in words, for screen readers."""
        parts = [self._name(cid)]
        call = self._session.call(cid)
        if call is not None:
            parts += [visible(call.type), self._not_heard(cid) or state_word(call)]
        since = call.unmonitored_since if call is not None else 0.0
        parts.append(as_of(f"{self._people(cid)} people", since))
        if waiting := self._session.raised.count(cid):
            parts.append(f"{count(waiting, 'open item')}, the oldest for {self._oldest(cid)}")
        if unseen := self._unseen(cid):
            parts.append(f"{count(unseen, 'raised line')} not seen")
        if asking := self._session.requests.count(cid):
            parts.append(f"{asking} asking for a permission")
        if heat := self._value(cid):
            parts.append(f"heat {heat:.1f}")
        if listened := self._session.listening.of(cid):
            parts.append(state_of(listened, self._session.listening.told)[0])
        if watched := watched_spoken(self._watchers(cid)):
            parts.append(watched)
        if language := self._session.not_judged.language(cid):
            parts.append(f"nothing judges {language}")
        if cid in self._pinned:
            parts.append("pinned")
        return ", ".join(parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cid = self.key(index.row()) if index.isValid() else None
        if cid is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name(cid)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(cid)
            case Role.CALL:
                return self._session.call(cid)
            case Role.CID:
                return cid
            case Role.CALL_NAME:
                return self._name(cid)
            case Role.PEOPLE:
                return self._people(cid)
            case Role.HEAT:
                return self._value(cid)
            case Role.SPARKLINE:
                return self._counts(cid, raised=True)
            case Role.TALK:
                return self._counts(cid, raised=False)
            case Role.OPEN:
                return self._session.raised.count(cid)
            case Role.OLDEST:
                return self._oldest(cid)
            case Role.UNSEEN:
                return self._unseen(cid)
            case Role.PINNED:
                return cid in self._pinned
            case Role.UNMONITORED:
                call = self._session.call(cid)
                return call.unmonitored_since if call else 0.0
            case Role.NOT_HEARD:
                return self._not_heard(cid)
            case Role.REQUESTS:
                return self._session.requests.count(cid)
            case Role.WATCHERS:
                return self._watchers(cid)
            case Role.NOT_JUDGED:
                return self._session.not_judged.language(cid)
            case Role.LISTENING:
                listening = self._session.listening
                listened = listening.of(cid)
                return row_words(listened, listening.told) if listened is not None else None
            case Role.GONE:
                return cid in self._gone or cid in self._session.ended
            case _:
                return None


_COLD = CallHeat()
