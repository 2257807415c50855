"""Waits for the proof of accepted acts: first for an event, then by looking again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.engine.acts import undo
from console.engine.acts.families.registry import PROOFS, family_of, shown_by
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry, PendingActs
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.events import Event
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
        pending: PendingActs,
        clock: Clock,
        tasks: Tasks,
        repeat: Callable[[Entry], Awaitable[None]],
        seen: Callable[[Entry], None],
    ) -> None:
        self._gateway = gateway
        self._pending = pending
        self._clock = clock
        self._tasks = tasks
        self._repeat = repeat
        self._seen = seen
        self._looks = asyncio.Semaphore(LOOKS_AT_ONCE)

    def on_event(self, event: Event) -> str:
        """Note what ``event`` proves; the act id of the first act it proves something of."""
        first = ""
        if not isinstance(event, PROOFS):
            return first
        for entry in self._pending:
            if entry.receipt.state not in _WATCHED:
                continue
            shown = shown_by(event, entry, self._gateway.user_id)
            if not shown - entry.seen:
                continue
            first = first or entry.act.act_id
            self._note(entry, shown, event.type)
            if family_of(entry.act.kind).one_event_one_act:
                break
        return first

    def accepted(self, entry: Entry) -> None:
        """Stream accepted ``entry``; its event may have come before the answer."""
        self._pending.change(
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
        self._pending.change(
            entry,
            state=ReceiptState.SEEN,
            seen_at=entry.shown_at,
            evidence=entry.evidence,
            reason="",
        )
        self._pending.forget(entry)
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
        self._pending.change(entry, state=ReceiptState.UNCONFIRMED, reason=NOT_SHOWN)
        unconfirmed = [e for e in self._pending if e.receipt.state is ReceiptState.UNCONFIRMED]
        for oldest in unconfirmed[:-MAX_UNCONFIRMED]:
            self._pending.forget(oldest)

    async def _pause(self, entry: Entry, seconds: float) -> None:
        sleeper = self._tasks.spawn(self._clock.sleep(seconds), name="wait for evidence")
        entry.wake = sleeper.cancel
        try:
            await asyncio.wait({sleeper})
        finally:
            entry.wake = None
            sleeper.cancel()

    async def _look(self, entry: Entry) -> None:
        family, left = family_of(entry.act.kind), entry.targets - entry.seen
        try:
            async with self._looks:
                if family.proven_by_resending:
                    await self._repeat(entry)  # the event it makes is the proof
                    return
                shown = await family.shown_by_state(entry, left, self._gateway)
        except (StreamRefusedError, MalformedAnswerError, msgspec.ValidationError) as error:
            log.info("looking again after %s failed: %s", entry.act.kind, error)
            return
        if shown and entry.receipt.state is ReceiptState.ACCEPTED:
            self._note(entry, shown, RE_READ)
