"""The outbox: acts come in once, get a row, are sent, confirmed, and can be taken back."""

from collections.abc import Callable
from random import random

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of
from console.engine.acts import undo
from console.engine.acts.confirmation import Confirmer
from console.engine.acts.gateway import ActsGateway, DirectoryView
from console.engine.acts.pending_acts import UNDER_WAY, Entry, PendingActs
from console.engine.acts.sender import Sender
from console.engine.acts.validation import validate
from console.engine.wire.events import Event
from console.protocol.acts import ActProgress
from console.store.acts import StoredAct
from console.store.store import AppStore

MAX_UNDER_WAY = 5_000

TOO_OLD = 600.0
"""Seconds after which an act found unsent at a restart is not sent any more: whoever wanted it
has long looked again."""

FORGOTTEN = "The program stopped before it was sent, and that was long ago."


class Outbox:
    """Everything about acts for one sign-in.

    Args:
        publish: called with every new state of an act.
        problem: called with a sentence when something failed that stops no act.
        jitter: 0.0 to 1.0, for the pause before a retry.
    """

    def __init__(
        self,
        store: AppStore,
        gateway: ActsGateway,
        directory: DirectoryView,
        *,
        clock: Clock,
        publish: Callable[[ActProgress], None],
        problem: Callable[[str], None],
        jitter: Callable[[], float] = random,
    ) -> None:
        self._store = store
        self._directory = directory
        self._clock = clock
        self._tasks = Tasks(
            lambda name, error: problem(f"{name} stopped ({type(error).__name__}); see the log.")
        )
        self._pending = PendingActs(store, clock, self._tasks, publish, problem)
        self._sender = Sender(
            gateway,
            self._pending,
            directory,
            clock,
            self._tasks,
            jitter,
            accepted=lambda entry: self._confirmer.accepted(entry),
        )
        self._confirmer = Confirmer(
            gateway, self._pending, clock, self._tasks, self._sender.repeat, self._on_seen
        )

    @property
    def under_way(self) -> int:
        """Acts that are queued, sent or accepted."""
        return self._pending.under_way

    async def resume(self) -> None:
        """Go on with what an earlier engine left open.

        Raises:
            WorldError: the store could not be read.
        """
        for stored in await self._store.open_acts():
            if self._pending.find(stored.act.act_id) is not None:
                continue
            entry = await self._entry(stored)
            self._pending.add(entry)
            if invalid := validate(entry.act):
                self._pending.fail(entry, invalid)
            elif entry.receipt.state is ReceiptState.ACCEPTED:
                self._confirmer.resume(entry)
            elif self._clock.now() - entry.receipt.queued_at > TOO_OLD:
                self._pending.fail(entry, FORGOTTEN)
            else:
                self._sender.put(entry)

    async def accept(self, act: Act) -> None:
        """Put ``act`` in the outbox and send it; an act id that is known changes nothing.

        Never raises for what is wrong with the act: its receipt says so.
        """
        try:
            if not await self._known(act.act_id):
                await self._accept(act)
        except WorldError as error:
            failed = _failed(act, f"It could not be written down, so it was not sent: {error}")
            self._pending.publish(act, failed)

    async def retry(self, act_id: str) -> None:
        """Send a failed or unconfirmed act once more; any other is left alone."""
        entry = self._pending.find(act_id)
        if entry is None:
            stored = await self._pending.stored(act_id)
            if stored is None:
                return
            entry = await self._entry(stored)
        if entry.receipt.state is ReceiptState.UNCONFIRMED:
            entry.accepted = set(entry.seen)  # what the call does not show is done again
        elif entry.receipt.state is not ReceiptState.FAILED:
            return
        refusal = await self._refusal(entry.act)
        if refusal:
            self._pending.change(entry, reason=refusal)
            return
        self._pending.add(entry)
        self._pending.change(
            entry,
            state=ReceiptState.QUEUED,
            queued_at=self._clock.now(),
            reason="",
        )
        self._sender.put(entry)

    def on_event(self, event: Event) -> str:
        """Every decoded event, before anyone else; the id of the act it confirms, or empty."""
        return self._confirmer.on_event(event)

    async def close(self) -> None:
        """Stop; what is under way goes on at the next :meth:`resume`."""
        await self._pending.flush()
        await self._tasks.close()

    async def _known(self, act_id: str) -> bool:
        entry = self._pending.find(act_id)
        known: Entry | StoredAct | None = entry or await self._pending.stored(act_id)
        if known is None:
            return False
        self._pending.publish(known.act, known.receipt)
        return True

    async def _accept(self, act: Act) -> None:
        original = await self._original(act)
        if original is not None:
            act = undo.limited(act, original)
        refusal = await self._refusal(act)
        receipt = Receipt(act_id=act.act_id, state=ReceiptState.QUEUED, queued_at=self._clock.now())
        if refusal:
            receipt = _failed(act, refusal)
        changes = self._changes(act)
        if not await self._store.add_act(act, receipt, changes):
            await self._known(act.act_id)  # the same act came in twice at once
            return
        self._pending.publish(act, receipt)
        if not refusal:
            entry = await self._entry(StoredAct(act, receipt, changes))
            self._pending.add(entry)
            self._sender.put(entry)

    async def _refusal(self, act: Act) -> str:
        """One sentence on why ``act`` is not sent, or an empty string."""
        refusal = ""
        if act.undo_of:
            refusal = self._undo_refusal(act, await self._original(act))
        if self._pending.under_way >= MAX_UNDER_WAY:
            refusal = f"{MAX_UNDER_WAY} acts are still under way."
        return refusal or validate(act)

    def _changes(self, act: Act) -> dict[str, tuple[str, ...]]:
        known = {
            user_id: undo.changes_of(act, self._directory.person(act.cid, user_id))
            for user_id in act.user_ids
        }
        return {user_id: changes for user_id, changes in known.items() if changes is not None}

    async def _entry(self, stored: StoredAct) -> Entry:
        entry = Entry.of(stored)
        if spec_of(entry.act.kind).permissions_of(entry.act):
            original = await self._original(entry.act)
            entry.permissions = undo.permissions(entry.act, original)
        return entry

    async def _original(self, act: Act) -> StoredAct | None:
        return await self._pending.stored(act.undo_of) if act.undo_of else None

    def _undo_refusal(self, act: Act, original: StoredAct | None) -> str:
        others = (entry for entry in self._pending if entry.act.undo_of == act.undo_of)
        if any(other.receipt.state in UNDER_WAY for other in others):
            return "It is being undone already."
        return undo.validate(act, original)

    def _on_seen(self, entry: Entry) -> None:
        if entry.act.undo_of:
            self._tasks.spawn(self._mark_undone(entry.act), name="mark as undone")

    async def _mark_undone(self, act: Act) -> None:
        original = self._pending.find(act.undo_of)
        stored = None if original else await self._original(act)
        original = original or (Entry.of(stored) if stored else None)
        if original is not None:
            self._pending.change(original, undone_by=act.act_id, undoable=False)


def _failed(act: Act, reason: str) -> Receipt:
    return Receipt(act_id=act.act_id, state=ReceiptState.FAILED, reason=reason)
