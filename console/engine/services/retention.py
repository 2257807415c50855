"""Deletes what has come to the end of its time, in small steps, and erases people on request."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from console.base.errors import WorldError
from console.domain.retention import Kept, RetentionPlan, wrong_with
from console.engine.services.service import Service, SessionContext
from console.protocol.retention import (
    AskErase,
    AskRetention,
    ErasePerson,
    ErasePreview,
    PersonErased,
    Retention,
    RetentionNumbers,
    SetRetention,
)
from console.store.retention.due import STEP, DueItem
from console.store.retention.records import Step

FIRST_S = 60.0
"""After the sign-in: it has more to do at first."""
EVERY_S = 3_600.0
PAUSE_S = 0.04
"""Between two steps, so that acts and lines come first."""
AGAIN_S = 60.0
"""After the store refused."""


class RetentionService(Service):
    """One pass an hour, and one after the plan was changed."""

    handles: ClassVar = (AskRetention, SetRetention, AskErase, ErasePerson)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._store = context.store.retention
        self._wake = asyncio.Event()
        self._erasing = asyncio.Lock()
        self._deleted = self._failed = 0
        self._running = False
        self._ended_at = 0.0

    async def start(self) -> None:
        self.context.keep_running(self._run, "retention")

    async def answer(
        self, message: AskRetention | SetRetention | AskErase | ErasePerson
    ) -> Retention | ErasePreview | PersonErased:
        """Raises WorldError where the store refuses, or the plan cannot be used."""
        match message:
            case AskRetention():
                return await self._tell(message.request_id, message.plan)
            case SetRetention():
                if wrong := wrong_with(message.plan):
                    raise WorldError(wrong)
                await self._store.keep_plan(message.plan, at=self._now(), by=self.context.user_id)
                self._wake.set()
                return await self._tell(message.request_id, None)
            case AskErase():
                kept = await self._store.standing(message.user_id)
                return ErasePreview(message.request_id, **kept._asdict())
            case ErasePerson():
                return await self._erase(message)

    async def _tell(self, request_id: str, asked: RetentionPlan | None) -> Retention:
        used = await self._store.plan()
        plan = asked or used
        if wrong := wrong_with(plan):
            raise WorldError(wrong)
        going = await self._store.going(plan.cutoffs(self._now()))
        return Retention(
            request_id,
            plan=used,
            going=tuple(going),
            size=await self._store.size(),
            numbers=RetentionNumbers(
                deleted=self._deleted,
                failed=self._failed,
                running=self._running,
                ended_at=self._ended_at,
            ),
        )

    async def _erase(self, message: ErasePerson) -> PersonErased:
        async with self._erasing:
            went = await self._store.erase(message.user_id, at=self._now(), by=self.context.user_id)
        self._deleted += went.items + went.acts + went.notes
        return PersonErased(message.request_id, user_id=message.user_id, **went._asdict())

    async def _run(self) -> None:
        wait = FIRST_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._wake.wait()
            self._wake.clear()
            try:
                self._running = True
                await self._pass()
                wait = EVERY_S
            except WorldError as error:
                self._failed += 1
                self.context.channel.problem("retention", f"Nothing was deleted: {error.sentence}")
                wait = AGAIN_S
            finally:
                self._running = False
                self._ended_at = self._now()

    async def _pass(self) -> None:
        plan = await self._store.plan()
        now = self._now()
        cutoffs = plan.cutoffs(now)
        gone: Counter[str] = Counter()
        await self._items(plan, cutoffs, gone)
        if (cutoff := cutoffs.get(Kept.FRAMES)) is not None:
            await self._repeat("pictures", gone, self._store.delete_pictures, cutoff)
        if (cutoff := cutoffs.get(Kept.ACTS)) is not None:
            await self._acts(plan, cutoff, gone)
            await self._repeat("beside acts", gone, self._store.delete_beside_acts, cutoff)
            await self._repeat("texts", gone, self._store.erase_texts, cutoff, now)
        if (cutoff := cutoffs.get(Kept.EVIDENCE)) is not None:
            delete = partial(self._store.delete_evidence, plan)
            await self._repeat("evidence", gone, delete, cutoff, now)
        await self._give_back()
        await self._fit(plan, gone)
        if sum(gone.values()):
            await self._store.note_pass(gone, self._now())

    async def _items(
        self, plan: RetentionPlan, cutoffs: dict[Kept, float], gone: Counter[str]
    ) -> None:
        cursor, ended = 0, False
        while not ended:
            found, cursor, ended = await self._store.look(cutoffs, cursor)
            await self._delete(plan, found, cutoffs.get(Kept.VERDICTS, 0.0), gone)
            await self._pause()

    async def _delete(
        self, plan: RetentionPlan, found: list[DueItem], before: float, gone: Counter[str]
    ) -> None:
        for first in range(0, len(found), STEP):
            some = found[first : first + STEP]
            await self._store.delete_items(plan, some, before)
            gone.update(each.kept.value for each in some)
            self._deleted += len(some)
            await self._pause()

    async def _acts(self, plan: RetentionPlan, cutoff: float, gone: Counter[str]) -> None:
        cursor, ended = 0, False
        while not ended:
            many, cursor, ended = await self._store.delete_acts(plan, cutoff, cursor)
            gone["acts"] += many
            self._deleted += many
            await self._pause()

    async def _repeat(
        self,
        what: str,
        gone: Counter[str],
        step: Callable[..., Awaitable[Step]],
        *arguments: float,
    ) -> None:
        more = True
        while more:
            many, more = await step(*arguments)
            gone[what] += many
            self._deleted += many
            await self._pause()

    async def _fit(self, plan: RetentionPlan, gone: Counter[str]) -> None:
        """Delete the oldest items while the store is larger than its limit."""
        cursor, ended = 0, not plan.most_mb
        while not ended:
            size = await self._store.size()
            if size.bytes - size.free <= plan.most_mb * 1_000_000:
                break
            found, cursor, ended = await self._store.oldest(cursor)
            await self._delete(plan, found, 0.0, gone)
        await self._give_back()

    async def _give_back(self) -> None:
        while await self._store.give_back():
            await self._pause()

    async def _pause(self) -> None:
        await self.context.clock.sleep(PAUSE_S)

    def _now(self) -> float:
        return self.context.clock.now()
