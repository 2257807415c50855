"""Waits for the proof of accepted acts: first for an event, then by looking again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.domain.acts.ban import BAN, UNBAN
from console.domain.acts.kick import KICK
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.engine.acts import evidence, undo
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry, PendingActs
from console.engine.wire import events
from console.engine.wire.decode import MalformedAnswerError, read_call, read_participants
from console.engine.wire.events import Event, User
from console.engine.wire.refusals import StreamRefusedError

log = logging.getLogger(__name__)

PAUSES = (2.0, 2.0, 3.0, 3.0)
"""Seconds to wait for an event before each look; after the last the act is unconfirmed."""

LOOKS_AT_ONCE = 4
MAX_UNCONFIRMED = 500

RE_READ = "re-read"
NOT_SHOWN = "Stream accepted it, but the call does not show it."

_WATCHED = frozenset({ReceiptState.SENT, ReceiptState.ACCEPTED, ReceiptState.UNCONFIRMED})


class Confirmer:
    """Turns ACCEPTED into SEEN, or after ten seconds into UNCONFIRMED.

    ``seen`` is called once for each act that was proven; ``repeat`` sends an act again.
    """

    def __init__(
        self,
        gateway: ActsGateway,
        ledger: PendingActs,
        clock: Clock,
        tasks: Tasks,
        me: str,
        repeat: Callable[[Entry], Awaitable[None]],
        seen: Callable[[Entry], None],
    ) -> None:
        self._gateway = gateway
        self._ledger = ledger
        self._clock = clock
        self._tasks = tasks
        self._me = me
        self._repeat = repeat
        self._seen = seen
        self._looks = asyncio.Semaphore(LOOKS_AT_ONCE)

    def on_event(self, event: Event) -> str:
        """Note what ``event`` proves; the act id of the first act it proves something of."""
        first = ""
        if not isinstance(event, evidence.TELLING):
            return first
        for entry in self._ledger:
            if entry.receipt.state not in _WATCHED:
                continue
            shown = evidence.shown_by(event, entry.act, entry.permissions, self._me)
            if not shown - entry.seen:
                continue
            first = first or entry.act.act_id
            self._note(entry, shown, event.type)
            if isinstance(event, events.UserMuted):
                break  # it does not tell the track: one event is the proof of one act
        return first

    def accepted(self, entry: Entry) -> None:
        """Stream accepted ``entry``; its event may have come before the answer."""
        self._ledger.change(
            entry,
            state=ReceiptState.ACCEPTED,
            accepted_at=self._clock.now(),
            reason="",
            undoable=undo.undoable(entry.act, entry.changes),
        )
        if entry.proven:
            self._conclude(entry)
        else:
            self._tasks.spawn(self._confirm(entry, PAUSES), name=f"confirm {entry.act.kind}")

    def resume(self, entry: Entry) -> None:
        """Go on after a restart: the event may have passed, so look at once."""
        self._tasks.spawn(self._confirm(entry, (0.0, *PAUSES)), name=f"confirm {entry.act.kind}")

    def _note(self, entry: Entry, shown: frozenset[str], what: str) -> None:
        entry.seen |= shown
        entry.evidence = what
        entry.shown_at = self._clock.now()
        # While it is SENT the answer is still out: a refusal would make the proof a coincidence.
        if entry.proven and entry.receipt.state is not ReceiptState.SENT:
            self._conclude(entry)

    def _conclude(self, entry: Entry) -> None:
        self._ledger.change(
            entry,
            state=ReceiptState.SEEN,
            seen_at=entry.shown_at,
            evidence=entry.evidence,
            reason="",
        )
        self._ledger.forget(entry)
        if entry.wake is not None:
            entry.wake()
        self._seen(entry)

    async def _confirm(self, entry: Entry, pauses: tuple[float, ...]) -> None:
        for pause in pauses:
            await self._pause(entry, pause)
            if entry.receipt.state is ReceiptState.ACCEPTED:
                await self._look(entry)
            if entry.receipt.state is not ReceiptState.ACCEPTED:
                return
        self._ledger.change(entry, state=ReceiptState.UNCONFIRMED, reason=NOT_SHOWN)
        unconfirmed = [e for e in self._ledger if e.receipt.state is ReceiptState.UNCONFIRMED]
        for oldest in unconfirmed[:-MAX_UNCONFIRMED]:
            self._ledger.forget(oldest)

    async def _pause(self, entry: Entry, seconds: float) -> None:
        sleeper = self._tasks.spawn(self._clock.sleep(seconds), name="wait for evidence")
        entry.wake = sleeper.cancel
        try:
            await asyncio.wait({sleeper})
        finally:
            entry.wake = None
            sleeper.cancel()

    async def _look(self, entry: Entry) -> None:
        try:
            async with self._looks:
                shown = await self._shown_now(entry)
        except (StreamRefusedError, MalformedAnswerError, msgspec.ValidationError) as error:
            log.info("looking again after %s failed: %s", entry.act.kind, error)
            return
        if shown and entry.receipt.state is ReceiptState.ACCEPTED:
            self._note(entry, shown, RE_READ)

    async def _shown_now(self, entry: Entry) -> frozenset[str]:
        act = entry.act
        left = entry.targets - entry.seen
        spec = spec_of(act.kind)
        if spec.grants or spec.revokes:
            await self._repeat(entry)
            return evidence.NOBODY  # its event is the proof
        if spec.mutes:
            wanted: dict[str, object] = {"published_tracks": {"$in": [spec.track]}}
            if spec.scope is not Scope.CALL:
                wanted["user_id"] = {"$in": sorted(left)}
            answer = await self._gateway.participants(act.cid, wanted)
            return evidence.shown_by_absence(act, read_participants(answer), self._me)
        if act.kind in (BAN, UNBAN):
            return await self._shown_by_users(entry, left)
        if act.kind == KICK:
            answer = await self._gateway.participants(act.cid, {"user_id": {"$in": sorted(left)}})
            devices = read_participants(answer)
            accepted_at = entry.receipt.accepted_at
            return frozenset[str]().union(
                *(evidence.shown_by_presence(who, devices, accepted_at) for who in left)
            )
        return evidence.shown_by_call(act, read_call(await self._gateway.call_state(act.cid)))

    async def _shown_by_users(self, entry: Entry, left: frozenset[str]) -> frozenset[str]:
        shown: frozenset[str] = evidence.NOBODY
        for user_id in sorted(left):
            answer = await self._gateway.find_user(user_id)
            user = None if answer is None else msgspec.convert(answer, User)
            shown |= evidence.shown_by_user(entry.act, user_id, user)
        return shown
