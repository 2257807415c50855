"""How hot a call is: decayed verdicts, a sparkline, and raised lines that were not seen. Pure."""

import math
from collections.abc import Container, Iterable

from console.domain.call import Call
from console.domain.heat import HALF_LIFE, weight
from console.domain.item import Item
from console.domain.verdict import Verdict

BUCKETS = 24
BUCKET_SECONDS = 15.0

RAISED_KEPT = 64
"""So many raised lines of a call are known by name; what they add is gone after minutes anyway."""


class Buckets:
    """Counts in the last ``BUCKETS`` stretches of ``BUCKET_SECONDS``."""

    __slots__ = ("_counts", "_newest")

    def __init__(self) -> None:
        self._counts = [0] * BUCKETS
        self._newest = 0

    def add(self, at: float, n: int = 1) -> None:
        """Count ``n`` at the time ``at``; what is too old is forgotten."""
        bucket = int(at // BUCKET_SECONDS)
        self._roll(bucket)
        age = self._newest - bucket
        if 0 <= age < BUCKETS:
            self._counts[-1 - age] += n

    def read(self, now: float) -> tuple[int, ...]:
        """The counts up to ``now``, oldest first."""
        self._roll(int(now // BUCKET_SECONDS))
        return tuple(self._counts)

    def _roll(self, bucket: int) -> None:
        ahead = bucket - self._newest
        if ahead <= 0:
            return
        if ahead >= BUCKETS:
            self._counts = [0] * BUCKETS
        else:
            self._counts = self._counts[ahead:] + [0] * ahead
        self._newest = bucket


class CallHeat:
    """The heat of one call. Times are unix seconds of when a line was heard.

    While the call is not heard its heat stands still: nobody knows that it has calmed down.

    Attributes:
        raised_ids: the ids of the lines raised last, the newest at the end.
    """

    __slots__ = ("_at", "_paused_at", "_sum", "raised", "raised_ids", "talk", "unseen")

    def __init__(self) -> None:
        self._sum = 0.0
        self._at = 0.0
        self._paused_at = 0.0
        self.talk = Buckets()
        self.raised = Buckets()
        self.raised_ids: dict[str, None] = {}
        self.unseen: set[str] = set()

    def value(self, now: float) -> float:
        """The decayed sum; below 0.05 it is 0.0, so that cold calls do not stir."""
        settled = self._decayed(max(self._seen(now), self._at))
        return settled if settled >= 0.05 else 0.0

    def talking(self, now: float) -> bool:
        """Whether anything of the last minutes is still to be seen, in heat or in the counts."""
        return any(self.talk.read(self._seen(now))) or self.value(now) > 0.0

    def counts(self, now: float, *, raised: bool) -> tuple[int, ...]:
        """Raised lines, or all, in the stretches of time up to ``now``, oldest first."""
        return (self.raised if raised else self.talk).read(self._seen(now))

    def pause(self, since: float, now: float) -> None:
        """The call is not heard since then; 0.0: it is heard from now on."""
        if since:
            self._paused_at = since
        elif self._paused_at:
            self._at = min(self._at + max(0.0, now - self._paused_at), max(now, self._at))
            self._paused_at = 0.0

    @property
    def frozen_since(self) -> float:
        """Since when the heat stands still (unix seconds); 0.0 while it fades."""
        return self._paused_at

    def _seen(self, now: float) -> float:
        return min(now, self._paused_at) if self._paused_at else now

    def heard(self, at: float) -> None:
        """A line was spoken."""
        self.talk.add(at)

    def judge(
        self, item_id: str, at: float, old: Verdict | None, new: Verdict, *, seen: bool
    ) -> None:
        """The verdict of a line heard at ``at`` changed from ``old`` to ``new``."""
        change = weight(new) - weight(old)
        if change:
            self._add(at, change)
        was = old is not None and old.raised
        if new.raised != was:
            self.raised.add(at, 1 if new.raised else -1)
        if not new.raised:
            self.raised_ids.pop(item_id, None)
            self.unseen.discard(item_id)
        elif not was:
            self._keep_raised(item_id)
            if not seen:
                self.unseen.add(item_id)

    def _keep_raised(self, item_id: str) -> None:
        self.raised_ids[item_id] = None
        if len(self.raised_ids) > RAISED_KEPT:
            del self.raised_ids[next(iter(self.raised_ids))]

    def _decayed(self, now: float) -> float:
        return self._sum * math.exp2((self._at - now) / HALF_LIFE)

    def _add(self, at: float, change: float) -> None:
        if at >= self._at:
            self._sum = self._decayed(at) + change
            self._at = at
        else:
            self._sum += change * math.exp2((at - self._at) / HALF_LIFE)
        self._sum = max(self._sum, 0.0)


class HeatOfCalls(dict[str, CallHeat]):
    """By cid. A raised line counts as not seen until its reader was at the end of its call."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[int, str] = {}

    @property
    def seen_cids(self) -> frozenset[str]:
        """The calls at whose newest lines a reader is."""
        return frozenset(self._seen.values()) - {""}

    def of(self, cid: str) -> CallHeat:
        """The heat of a call, which may be a new one."""
        if cid not in self:
            self[cid] = CallHeat()
        return self[cid]

    def see(self, cid: str | None, *, reader: int = 0) -> tuple[str, ...]:
        """A reader is at the newest line of ``cid`` ("" is all calls, None is nowhere).

        Several transcripts side by side are several readers. Returns the calls whose lines are seen
        by that.
        """
        if cid is None:
            self._seen.pop(reader, None)
            return ()
        self._seen[reader] = cid
        fresh = tuple(key for key, heat in self.items() if heat.unseen and cid in ("", key))
        for key in fresh:
            self[key].unseen.clear()
        return fresh

    def judge(self, item: Item, old: Verdict | None, new: Verdict, *, replay: bool) -> None:
        """The verdict of ``item`` changed from ``old`` to ``new``."""
        seen = replay or any(cid in ("", item.cid) for cid in self._seen.values())
        self.of(item.cid).judge(item.item_id, item.received_at, old, new, seen=seen)

    def hottest(self, cids: Iterable[str], now: float) -> str:
        """The hottest of these calls; "" when all are cold."""
        values = {cid: self[cid].value(now) for cid in cids if cid in self}
        best = max(values, key=lambda cid: values[cid], default="")
        return best if values.get(best) else ""

    def forget(self, items: Iterable[Item]) -> None:
        """These items were dropped, so they can no longer be seen."""
        for item in items:
            if item.cid in self:
                self[item.cid].unseen.discard(item.item_id)

    def pause(self, calls: Iterable[Call], now: float) -> None:
        """Let the heat stand still where these calls are not heard, and go on where they are."""
        for call in calls:
            if call.cid in self:
                self[call.cid].pause(call.unmonitored_since, now)

    def keep(self, cids: Container[str]) -> None:
        """Forget the calls that are not among ``cids``."""
        for cid in [cid for cid in self if cid not in cids]:
            del self[cid]
