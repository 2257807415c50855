"""Raised items as work: opened by verdicts, and ended by moderators and their acts."""

import asyncio
from collections import OrderedDict
from typing import Any, ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.item import Item
from console.domain.raised import (
    Decision,
    RaisedItem,
    Step,
    decided_in_queue,
    opened,
    why_not,
)
from console.domain.team import Told
from console.domain.verdict import Verdict
from console.engine.desk.colleagues import (
    ColleaguesDecisions,
    act_of,
    act_shown_by,
    decision_of,
    taken_back,
)
from console.engine.desk.flags import Flags
from console.engine.desk.queue_marks import QueueMarks
from console.engine.desk.raised_book import MAX_ENDED, MAX_OPEN, RaisedBook
from console.engine.desk.raised_saving import STORE_AGAIN_S, RaisedSaving
from console.engine.services.service import Received, Service, SessionContext
from console.protocol.acts import ActProgress
from console.protocol.raised import (
    Around,
    AskAround,
    Decide,
    Decided,
    RaisedChanged,
    UndoDecision,
)
from console.protocol.to_window import Heard

RECENT_ACTS = 500
"""Acts of earlier engines of which it is looked up whether they handled something."""

EACH_WAY = 40
"""Lines before and after an item that are shown where the window holds none of them."""

KNOWN_DECISIONS = 1_000
"""Decisions in memory; of earlier ones the store knows."""


