"""The raised items in memory, all open ones and those decided about last. No I/O."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator

from console.domain.act import Act, Receipt
from console.domain.item import Item
from console.domain.raised import (
    Decision,
    RaisedCounts,
    RaisedItem,
    RaisedState,
    after_act,
    decided,
    judged_anew,
    raise_item,
    undone,
)
from console.domain.verdict import Verdict
from console.store.raised_records import RaisedBefore

MAX_OPEN = 10_000
"""Open items in memory. The oldest beyond that are only in the store, and counted."""

MAX_ENDED = 5_000
MAX_FORGOTTEN = 50_000


class RaisedBook:
    """Raised items by id. Whatever changes one returns it as it is now.

    Attributes:
        dropped: ids of items that left the memory since they were last taken from here.
    """

    def __init__(self, max_open: int = MAX_OPEN, max_ended: int = MAX_ENDED) -> None:
        self._max_open, self._max_ended = max_open, max_ended
        self._open: dict[str, RaisedItem] = {}
        self._ended: OrderedDict[str, RaisedItem] = OrderedDict()
        self._of_author: dict[str, set[str]] = {}
        self._counts: Counter[RaisedState] = Counter()
        self._forgotten: OrderedDict[str, None] = OrderedDict()
        self._oldest_beyond = float("inf")
        self.dropped: list[str] = []

    def __iter__(self) -> Iterator[RaisedItem]:
        yield from self._ended.values()
        yield from self._open.values()

    def __len__(self) -> int:
        return len(self._ended) + len(self._open)

    def find(self, item_id: str) -> RaisedItem | None:
        """The raised item with this id, if it is in memory."""
        return self._open.get(item_id) or self._ended.get(item_id)

    def restore(self, before: RaisedBefore) -> list[RaisedItem]:
        """Take up what earlier engines left; returns those whose state is another one now.

        A verdict may have been kept without its consequence for an item: that follows here.
        """
        self._counts = Counter(before.counts)
        self._oldest_beyond = before.oldest_open_at
        changed = []
        for one in (*before.ended, *before.open):
            if self.find(one.item_id) is None:
                self._hold(one)
        for one in tuple(self):
            now = one
            if not one.handling.incident:
                now = raise_item(
                    one.item, one.verdict, at=one.handling.raised_at, others=self._others(one.item)
                )
            if one.is_open and not one.verdict.raised:
                now = judged_anew(now, one.item, one.verdict) or now
            if now is not one:
                changed.append(self.put(now))
        return changed

    @property
    def beyond(self) -> int:
        """Open items that are only in the store."""
        return max(0, self._counts[RaisedState.OPEN] - len(self._open))

    @property
    def wants_more(self) -> bool:
        """Whether open items should be taken up from the store now."""
        return self.beyond > 0 and len(self._open) <= self._max_open // 2

    def take_up(self, open_ones: Iterable[RaisedItem]) -> list[RaisedItem]:
        """Hold open items of the store that are not in memory; returns them.

        ``open_ones`` are all that the store has, or as many as there is room for.
        """
        new = [one for one in open_ones if self.find(one.item_id) is None]
        if not new:
            self._counts[RaisedState.OPEN] = len(self._open)
        for one in new:
            self._forgotten.pop(one.item_id, None)
            self._hold(one)
        return new

    def judged(self, item: Item, verdict: Verdict, at: float) -> RaisedItem | None:
        """A verdict on ``item`` was kept at ``at``; None where it changes nothing."""
        known = self.find(item.item_id)
        if known is not None:
            changed = judged_anew(known, item, verdict)
            return self.put(changed) if changed is not None else None
        if not verdict.raised or item.item_id in self._forgotten:
            return None
        return self.put(raise_item(item, verdict, at=at, others=self._others(item)))

    def acted(self, act: Act, receipt: Receipt) -> list[RaisedItem]:
        """The receipt of an act on people changed."""
        found = [
            self.find(item_id) for user_id in act.user_ids for item_id in self._ids_of(user_id)
        ]
        return self._change(found, lambda one: after_act(one, act, receipt))

    def decide(self, decision: Decision) -> list[RaisedItem]:
        """Something was decided about several items."""
        found = [self.find(item_id) for item_id in dict.fromkeys(decision.item_ids)]
        return self._change(found, lambda one: decided(one, decision))

    def undo(self, decision: Decision) -> list[RaisedItem]:
        """A decision is taken back."""
        found = [self.find(item_id) for item_id in dict.fromkeys(decision.item_ids)]
        return self._change(found, lambda one: undone(one, decision.decision_id))

    def put(self, one: RaisedItem) -> RaisedItem:
        """Hold ``one`` in place of its earlier self."""
        known = self.find(one.item_id)
        if known is not None:
            self._counts[known.state] -= 1
        self._counts[one.state] += 1
        self._hold(one)
        return one

    def counts(self) -> RaisedCounts:
        """How it stands."""
        counts = self._counts
        raised_at = [one.handling.raised_at for one in self._open.values()]
        raised_at += [self._oldest_beyond] if self.beyond else []
        return RaisedCounts(
            handled=counts[RaisedState.HANDLED] + counts[RaisedState.ESCALATED],
            dismissed=counts[RaisedState.DISMISSED],
            open=counts[RaisedState.OPEN],
            taken=sum(bool(one.handling.holder) for one in self._open.values()),
            oldest_open_at=min(raised_at, default=0.0),
            beyond=self.beyond,
        )

    def _change(
        self,
        found: Iterable[RaisedItem | None],
        change: Callable[[RaisedItem], RaisedItem | None],
    ) -> list[RaisedItem]:
        changed = [change(one) for one in found if one is not None]
        return [self.put(one) for one in changed if one is not None]

    def _ids_of(self, user_id: str) -> tuple[str, ...]:
        return tuple(self._of_author.get(user_id, ()))

    def _others(self, item: Item) -> list[RaisedItem]:
        found = [self.find(item_id) for item_id in self._ids_of(item.author_id)]
        return [one for one in found if one is not None and one.item.cid == item.cid]

    def _hold(self, one: RaisedItem) -> None:
        self._open.pop(one.item_id, None)
        self._ended.pop(one.item_id, None)
        self._of_author.setdefault(one.item.author_id, set()).add(one.item_id)
        if one.is_open:
            self._open[one.item_id] = one
            if len(self._open) > self._max_open:
                oldest = self._open.pop(next(iter(self._open)))
                self._oldest_beyond = min(self._oldest_beyond, oldest.handling.raised_at)
                self._forget(oldest)
        else:
            self._ended[one.item_id] = one
            if len(self._ended) > self._max_ended:
                self._forget(self._ended.popitem(last=False)[1])

    def _forget(self, one: RaisedItem) -> None:
        ids = self._of_author[one.item.author_id]
        ids.discard(one.item_id)
        if not ids:
            del self._of_author[one.item.author_id]
        self.dropped.append(one.item_id)
        self._forgotten[one.item_id] = None
        if len(self._forgotten) > MAX_FORGOTTEN:
            self._forgotten.popitem(last=False)
