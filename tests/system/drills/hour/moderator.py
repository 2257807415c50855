"""A moderator who works the desk for as long as they are asked to, by what their window offers."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec.structs import replace

from console.base.clock import SystemClock
from console.domain.acts.ban import BAN
from console.domain.acts.block import BLOCK, BLOCK_FOR
from console.domain.acts.kick import KICK
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.acts.permission import KEEP_MUTED
from console.domain.acts.suspension import RESUME_CALL, SUSPEND_CALL
from console.domain.raised import RaisedItem, Step
from console.protocol.automation import RulesSaved, SaveRules
from console.protocol.review import QueueOrder, QueueQuery, WatchQueue
from console.ui.automation.decisions import decide as decide_proposal
from console.ui.demo.scripted_desk import MUTE_RULE
from console.ui.queue.choices import choice_of
from console.ui.queue.decide import Details, compose_decision
from console.ui.state.engine_link import new_id
from console.ui.state.raised_order import most_urgent
from console.ui.state.targets import target_of_call, target_of_line
from tests.system.drills.hour.desk_console import DeskConsole

PAUSE_S = 3.0
LOOK_S = 1.0
SUSPENDED_S = 20.0
MINUTES = (1, 2, 3)
"""Times of what ends by itself."""

ACTS = {MUTE_AUDIO: 5, KICK: 3, BLOCK: 2, BLOCK_FOR: 3, BAN: 3, KEEP_MUTED: 3}
TIMED = (BLOCK_FOR, BAN, KEEP_MUTED)
VETOED = 0.3
"""The share of what automation is about to do that is stopped."""


class Moderator:
    """Works on one console. ``seed`` makes what they choose the same in each run.

    Attributes:
        did: how often they did what.
        flagged: authors of what they escalated.
        suspended: calls that they suspended and did not give back yet.
    """

    def __init__(self, console: DeskConsole, clock: SystemClock, seed: int) -> None:
        self._console = console
        self._context = console.context
        self._session = console.session
        self._clock = clock
        self._random = random.Random(seed)  # nothing is kept secret with it
        self.did: Counter[str] = Counter()
        self.flagged: set[str] = set()
        self.suspended: set[str] = set()
        self._steps: tuple[tuple[Callable[[], Awaitable[str]], int], ...] = (
            (self._act, 6),
            (lambda: self._decide(Step.HANDLE), 5),
            (lambda: self._decide(Step.DISMISS), 5),
            (lambda: self._decide(Step.ESCALATE), 2),
            (self._decide_queue_item, 4),
            (self._stop_automation, 3),
            (self._suspend_and_give_back, 1),
        )

    async def work(self, seconds: float) -> None:
        """Do one thing after the other for ``seconds`` of the program's clock."""
        automation = self._session.automation
        rules = (MUTE_RULE, *automation.book.rules)
        self._context.link.ask(SaveRules(new_id(), replace(automation.book, rules=rules)), _nothing)
        self._context.link.tell(WatchQueue(QueueQuery(order=QueueOrder.AGE)))
        steps, weights = zip(*self._steps, strict=True)
        end = self._clock.monotonic() + seconds
        while self._clock.monotonic() < end:
            if self._console.live:
                (step,) = self._random.choices(steps, weights)
                self.did[await step() or "found nothing to do"] += 1
            await self._clock.sleep(PAUSE_S * self._random.uniform(0.5, 1.5))
        self._console.presence.review("")
        self.give_all_back()

    def give_all_back(self) -> None:
        """Resume each call that this moderator suspended."""
        for cid in tuple(self.suspended):
            self._resume(cid)

    def _urgent(self) -> RaisedItem | None:
        return most_urgent(
            (
                one
                for one in self._session.raised.open_ones()
                if one.handling.holder in ("", self._console.user_id)
            ),
            self._console.user_id,
        )

    async def _decide(self, step: Step) -> str:
        one, desk = self._urgent(), self._context.desk
        if one is None:
            return ""
        if one.handling.holder == "":
            desk.decide(Step.TAKE, (one.item_id,))
            await self._clock.sleep(LOOK_S)
        if step is Step.ESCALATE:
            self.flagged.add(one.item.author_id)
        return f"refused: {step}" if desk.decide(step, (one.item_id,)) else str(step)

    async def _act(self) -> str:
        one = self._urgent()
        if one is None:
            return ""
        call = self._session.call(one.item.cid)
        (kind,) = self._random.choices(tuple(ACTS), tuple(ACTS.values()))
        details: dict[str, Any] = {"minutes": self._random.choice(MINUTES)} if kind in TIMED else {}
        act = self._context.controller.request_act(
            kind, target_of_line(one.item, call), confirmed=True, **details
        )
        return kind if act is not None else f"refused: {kind}"

    async def _decide_queue_item(self) -> str:
        queue, me = self._session.queue, self._console.user_id
        due = [one for one in queue.ordered(QueueOrder.AGE) if one.due and not one.holder]
        if not due:
            return ""
        item = self._random.choice(due[:20])
        self._console.presence.review(item.item_id)
        await self._clock.sleep(2 * LOOK_S)
        item = queue.items.get(item.item_id, item)
        act = compose_decision(
            choice_of("mark_reviewed"),
            item,
            Details(),
            at=self._clock.now(),
            by=me,
            acts=tuple(self._session.acts.values()),
        )
        self._context.controller.decide(act)
        await self._clock.sleep(LOOK_S)
        # Now and then the next step is somewhere else, and the item stays on the screen meanwhile.
        if self._random.random() < 0.7:
            self._console.presence.review("")
        return "decided an item of the queue"

    async def _stop_automation(self) -> str:
        if self._session.automation.aimed() is None or self._random.random() > VETOED:
            return "let automation act"
        return "" if decide_proposal(self._context, do=False) else "stopped an automatic act"

    async def _suspend_and_give_back(self) -> str:
        one = self._urgent()
        call = self._session.calls.get(one.item.cid) if one is not None else None
        if call is None:
            return ""
        controller = self._context.controller
        if controller.request_act(SUSPEND_CALL, target_of_call(call), confirmed=True) is None:
            return "refused: suspend_call"
        self.suspended.add(call.cid)
        await self._clock.sleep(SUSPENDED_S)
        self._resume(call.cid)
        return SUSPEND_CALL

    def _resume(self, cid: str) -> None:
        call = self._session.call(cid)
        if call is None:
            return
        wanted = self._context.controller.request_act(
            RESUME_CALL, target_of_call(call), confirmed=True
        )
        if wanted is not None:
            self.suspended.discard(cid)


def _nothing(_answer: RulesSaved) -> None:
    """What came of it shows in what the engine pushes."""
