"""Marks as reviewed, in Stream's review queue, what was decided at the desk.

Stream puts what it flags into its queue. Whoever works there would decide once more about a line
that is dealt with.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from console.base.clock import Clock
from console.domain.raised import RaisedItem, RaisedState
from console.domain.review import ReviewItem
from console.engine.sources.registry import check_request
from console.engine.wire.asking import AskingAs
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError
from console.engine.wire.review_queue import MAX_ITEMS
from console.engine.wire.review_reads import ask_page

SUBMIT = "/api/v2/moderation/submit_action"
AFTER_S = 10.0
"""So long a decision can be undone before the queue is told: there, nothing takes it back."""
APART_S = 1.0
"""Stream takes sixty requests a minute of one user for an operation (STREAM.md 1.7)."""
TAKEN_UP_S = 3_600.0
"""Decisions of earlier engines that are not older than this are looked up."""
MOST_WAITING = 5_000
LONGEST_PAUSE_S = 60.0
_DECIDED = (RaisedState.HANDLED, RaisedState.DISMISSED)


class QueueMarks:
    """Only what ``user_id`` decided here: each console of a team marks its own.

    What somebody else is reviewing, what is escalated and what has an open appeal is left alone.
    """

    def __init__(
        self,
        gateway: AskingAs,
        clock: Clock,
        user_id: str,
        find: Callable[[str], RaisedItem | None],
        problem: Callable[[str], None],
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._user_id = user_id
        self._find = find
        self._problem = problem
        self._waiting: OrderedDict[str, float] = OrderedDict()
        """When each raised item is due (monotonic seconds), the earliest first."""
        self._wake = asyncio.Event()

    def put(self, changed: Iterable[RaisedItem]) -> None:
        """Raised items changed here."""
        due = self._clock.monotonic() + AFTER_S
        for one in changed:
            if not self._is_ours(one):
                continue
            self._waiting.pop(one.item_id, None)
            self._waiting[one.item_id] = due
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
                self._problem("Decisions of the desk did not reach the queue: too many waited.")
            self._wake.set()

    def take_up(self, known: Iterable[RaisedItem]) -> None:
        """What was decided shortly before an earlier engine ended may not be marked yet."""
        since = self._clock.now() - TAKEN_UP_S
        self.put([one for one in known if one.handling.at >= since][-MAX_ITEMS:])

    async def run(self) -> None:
        """Mark whatever is due, for as long as this runs."""
        failures = 0
        while True:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
            due = next(iter(self._waiting.values()))
            await self._clock.sleep(max(APART_S, due - self._clock.monotonic()))
            try:
                await self._mark_some()
                failures = 0
            except StreamRefusedError as error:
                if not error.retryable:
                    # A role that may not read or decide there: the desk works without the queue.
                    self._problem(f"Decided lines stay in the queue: {error.sentence}")
                    self._waiting.clear()
                    continue
                failures += 1
                pause = min(LONGEST_PAUSE_S, 2.0**failures)
                if isinstance(error, RateLimitedError):
                    pause = max(pause, error.retry_after)
                await self._clock.sleep(pause)

    async def _mark_some(self) -> None:
        """Raises StreamRefusedError; what is not marked still waits."""
        now = self._clock.monotonic()
        asked = [key for key, due in self._waiting.items() if due <= now][:MAX_ITEMS]
        ours = {
            entity: item_id for item_id in asked if (entity := self._entity_of(item_id)) is not None
        }
        found = await self._look_up([entity_id for _, entity_id in ours])
        for item in found:
            item_id = ours.pop((item.entity_type, item.entity_id), "")
            one = self._find(item_id)
            if one is not None and self._is_ours(one) and self._may_be_marked(item):
                await self._mark(item, one.handling.note)
                await self._clock.sleep(APART_S)
            self._waiting.pop(item_id, None)
        for item_id in asked:
            if self._waiting.get(item_id, now + 1) <= now:
                del self._waiting[item_id]

    async def _look_up(self, entity_ids: list[str]) -> tuple[ReviewItem, ...]:
        if not entity_ids:
            return ()
        wanted = {"entity_id": {"$in": entity_ids}, "reviewed": False}
        page = await ask_page(
            self._gateway,
            filter=wanted,
            limit=min(MAX_ITEMS, len(entity_ids)),
            exclude_default_action_config=True,
        )
        return page.items

    async def _mark(self, item: ReviewItem, note: str) -> None:
        body: dict[str, Any] = {"action_type": "mark_reviewed", "item_id": item.item_id}
        if self._gateway.actor:
            body["user_id"] = self._gateway.actor
        if note:
            body["mark_reviewed"] = {"decision_reason": note}
        try:
            await self._gateway.ask("POST", SUBMIT, body)
        except StreamRefusedError as error:
            if error.retryable:
                raise
            self._problem(f"A decided line stays in the queue: {error.sentence}")

    def _is_ours(self, one: RaisedItem) -> bool:
        return one.state in _DECIDED and one.handling.by == self._user_id

    def _may_be_marked(self, item: ReviewItem) -> bool:
        appealed = item.appeal is not None and item.appeal.open
        return (
            item.due and not item.escalated and not appealed and item.holder in ("", self._user_id)
        )

    def _entity_of(self, item_id: str) -> tuple[str, str] | None:
        one = self._find(item_id)
        if one is None or not self._is_ours(one):
            return None
        try:
            entity = check_request(one.item)
        except KeyError:  # a newer version left it in the store
            return None
        return entity.entity_type, entity.entity_id
