"""The async face of retention: one small step of the writer at a time, so that no act waits."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from console.domain.audit import AuditEntry, AuditKind
from console.domain.retention import AtEnd, Going, Kept, RetentionPlan, StoreSize
from console.store import audit
from console.store.connection_thread import ConnectionThread
from console.store.retention import counting, deleting, due, erased_people, erasing, plan, space
from console.store.retention.due import DueItem, Look
from console.store.retention.erasing import Erased, Standing


class Step(NamedTuple):
    """What one step did: how many it deleted, and whether there is more."""

    gone: int
    more: bool


class RetentionRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then deleted."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def plan(self) -> RetentionPlan:
        """The plan in force."""
        return await self._reader.run(plan.read)

    async def keep_plan(self, changed: RetentionPlan, *, at: float, by: str) -> None:
        """Replace the plan."""
        await self._writer.run(
            lambda c: plan.keep(c, self._app_id, changed, at=at, by=by), durable=True
        )

    async def size(self) -> StoreSize:
        """How large the store is."""
        return await self._reader.run(space.size)

    async def going(self, cutoffs: Mapping[Kept, float]) -> list[Going]:
        """How much is older than ``cutoffs`` now; in pieces, so that other reads go on."""
        found = counting.Tally()
        more = True
        while more:
            more = await self._reader.run(lambda c: counting.count_items(c, cutoffs, found))
        await self._reader.run(lambda c: counting.count_others(c, cutoffs, found))
        return found.going()

    # -- steps of a pass

    async def look(self, cutoffs: Mapping[Kept, float], cursor: int) -> Look:
        """Items behind ``cursor`` whose time is over."""
        return await self._reader.run(lambda c: due.items(c, cutoffs, cursor))

    async def oldest(self, cursor: int) -> Look:
        """The oldest items behind ``cursor``, for a store that is too large."""
        return await self._reader.run(lambda c: due.oldest_items(c, cursor, due.STEP))

    async def delete_items(
        self, used: RetentionPlan, found: Sequence[DueItem], verdicts_before: float
    ) -> None:
        """Delete some items; at most ``due.STEP`` of them are one step."""
        await self._writer.run(lambda c: due.delete_items(c, used, found, verdicts_before))

    async def delete_acts(
        self, used: RetentionPlan, cutoff: float, cursor: int
    ) -> tuple[int, int, bool]:
        """Delete some acts: how many, where the next step goes on, and whether it was the last."""

        def work(connection: sqlite3.Connection) -> tuple[int, int, bool]:
            found, after, ended = due.acts(connection, cutoff, cursor)
            due.delete_acts(connection, used, found)
            return len(found), after, ended

        return await self._writer.run(work)

    async def delete_beside_acts(self, cutoff: float) -> Step:
        """Delete some of what goes with acts."""
        return await self._step(lambda c: due.delete_beside_acts(c, cutoff))

    async def delete_pictures(self, cutoff: float) -> Step:
        """Delete some JPEGs of frames."""
        return await self._step(lambda c: due.delete_pictures(c, cutoff))

    async def delete_evidence(self, used: RetentionPlan, cutoff: float, at: float) -> Step:
        """Delete some evidence that nobody holds."""

        def work(connection: sqlite3.Connection) -> int:
            found = due.evidence(connection, cutoff, limit=5)
            for app_id, evidence_id, _, _ in found:
                why = "its time was over"
                deleting.evidence(connection, app_id, evidence_id, at=at, by="", why=why)
            if used.evidence.at_end is AtEnd.COUNT:
                gone = [(app_id, when, cid) for app_id, _, when, cid in found]
                deleting.count(connection, Kept.EVIDENCE, gone)
            return len(found)

        return await self._step(work)

    async def erase_texts(self, cutoff: float, at: float) -> Step:
        """Erase some texts of people in the log."""
        return await self._step(lambda c: due.erase_texts(c, self._app_id, cutoff, at=at))

    async def note_pass(self, gone: Mapping[str, int], at: float) -> None:
        """Say in the log how much a pass deleted."""
        facts = {name: str(many) for name, many in gone.items() if many}
        entry = AuditEntry(kind=AuditKind.RETENTION, at=at, facts=facts)
        await self._writer.run(lambda c: audit.add(c, self._app_id, entry))

    async def give_back(self) -> bool:
        """Give some free pages back to the disk; whether there are more."""
        return await self._writer.run_outside(space.give_back)

    # -- one person

    async def standing(self, user_id: str) -> Standing:
        """What erasing a person would take, and what it would spare."""
        return await self._reader.run(lambda c: erasing.standing(c, self._app_id, user_id))

    async def erase(self, user_id: str, *, at: float, by: str) -> Erased:
        """Erase a person: in steps, the last of which says so in the log."""
        total = Erased()
        while True:
            part = await self._writer.run(
                lambda c: erasing.erase_items(c, self._app_id, user_id, limit=due.STEP)
            )
            total += part
            if part.items < due.STEP:
                break

        def last_step(connection: sqlite3.Connection) -> Erased:
            erased_people.remember(connection, self._app_id, user_id, at=at)
            return erasing.erase_rest(connection, self._app_id, user_id, total, at=at, by=by)

        rest = await self._writer.run(last_step, durable=True)
        await self._writer.run_outside(space.forget_old_pages)
        return rest

    async def _step(self, work: Callable[[sqlite3.Connection], int]) -> Step:
        gone = await self._writer.run(work)
        return Step(gone, more=gone > 0)
