"""Acts under way: one entry each, whose receipt changes here and nowhere else."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks, supervise
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of
from console.protocol.acts import ActProgress
from console.store.acts import StoredAct
from console.store.store import AppStore

log = logging.getLogger(__name__)

FLUSH_LIMIT = 3.0

STORE_AGAIN_S = 2.0
"""Seconds before a store that refused is tried again."""

SAVED_TOGETHER = 50
MAX_UNSAVED = 10_000
"""Receipts kept for a store that takes none; the oldest beyond this many are lost, and counted."""

CROWD = 20
TOLD_EVERY_S = 0.2
"""Seconds between two tellings of an act on so many people that goes on: each names them all."""

_GOES_ON = frozenset({"state", "sent_at", "attempts", "done_for"})

UNDER_WAY = frozenset({ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED})


@dataclass(slots=True, eq=False)
class Entry:
    """One act in memory.

    Attributes:
        changes: see StoredAct.
        permissions: for each person of a grant or revoke, what exactly is granted or revoked.
        accepted, seen: targets for whom Stream accepted it, for whom the call showed it.
        unknown: targets for whom it was sent without an answer, and nothing shows what became
            of it.
        touched: targets of whom an event told that somebody changed the same since it was sent.
        heard: the stretch of hearing in which it was sent last; 0 for none.
        marked: the store knows that it may have been sent.
        evidence, shown_at: what showed the last of them, and when.
        clash: what somebody else did at the same moment; see Look.
        delivered: set when the sending has ended, one way or the other.
        told_at: when the window was told of it last (monotonic seconds).
        wake: cuts a pause short that waits for evidence.
    """

    act: Act
    receipt: Receipt
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    permissions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    heard: int = 0
    marked: bool = False
    evidence: str = ""
    shown_at: float = 0.0
    told_at: float = float("-inf")
    clash: str = ""
    delivered: asyncio.Event = field(default_factory=asyncio.Event)
    wake: Callable[[], object] | None = None

    @classmethod
    def of(cls, stored: StoredAct) -> "Entry":
        """Go on where the store left off."""
        return cls(
            act=stored.act,
            receipt=stored.receipt,
            changes=stored.changes,
            accepted=set(stored.accepted),
            seen=set(stored.seen),
            marked=stored.receipt.state is not ReceiptState.QUEUED,
        )

    @property
    def targets(self) -> frozenset[str]:
        """Whom the act is about."""
        return frozenset(self.act.targets)

    @property
    def devices(self) -> Mapping[str, frozenset[str]]:
        """For an act of one session: the devices that each person was on, where known."""
        if not spec_of(self.act.kind).of_one_session:
            return {}
        return {user_id: frozenset(found) for user_id, found in self.changes.items()}

    @property
    def unchanged(self) -> frozenset[str]:
        """Those who were before the act as it would make them: a look shows nothing of it."""
        return frozenset(user_id for user_id, found in self.changes.items() if not found)

    @property
    def proven(self) -> bool:
        """Whether every target was seen."""
        return self.targets <= self.seen

    def note(self, shown: frozenset[str], evidence: str, at: float) -> None:
        """``evidence`` shows at ``at`` that it is done for ``shown``."""
        if shown:
            self.seen |= shown
            self.evidence = evidence
            self.shown_at = at


class PendingActs:
    """The acts under way by act id, oldest first. Changes are published at once and saved soon.

    What the store cannot take stays here and is tried again, so that nothing is sent twice only
    because a receipt was not on disk.

    Attributes:
        lost: receipts that were given up, because too many waited or the end came first.
    """

    def __init__(
        self,
        store: AppStore,
        clock: Clock,
        tasks: Tasks,
        publish: Callable[[ActProgress], None],
        problem: Callable[[str], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._publish = publish
        self._problem = problem
        self._entries: dict[str, Entry] = {}
        self._unsaved: dict[str, Entry] = {}
        self._refused = False
        self._wake = asyncio.Event()
        self._saved = asyncio.Event()
        self._saved.set()
        self.lost = 0
        saving = supervise(
            self._save_changes, "act receipts", clock, lambda _, sentence: problem(sentence)
        )
        tasks.spawn(saving, name="act receipts")

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries.values()))

    @property
    def under_way(self) -> int:
        """Acts that are queued, sent or accepted."""
        return sum(entry.receipt.state in UNDER_WAY for entry in self._entries.values())

    @property
    def unsaved(self) -> int:
        """Receipts that are not on disk yet."""
        return len(self._unsaved)

    def find(self, act_id: str) -> Entry | None:
        """The entry, if it is in memory."""
        return self._entries.get(act_id)

    def add(self, entry: Entry) -> None:
        """Follow an entry from now on. Its row is in the store."""
        self._entries[entry.act.act_id] = entry

    def forget(self, entry: Entry) -> None:
        """Nothing more will happen to it here."""
        self._entries.pop(entry.act.act_id, None)

    def publish(self, act: Act, receipt: Receipt) -> None:
        """Tell the window how an act stands."""
        self._publish(ActProgress(act=act, receipt=receipt))

    def change(self, entry: Entry, **fields: Any) -> None:
        """Replace fields of the receipt; published now, on disk soon.

        How an act on a crowd goes on is told from time to time, and how it ends at once.
        """
        before, now = entry.receipt, self._clock.monotonic()
        entry.receipt = msgspec.structs.replace(entry.receipt, **fields)
        goes_on = fields.keys() <= _GOES_ON and entry.receipt.state is before.state
        crowd = len(entry.act.user_ids) >= CROWD
        if not (crowd and goes_on and now - entry.told_at < TOLD_EVERY_S):
            entry.told_at = now
            self.publish(entry.act, entry.receipt)
        self._unsaved.pop(entry.act.act_id, None)
        self._unsaved[entry.act.act_id] = entry
        if len(self._unsaved) > MAX_UNSAVED:
            del self._unsaved[next(iter(self._unsaved))]
            self.lost += 1
        self._saved.clear()
        self._wake.set()

    async def mark_sent(self, entry: Entry) -> None:
        """Note that ``entry`` is about to be sent. On disk before it leaves: a crash can then not
        make it look like one that was never sent.

        Raises:
            WorldError: the store could not take it; it may not be sent.
        """
        attempts = entry.receipt.attempts + 1
        if not entry.marked:
            sent = msgspec.structs.replace(
                entry.receipt, state=ReceiptState.SENT, sent_at=self._clock.now(), attempts=attempts
            )
            self._unsaved.pop(entry.act.act_id, None)  # an older receipt must not come after
            await self._store.keep_receipt(
                sent, seen=set(entry.seen), changes=entry.changes, durable=True
            )
            entry.marked = True
        self.change(entry, state=ReceiptState.SENT, sent_at=self._clock.now(), attempts=attempts)

    def fail(self, entry: Entry, reason: str) -> None:
        """End it: nothing more will happen unless somebody retries it."""
        self.change(entry, state=ReceiptState.FAILED, reason=reason)
        self.forget(entry)

    async def close(self) -> None:
        """Save what can be saved within FLUSH_LIMIT; the rest is lost, and told."""
        self._wake.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FLUSH_LIMIT):
                await self._saved.wait()
        self.lost += len(self._unsaved)
        if self.lost:
            log.warning("%d receipts were never saved", self.lost)
            self._problem(
                f"Receipts that could not be written: {self.lost}. At the next start those acts"
                " are looked at again, and none is repeated."
            )

    async def stored(self, act_id: str) -> StoredAct | None:
        """The act as the store has it, or will have it."""
        entry = self._unsaved.get(act_id) or self._entries.get(act_id)
        if entry is not None:
            return StoredAct(
                entry.act,
                entry.receipt,
                entry.changes,
                frozenset(entry.accepted),
                frozenset(entry.seen),
            )
        return await self._store.act(act_id)

    async def _save_changes(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            refusal = await self._save_all()
            if refusal is None:
                if self._refused:
                    self._problem("Receipts are written again, none is missing.")
                self._refused = False
                continue
            # The act itself goes on: only its trace on disk is behind.
            log.warning("receipts wait for the store: %s", refusal)
            if not self._refused:
                self._problem(
                    f"A receipt could not be saved and is kept in memory: {refusal.sentence}"
                )
            self._refused = True
            await self._clock.sleep(STORE_AGAIN_S)
            self._wake.set()

    async def _save_all(self) -> WorldError | None:
        """Why the store took no more, or None when everything is saved."""
        while self._unsaved:
            some = list(self._unsaved.values())[:SAVED_TOGETHER]
            receipts = [entry.receipt for entry in some]
            results = await asyncio.gather(
                *(
                    self._store.keep_receipt(
                        entry.receipt, accepted=set(entry.accepted), seen=set(entry.seen)
                    )
                    for entry in some
                ),
                return_exceptions=True,
            )
            for entry, receipt, result in zip(some, receipts, results, strict=True):
                if isinstance(result, WorldError):
                    return result
                if isinstance(result, BaseException):
                    raise result
                if entry.receipt is receipt and self._unsaved.get(entry.act.act_id) is entry:
                    del self._unsaved[entry.act.act_id]
        self._saved.set()
        return None
