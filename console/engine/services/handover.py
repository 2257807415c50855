"""Puts together what the next shift has to know."""

from math import inf
from typing import ClassVar

from console.domain.act import ReceiptState
from console.domain.raised import RaisedState
from console.engine.services.service import Service
from console.protocol.handover import AskHandover, Handover

MOST_OPEN = 1_000
MOST_ACTS = 5_000
MOST_PROPOSED = 1_000
SHOWN = 200
"""Open items that are told one by one."""


class HandoverSheets(Service):
    """Answers AskHandover, from the store."""

    handles: ClassVar = (AskHandover,)

    async def answer(self, message: AskHandover) -> Handover:
        """What is open, in force, held and noted."""
        store, now = self.context.store, self.context.clock.now()
        raised = await store.raised.before(most_open=MOST_OPEN, most_ended=0)
        acts = await store.recent_acts(MOST_ACTS)
        proposed = await store.automation.recent(MOST_PROPOSED)
        gravest = sorted(raised.open, key=lambda one: (one.gravity, -one.said_at), reverse=True)
        holding = [kept.sanction for kept in await store.sanctions.kept()]
        done = (ReceiptState.ACCEPTED, ReceiptState.SEEN)
        return Handover(
            message.request_id,
            at=now,
            open_items=tuple(gravest[:SHOWN]),
            open_count=raised.counts.get(RaisedState.OPEN, len(raised.open)),
            in_force=tuple(sorted(holding, key=lambda each: (each.until or inf, each.name))),
            done=sum(
                each.act.requested_at >= message.since and each.receipt.state in done
                for each in acts
            ),
            notes=tuple(await store.people.notes_since(message.since)),
            watched=tuple(await store.people.watched()),
            suspended=tuple(self.context.suspended_calls.values()),
            doors=tuple(door for door in await store.doors() if door.held),
            proposed=tuple([one for one in proposed if one.waiting][-SHOWN:]),
            paused=await self._paused(),
        )

    async def _paused(self) -> tuple[str, ...]:
        book = await self.context.store.automation.book()
        if book is None:
            return ()
        names = {rule.rule_id: rule.name for rule in book.rules}
        return tuple(names.get(one.rule_id, "all rules") for one in book.paused)
