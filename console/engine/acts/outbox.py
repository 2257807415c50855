"""The outbox: acts come in once, get a row, are sent, confirmed, and can be taken back."""

from collections.abc import Awaitable, Callable
from random import random
from typing import Any

import msgspec

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import BY_CLOCK, WHOLE_CALL, Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.call import TRACKS
from console.engine.acts import undo
from console.engine.acts.behind import changes_behind
from console.engine.acts.confirmation import LOOKED_AT_AGAIN, Confirmer
from console.engine.acts.families.registry import family_of
from console.engine.acts.gateway import ActsGateway, DirectoryView
from console.engine.acts.hearing import Hearing
from console.engine.acts.inquiry import Inquiry
from console.engine.acts.looks import Looks
from console.engine.acts.occasion import Occasions
from console.engine.acts.pending_acts import UNDER_WAY, Entry, PendingActs
from console.engine.acts.sender import TOO_OLD, Sender
from console.engine.acts.standing import NOTHING_ELSE, Standing, standing
from console.engine.acts.validation import validate
from console.engine.wire.events import Event
from console.protocol.acts import ActProgress
from console.store.acts import StoredAct
from console.store.store import AppStore

MAX_UNDER_WAY = 5_000

MAX_NOT_WRITTEN = 100
"""Acts that the store refused, kept so that they can be tried again."""

RECENT = 500
"""Acts of earlier engines in which an undo is looked for that was not noted at its original."""

LOOKED_THROUGH = 100
"""Of each person so many acts are looked through for one that holds what an undo would lift."""

FORGOTTEN = "The program stopped before it was sent, and that was long ago."
TOO_LATE = "It came too late to be sent: it was wanted {:.0f} minutes ago."
NOT_WRITTEN = "It could not be written down, so it was not sent: {}"


async def _as_it_is(act: Act) -> Act:
    return act


