"""Which gaps the transcript marks: one that runs while nothing is heard, and those that are told.

The window marks what it sees itself, because an engine that dies tells nothing any more. What an
engine tells of the same time later does not mark it twice. Pure.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from console.protocol.to_window import Gap
from console.ui.state.entries import GapEntry
from console.ui.state.history import History

SAME_S = 10.0
"""How far the ends of one gap may lie apart as the window saw it and as an engine tells it."""
MOST_TOLD = 200


class GapMarks:
    """Marks gaps in a history. Times are unix seconds.

    ``monotonic`` measures how long a gap lasted, whatever the wall clock is set to meanwhile.
    """

    def __init__(self, history: History, monotonic: Callable[[], float]) -> None:
        self._history = history
        self._monotonic = monotonic
        self._begun = 0.0
        self._running: GapEntry | None = None
        self._last: GapEntry | None = None
        self._told: dict[tuple[tuple[str, ...], float], GapEntry] = {}
        """Those that an engine tells while they run."""

    @property
    def any_runs(self) -> bool:
        """Whether one has not ended, of all calls or of some."""
        return self._running is not None or bool(self._told)

    @property
    def running(self) -> Gap | None:
        """The gap that has not ended; its ``until`` is 0.0."""
        return self._running.gap if self._running is not None else None

    def begin(self, cids: Iterable[str], since: float, reason: str) -> GapEntry | None:
        """Nothing of these calls is heard since then; None where that is marked already."""
        cids = tuple(cids)
        if self._running is not None or not cids:
            return None
        self._begun = self._monotonic()
        self._running = self._history.gap(Gap(cids=cids, since=since, until=0.0, reason=reason))
        return self._running

    def end(self, cids: Iterable[str], now: float) -> GapEntry | None:
        """All is heard again, ``cids`` too; the entry that changed, if there was a gap."""
        if self._running is None:
            return None
        gap = self._running.gap
        together = tuple(dict.fromkeys((*gap.cids, *cids)))
        until = max(now, gap.since + self._monotonic() - self._begun)
        changed = self._put(self._running, replace(gap, cids=together, until=until))
        self._running, self._last = None, changed
        return changed

    def take(self, gap: Gap) -> tuple[GapEntry | None, GapEntry | None]:
        """A gap that an engine tells: the entry that is new, and the one that changed."""
        if gap.partly or not gap.until:
            return self._take_told(gap)
        running, last = self._running, self._last
        if running is not None and gap.until >= running.gap.since:
            return None, self.end(gap.cids, gap.until)
        if last is not None and _covers(last.gap, gap):
            together = tuple(dict.fromkeys((*last.gap.cids, *gap.cids)))
            self._last = self._put(last, replace(last.gap, cids=together))
            return None, self._last
        return self._history.gap(gap), None

    def clear(self) -> None:
        """The history was emptied."""
        self._told.clear()
        self._running = self._last = None

    def end_told(self, cids: Iterable[str], now: float) -> tuple[GapEntry, ...]:
        """These calls are heard again, or over: the entries that changed.

        The engine that told of a gap there may be another by now. One that is ``partly`` is none
        of not being heard at all, and is ended by the engine that told it, or with that engine.
        """
        again = {(cid,) for cid in cids}
        return self._end_those(
            [k for k, e in self._told.items() if k[0] in again and not e.gap.partly], now
        )

    def end_partly(self, until: float) -> tuple[GapEntry, ...]:
        """The engine died, last heard of at ``until``: what it heard in part it hears no more.

        Returns the entries that changed. What nobody listens to goes on unheard.
        """
        return self._end_those([k for k, e in self._told.items() if e.gap.partly], until)

    def _end_those(
        self, keys: list[tuple[tuple[str, ...], float]], now: float
    ) -> tuple[GapEntry, ...]:
        ended = [self._told.pop(key) for key in keys]
        return tuple(
            self._put(entry, replace(entry.gap, until=max(now, entry.gap.since))) for entry in ended
        )

    def _take_told(self, gap: Gap) -> tuple[GapEntry | None, GapEntry | None]:
        running = self._told.pop((gap.cids, gap.since), None)
        if running is not None:
            return None, self._put(running, gap)
        entry = self._history.gap(gap)
        if not gap.until and len(self._told) < MOST_TOLD:
            self._told[gap.cids, gap.since] = entry
        return entry, None

    def _put(self, entry: GapEntry, gap: Gap) -> GapEntry:
        return self._history.change_gap(GapEntry(serial=entry.serial, gap=gap))


def _covers(marked: Gap, told: Gap) -> bool:
    return marked.since - SAME_S <= told.since and told.until <= marked.until + SAME_S