class RaisedItems(Service):
    """Says what is open, in all calls, and takes what moderators decide about it.

    Other services decide with :meth:`decide`, too: what a colleague did, what automation did.
    """

    handles: ClassVar = (Decide, UndoDecision, AskAround)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._book = RaisedBook()
        self._decisions: OrderedDict[str, Decision] = OrderedDict()
        self._records = context.store.raised
        self._saving = RaisedSaving(self._records, context.clock, context.channel.problem)
        self._colleagues = ColleaguesDecisions()
        self._flagged_elsewhere: set[str] = set()
        """Items that another console escalated, maybe one of the same user."""
        self._room = asyncio.Event()
        self._flags = Flags(context.gateway, context.clock, self._to_be_flagged, self._on_flagged)
        self._marks = QueueMarks(
            context.gateway,
            context.clock,
            context.user_id,
            self._book.find,
            lambda sentence: context.channel.problem("review queue", sentence),
        )

    async def start(self) -> None:
        before = await self._records.before(most_open=MAX_OPEN, most_ended=MAX_ENDED)
        self._keep(self._book.restore(before))
        for stored in await self.context.store.recent_acts(RECENT_ACTS):
            self._keep(self._book.acted(stored.act, stored.receipt))
        self.context.channel.put(RaisedChanged(changed=tuple(self._book), whole=True))
        self._book.dropped.clear()
        self.context.keep_running(self._saving.run, "open items")
        self.context.keep_running(self._flags.run, "escalation")
        self.context.keep_running(self._marks.run, "marks in the review queue")
        self._marks.take_up(self._book)
        self.context.keep_running(self._take_up, "older open items")
        self._look_for_room()

    async def close(self) -> None:
        await self._saving.save()

    async def answer(self, message: Decide | UndoDecision | AskAround) -> Decided | Around:
        if isinstance(message, AskAround):
            return await self._around(message)
        if isinstance(message, UndoDecision):
            changed, sentence = await self._undo(message.decision_id)
        else:
            changed, sentence = await self._decide(message.decision)
        await self._saving.save()
        return Decided(message.request_id, sentence=sentence, changed=changed)

    def decide(self, decision: Decision) -> list[RaisedItem]:
        """Decide about raised items; returns those that it changed. On disk soon."""
        changed = self._book.decide(decision)
        if changed:
            self._know(decision)
            self._saving.decide(decision)
            self._change(changed)
            self._flags.wake()
            self._marks.put(changed)
        return changed

    def on_items(self, heard: Heard) -> None:
        now = self.context.clock.now()
        judged = [
            self._book.judged(each.item, verdict, now)
            for each in heard.items
            for verdict in each.verdicts
        ]
        self._change([one for one in judged if one is not None])

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        changed = self._book.judged(item, verdict, self.context.clock.now())
        if changed is not None:
            self._change([changed])

    def on_act(self, progress: ActProgress) -> None:
        changed = self._book.acted(progress.act, progress.receipt)
        self._change(changed)
        self._marks.put(one for one in changed if not decided_in_queue(one.item, progress.act))

    async def on_event(self, received: Received) -> None:
        shown = act_shown_by(received.event, self.context.user_id, received.at)
        if shown is not None:
            self._change(self._book.acted(*shown))

    async def on_colleague(self, told: Told) -> None:
        if decision := decision_of(told):
            if decision.step is Step.ESCALATE:
                self._flagged_elsewhere.update(decision.item_ids)
            self.decide(decision)
            self._colleagues.keep(decision)
        elif back := taken_back(told):
            self._colleagues.forget(back.item_ids)
            if changed := self._book.undo(back):
                self._saving.undo(back.decision_id, told.at)
                self._change(changed)
        elif acted := act_of(told):
            changed = self._book.acted(*acted)
            self._colleagues.forget(tuple(one.item_id for one in changed if one.is_open))
            self._change(changed)

    def numbers(self, now: float) -> dict[str, Any]:
        counts = replace(
            self._book.counts(),
            unwritten=len(self._saving),
            to_be_flagged=len(self._to_be_flagged()),
        )
        return {"desk": counts}

    async def _around(self, asked: AskAround) -> Around:
        one = self._book.find(asked.item_id)
        if one is None:
            raise WorldError("This item is not known here any more.")
        item = one.item
        lines = await self.context.store.reviews.around(
            item.cid, item.item_id, item.received_at, EACH_WAY
        )
        return Around(asked.request_id, item_id=asked.item_id, lines=lines)

    async def _decide(self, decision: Decision) -> tuple[int, str]:
        if await self._known(decision.decision_id) is not None:
            return 0, ""  # the answer was lost, and it was asked again
        changed = self.decide(decision)
        if changed:
            return len(changed), ""
        whys = (
            why_not(self._book.find(item_id), decision.step, decision.by)
            for item_id in decision.item_ids
        )
        return 0, next(filter(None, whys), "There is nothing to decide about.")

    async def _undo(self, decision_id: str) -> tuple[int, str]:
        decision = await self._known(decision_id)
        if decision is None:
            raise WorldError("This decision is not known here.")
        changed = self._book.undo(decision)
        if not changed:
            return 0, "It was undone already, or something else was decided since."
        self._saving.undo(decision_id, self.context.clock.now())
        self._change(changed, undone=decision_id)
        return len(changed), ""

    async def _known(self, decision_id: str) -> Decision | None:
        if decision_id in self._decisions:
            return self._decisions[decision_id]
        stored = await self._records.decision(decision_id)
        return stored.decision if stored is not None else None

    def _know(self, decision: Decision) -> None:
        self._decisions[decision.decision_id] = decision
        if len(self._decisions) > KNOWN_DECISIONS:
            self._decisions.popitem(last=False)

    def _to_be_flagged(self) -> list[RaisedItem]:
        ours = (self.context.user_id, "automation")  # a colleague's console flags its own
        return [
            one
            for one in self._book
            if one.to_be_flagged
            and one.handling.by in ours
            and one.item_id not in self._flagged_elsewhere
        ]

    def _on_flagged(self, item_id: str, review_item_id: str, trouble: str) -> None:
        one = self._book.find(item_id)
        if one is None or not one.to_be_flagged:
            return  # taken back meanwhile
        if trouble:
            one = opened(one)
        handling = replace(one.handling, review_item_id=review_item_id, trouble=trouble)
        self._change([self._book.put(replace(one, handling=handling))])

    def _change(self, changed: list[RaisedItem], undone: str = "") -> None:
        if not changed:
            return
        self._keep(changed)
        dropped, self._book.dropped = tuple(self._book.dropped), []
        self.context.channel.put(RaisedChanged(changed=tuple(changed), forgotten=dropped))
        self.context.raised_changed(changed, undone)
        self._look_for_room()
        for one in changed:
            early = self._colleagues.take(one.item_id) if one.is_open and not undone else None
            if early is not None:
                self.decide(early)

    def _look_for_room(self) -> None:
        if self._book.wants_more:
            self._room.set()

    async def _take_up(self) -> None:
        """Hold again what had to stay in the store, as soon as there is room."""
        while True:
            await self._room.wait()
            self._room.clear()
            await self._saving.save()  # or what was decided just now would be open again
            try:
                before = await self._records.before(most_open=MAX_OPEN, most_ended=0)
            except WorldError as error:
                self.context.channel.problem("open items", error.sentence)
                await self.context.clock.sleep(STORE_AGAIN_S)
                self._look_for_room()
                continue
            new = self._book.take_up(before.open)
            if new:
                self.context.channel.put(RaisedChanged(changed=tuple(new)))

    def _keep(self, changed: list[RaisedItem]) -> None:
        self._saving.put(one.handling for one in changed)