class Outbox:
    """Everything about acts for one sign-in.

    Args:
        publish: called with every new state of an act.
        problem: called with a sentence when something failed that stops no act.
        last_heard: when anything came over the socket last (unix seconds).
        prepare: completes an act before it is accepted; raises WorldError where it cannot.
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
        last_heard: Callable[[], float],
        prepare: Callable[[Act], Awaitable[Act]] = _as_it_is,
        jitter: Callable[[], float] = random,
    ) -> None:
        self._store = store
        self._directory = directory
        self._prepare = prepare
        self._clock = clock
        self._tasks = Tasks(
            lambda name, error: problem(f"{name} stopped ({type(error).__name__}); see the log.")
        )
        self._pending = PendingActs(store, clock, self._tasks, publish, problem)
        self._hearing = Hearing(last_heard)
        self._not_written: dict[str, Act] = {}
        self._accepting: set[str] = set()
        self._closed = False
        looks = Looks(gateway, clock, self._tasks)
        self._sender = Sender(
            gateway,
            self._pending,
            Occasions(directory, self._hearing, clock),
            Inquiry(looks, self._hearing, clock),
            self._hearing,
            clock,
            self._tasks,
            jitter,
            sent=self._on_sent,
        )
        self._confirmer = Confirmer(
            gateway, self._pending, looks, clock, self._tasks, self._on_seen
        )

    @property
    def under_way(self) -> int:
        """Acts that are queued, sent or accepted."""
        return self._pending.under_way

    @property
    def unsaved(self) -> int:
        """Receipts that are not on disk yet."""
        return self._pending.unsaved

    @property
    def lost(self) -> int:
        """Receipts that will never be on disk."""
        return self._pending.lost

    async def resume(self) -> None:
        """Go on with what an earlier engine left open.

        Raises:
            WorldError: the store could not be read.
        """
        await self._note_undone()
        for stored in await self._store.unconfirmed_acts(LOOKED_AT_AGAIN):
            if not validate(stored.act):
                self._pending.add(await self._entry(stored))
        for stored in await self._store.open_acts():
            if self._pending.find(stored.act.act_id) is None:
                await self._go_on(stored)

    async def _go_on(self, stored: StoredAct) -> None:
        entry = await self._entry(stored)
        self._pending.add(entry)
        if invalid := validate(entry.act):
            self._pending.fail(entry, invalid)
        elif entry.receipt.state is ReceiptState.ACCEPTED:
            self._confirmer.resume(entry)
        elif entry.receipt.state is ReceiptState.QUEUED and self._too_old(entry.receipt):
            self._pending.fail(entry, FORGOTTEN)
        else:
            self._sender.put(entry)

    async def accept(self, act: Act) -> None:
        """Put ``act`` in the outbox and send it; an act id that is known changes nothing.

        Never raises for what is wrong with the act: its receipt says so.
        """
        if act.act_id in self._accepting:
            return  # it came in twice at once, and the first one's receipt is on its way
        self._accepting.add(act.act_id)
        try:
            if not await self._known(act.act_id):
                await self._accept(act)
                self._not_written.pop(act.act_id, None)
        except WorldError as error:
            self._not_written[act.act_id] = act
            if len(self._not_written) > MAX_NOT_WRITTEN:
                del self._not_written[next(iter(self._not_written))]
            self._pending.publish(act, _failed(act, NOT_WRITTEN.format(error)))
        finally:
            self._accepting.discard(act.act_id)

    async def retry(self, act_id: str) -> None:
        """Send a failed or unconfirmed act once more; any other is left alone.

        Raises:
            WorldError: the store could not be read.
        """
        not_written = self._not_written.get(act_id)
        if not_written is not None:
            await self.accept(msgspec.structs.replace(not_written, requested_at=self._clock.now()))
            return
        entry = await self._settled(act_id)
        if entry is None:
            return
        if entry.receipt.state is ReceiptState.UNCONFIRMED:
            entry.accepted = set(entry.seen)  # what the call does not show is done again
        refusal = await self._refusal(entry.act)
        if refusal:
            self._pending.change(entry, reason=refusal)
            return
        entry.unknown.clear()
        entry.touched.clear()
        entry.marked = False
        if spec_of(entry.act.kind).of_one_session:
            entry.changes = self._changes(entry.act)
        self._pending.add(entry)
        self._pending.change(
            entry,
            state=ReceiptState.QUEUED,
            queued_at=self._clock.now(),
            accepted_at=0.0,
            reason="",
            details="",
            left=False,
            conflict=False,
        )
        self._sender.put(entry)

    async def leave(self, act_id: str) -> None:
        """Ask no more what became of an unconfirmed act; what may still show it is noted.

        Raises:
            WorldError: the store could not be read.
        """
        entry = await self._settled(act_id)
        if entry is not None and entry.receipt.state is ReceiptState.UNCONFIRMED:
            self._pending.change(entry, left=True)

    def on_watched(self) -> None:
        """The events of all calls are heard, on this socket for the first time or still."""
        if not self._hearing.stretch:
            self._hearing.begin()
            self._confirmer.look_again()

    def on_lost(self) -> None:
        """The socket was lost."""
        self._hearing.end()

    def on_event(self, event: Event) -> str:
        """Every decoded event, before anyone else; the id of the act it confirms, or empty."""
        return self._confirmer.on_event(event)

    async def close(self) -> None:
        """Stop; what is under way goes on at the next :meth:`resume`."""
        self._closed = True
        await self._pending.close()
        await self._tasks.close()

    async def _known(self, act_id: str) -> bool:
        entry = self._pending.find(act_id)
        known: Entry | StoredAct | None = entry or await self._pending.stored(act_id)
        if known is None:
            return False
        self._pending.publish(known.act, known.receipt)
        if isinstance(known, StoredAct) and known.receipt.state is ReceiptState.QUEUED:
            await self._go_on(known)  # the sign-in before this one ended while it was written down
        return True

    async def _accept(self, act: Act) -> None:
        refusal, original = "", await self._original(act)
        if original is not None:
            others = await self._others(original)
            limited = undo.limited(act, original, others)
            refusal = undo.held_words(limited, original, others)
            act = act if refusal else limited
        try:
            act = await self._prepare(act)
        except WorldError as error:
            refusal = refusal or error.sentence
        refusal = refusal or await self._refusal(act) or self._too_late(act)
        receipt = Receipt(act_id=act.act_id, state=ReceiptState.QUEUED, queued_at=self._clock.now())
        if refusal:
            receipt = _failed(act, refusal)
        changes = self._changes(act)
        if original is not None and not self._hearing.stretch:
            # The event of the first act was not heard, so the directory may still show how the
            # person was before it. That the undo changes nothing is then not known.
            changes = {user_id: found for user_id, found in changes.items() if found}
        if not await self._store.add_act(act, receipt, changes):
            await self._known(act.act_id)
            return
        self._pending.publish(act, receipt)
        if not refusal and not self._closed:  # else the next sign-in goes on with it
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
        if spec_of(act.kind).of_one_session:
            devices = {u: tuple(self._directory.devices(act.cid, u)) for u in act.user_ids}
            silent = {u for u in act.user_ids if self._may_be_silent(act, u)}
            return dict.fromkeys(silent, ()) | {
                u: found for u, found in devices.items() if found and u not in silent
            }
        if act.targets == (WHOLE_CALL,):
            return undo.changes_of_call(act, self._directory.call(act.cid))
        known = {
            user_id: undo.changes_of(act, self._directory.person(act.cid, user_id))
            for user_id in act.user_ids
        }
        return {
            user_id: changes_behind(act, user_id, changes, self._pending)
            for user_id, changes in known.items()
            if changes is not None
        }

    def _may_be_silent(self, act: Act, user_id: str) -> bool:
        """Whether a mute may change nothing for them, so that a later silence shows nothing."""
        spec, person = spec_of(act.kind), self._directory.person(act.cid, user_id)
        if not spec.mutes or (person is not None and not person.live.isdisjoint(spec.tracks)):
            return False
        if not set(spec.tracks) & set(TRACKS):
            return True  # of nobody is it known whether they send it
        return person is not None and person.live_known

    def _too_late(self, act: Act) -> str:
        """Why an act that waited in a window for an engine is not sent any more, or ""."""
        waited = self._clock.now() - act.requested_at if act.requested_at else 0.0
        return TOO_LATE.format(waited / 60) if waited > TOO_OLD else ""

    def _too_old(self, receipt: Receipt) -> bool:
        return self._clock.now() - receipt.queued_at > TOO_OLD

    async def _settled(self, act_id: str) -> Entry | None:
        """The act, if nothing more happens to it by itself and it was not seen."""
        entry = self._pending.find(act_id)
        if entry is None:
            stored = await self._pending.stored(act_id)
            entry = await self._entry(stored) if stored else None
        if entry is None:
            return None
        ended = (ReceiptState.UNCONFIRMED, ReceiptState.FAILED)
        return entry if entry.receipt.state in ended else None

    async def _entry(self, stored: StoredAct) -> Entry:
        entry = Entry.of(stored)
        if spec_of(entry.act.kind).permissions_of(entry.act):
            original = await self._original(entry.act)
            others = await self._others(original) if original else NOTHING_ELSE
            entry.permissions = undo.permissions(entry.act, original, others)
        return entry

    async def _original(self, act: Act) -> StoredAct | None:
        return await self._pending.stored(act.undo_of) if act.undo_of else None

    async def _others(self, original: StoredAct) -> Standing:
        """What other acts hold of what ``original`` set."""
        if not original.receipt.undoable or spec_of(original.act.kind).for_each:
            return NOTHING_ELSE  # what a suspension took from whom is remembered with it
        acts = await self._store.acts_on(original.act.user_ids, LOOKED_THROUGH)
        entries = ((each, self._pending.find(each.act.act_id)) for each in acts)
        now = [each._replace(receipt=entry.receipt) if entry else each for each, entry in entries]
        return standing(original, now, self._clock.now())

    def _undo_refusal(self, act: Act, original: StoredAct | None) -> str:
        others = (entry for entry in self._pending if entry.act.undo_of == act.undo_of)
        if any(other.receipt.state in UNDER_WAY for other in others):
            return "It is being undone already."
        return undo.validate(act, original)

    def _on_sent(self, entry: Entry, refusals: list[str]) -> None:
        people = len(entry.targets)
        unknown = entry.unknown - entry.seen
        if unknown:
            reason = family_of(entry.act.kind).repeat.unseen
            if people > 1:
                reason = f"For {len(unknown)} of {people} people: {reason}"
            self._confirmer.unconfirmed(entry, " ".join((reason, *refusals[:1])))
        elif refusals:
            missed = len(entry.targets - entry.accepted - entry.seen)
            several = f"Not done for {missed} of {people} people: " if people > 1 else ""
            self._pending.fail(entry, several + refusals[0])
        else:
            self._confirmer.accepted(entry)

    async def _note_undone(self) -> None:
        """Note at the originals what was undone before an earlier engine could."""
        acts = {stored.act.act_id: stored for stored in await self._store.recent_acts(RECENT)}
        for stored in acts.values():
            original = acts.get(stored.act.undo_of)
            seen = stored.receipt.state is ReceiptState.SEEN
            if original is not None and seen and not original.receipt.undone_by:
                entry = Entry.of(original)
                self._pending.change(entry, **_taken_back_by(stored.act))

    def _on_seen(self, entry: Entry) -> None:
        if entry.act.undo_of:
            self._tasks.spawn(self._mark_undone(entry.act), name="mark as undone")

    async def _mark_undone(self, act: Act) -> None:
        original = self._pending.find(act.undo_of)
        stored = None if original else await self._original(act)
        original = original or (Entry.of(stored) if stored else None)
        if original is not None:
            self._pending.change(original, **_taken_back_by(act))


def _taken_back_by(act: Act) -> dict[str, Any]:
    return {"undone_by": act.act_id, "undoable": False, "ran_out": act.by == BY_CLOCK}


def _failed(act: Act, reason: str) -> Receipt:
    return Receipt(act_id=act.act_id, state=ReceiptState.FAILED, reason=reason)
