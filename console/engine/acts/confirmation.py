"""Waits for the proof of accepted acts: first for an event, then by looking again."""

from collections.abc import Callable

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.engine.acts import undo
from console.engine.acts.families.registry import PROOFS, family_of, shown_by, touched_by
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.looks import RE_READ, Looks
from console.engine.acts.pending_acts import Entry, PendingActs
from console.engine.wire.events import Event
from console.engine.wire.task import UNDER_WAY as TASK_UNDER_WAY

PAUSES = (2.0, 2.0, 3.0, 3.0)
"""Seconds to wait for an event before each look; after the last the act is unconfirmed."""

MAX_UNCONFIRMED = 500

LOOKED_AT_AGAIN = 100
"""Unconfirmed acts that are looked at once more after a reconnect, the newest ones."""

LOOKED_AT_FOR = 600.0
"""Seconds after which an unconfirmed act is not looked at any more: what is seen then shows
nothing of it."""

NOT_SHOWN = "Stream accepted it, but the call does not show it."

REFUSED = "Not done for {} of {} people: Stream refused it in the end."

TASK_PAUSE_S = 2.0
TASK_LIMIT_S = 600.0
"""Longest that a task is followed that goes on."""

_WATCHED = frozenset({ReceiptState.SENT, ReceiptState.ACCEPTED, ReceiptState.UNCONFIRMED})


class Confirmer:
    """Turns ACCEPTED into SEEN, or after ten seconds into UNCONFIRMED. Looks only; sends nothing.

    ``seen`` is called once for each act that was proven.
    """

    def __init__(
        self,
        gateway: ActsGateway,
        pending: PendingActs,
        looks: Looks,
        clock: Clock,
        tasks: Tasks,
        seen: Callable[[Entry], None],
    ) -> None:
        self._gateway = gateway
        self._pending = pending
        self._looks = looks
        self._clock = clock
        self._tasks = tasks
        self._seen = seen
        self._looking_again = False

    def on_event(self, event: Event) -> str:
        """Note what ``event`` proves; the act id of the first act it proves something of."""
        first = ""
        if not isinstance(event, PROOFS):
            return first
        for entry in self._pending:
            if entry.receipt.state not in _WATCHED:
                continue
            shown = shown_by(event, entry, self._gateway.user_id)
            entry.touched |= touched_by(event, entry) - shown
            if not shown - entry.seen:
                continue
            first = first or entry.act.act_id
            self._note(entry, shown, event.type)
            if family_of(entry.act.kind).one_event_one_act:
                break
        return first

    def accepted(self, entry: Entry) -> None:
        """The sending of ``entry`` ended well; its event may have come before the answer."""
        if entry.proven and not entry.accepted:  # no answer came, but the call shows it
            self._conclude(entry)
            return
        self._pending.change(
            entry,
            state=ReceiptState.ACCEPTED,
            accepted_at=self._clock.now(),
            reason="",
            details="",
            undoable=undo.undoable(entry.act, entry.changes),
        )
        if entry.proven:
            self._conclude(entry)
        else:
            at_once = (0.0,) if family_of(entry.act.kind).looked_at_once else ()
            pauses = (*at_once, *PAUSES)
            self._tasks.spawn(self._confirm(entry, pauses), name=f"confirm {entry.act.kind}")

    def resume(self, entry: Entry) -> None:
        """Go on after a restart: the event may have passed, so look at once."""
        self._tasks.spawn(self._confirm(entry, (0.0, *PAUSES)), name=f"confirm {entry.act.kind}")

    def unconfirmed(self, entry: Entry, reason: str) -> None:
        """Nothing shows ``entry``, for the ``reason``; an event or a later look still may."""
        self._pending.change(entry, state=ReceiptState.UNCONFIRMED, reason=reason)
        unconfirmed = [e for e in self._pending if e.receipt.state is ReceiptState.UNCONFIRMED]
        for oldest in unconfirmed[:-MAX_UNCONFIRMED]:
            self._pending.forget(oldest)

    def look_again(self) -> None:
        """The socket is back: look once at what nothing has shown so far."""
        if not self._looking_again:
            self._looking_again = True
            self._tasks.spawn(self._look_at_unconfirmed(), name="look at unconfirmed acts")

    async def _look_at_unconfirmed(self) -> None:
        try:
            since = self._clock.now() - LOOKED_AT_FOR
            waiting = [
                entry
                for entry in self._pending
                if entry.receipt.state is ReceiptState.UNCONFIRMED
                and entry.receipt.queued_at >= since
            ]
            for entry in reversed(waiting[-LOOKED_AT_AGAIN:]):
                await self._look(entry, ReceiptState.UNCONFIRMED)
        finally:
            self._looking_again = False

    def _note(self, entry: Entry, shown: frozenset[str], what: str) -> None:
        entry.note(shown, what, self._clock.now())
        if len(entry.targets) > 1:
            self._pending.change(entry, done_for=len(entry.seen & entry.targets))
        # While it is SENT the answer is still out: a refusal would make the proof a coincidence.
        if not entry.proven:
            return
        if entry.receipt.state is not ReceiptState.SENT:
            self._conclude(entry)
        elif entry.wake is not None:
            entry.wake()

    def _conclude(self, entry: Entry) -> None:
        self._pending.change(
            entry,
            state=ReceiptState.SEEN,
            # What an earlier engine heard before it died is kept, but not when and how.
            seen_at=entry.shown_at or self._clock.now(),
            evidence=entry.evidence or RE_READ,
            reason=entry.clash,
            conflict=bool(entry.clash),
            details="",
            undoable=undo.undoable(entry.act, entry.changes) and not entry.receipt.undone_by,
        )
        self._pending.forget(entry)
        if entry.wake is not None:
            entry.wake()
        self._seen(entry)

    async def _confirm(self, entry: Entry, pauses: tuple[float, ...]) -> None:
        for pause in pauses:
            await self._looks.pause(entry, pause)
            if entry.receipt.state is ReceiptState.ACCEPTED:
                await self._look(entry, ReceiptState.ACCEPTED)
            if entry.receipt.state is not ReceiptState.ACCEPTED:
                return
        began = self._clock.monotonic()
        while entry.receipt.task in TASK_UNDER_WAY:
            if self._clock.monotonic() - began > TASK_LIMIT_S:
                break
            await self._looks.pause(entry, TASK_PAUSE_S)
            if entry.receipt.state is ReceiptState.ACCEPTED:
                await self._look(entry, ReceiptState.ACCEPTED)
            if entry.receipt.state is not ReceiptState.ACCEPTED:
                return
        self.unconfirmed(entry, NOT_SHOWN)

    async def _look(self, entry: Entry, state: ReceiptState) -> None:
        look = await self._looks.look(entry, entry.targets - entry.seen)
        if look is not None and look.task not in ("", entry.receipt.task):
            self._pending.change(entry, task=look.task)
        if look is not None and look.done and entry.receipt.state is state:
            # Where no answer came, a state that was there before shows nothing.
            self._note(entry, look.done - (entry.unchanged - entry.accepted), RE_READ)
        if look is not None and look.refused and entry.receipt.state is state:
            self._pending.change(entry, details=next(iter(look.refused.values())))
            missed, people = len(look.refused), len(entry.targets)
            entry.accepted -= set(look.refused)  # a retry is for them alone
            self._pending.fail(entry, REFUSED.format(missed, people))
