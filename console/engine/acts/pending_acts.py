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
from console.protocol.acts import ActProgress
from console.store.acts import StoredAct
from console.store.store import AppStore

log = logging.getLogger(__name__)

FLUSH_LIMIT = 3.0

UNDER_WAY = frozenset({ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED})


@dataclass(slots=True, eq=False)
class Entry:
    """One act in memory.

    Attributes:
        changes: see StoredAct.
        permissions: for each person of a grant or revoke, what exactly is granted or revoked.
        accepted, seen: targets for whom Stream accepted it, for whom the call showed it.
        evidence, shown_at: what showed the last of them, and when.
        delivered: set when the sending has ended, one way or the other.
        wake: cuts a pause short that waits for evidence.
    """

    act: Act
    receipt: Receipt
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    permissions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    evidence: str = ""
    shown_at: float = 0.0
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
        )

    @property
    def targets(self) -> frozenset[str]:
        """Whom the act is about."""
        return frozenset(self.act.targets)

    @property
    def proven(self) -> bool:
        """Whether every target was seen."""
        return self.targets <= self.seen


class PendingActs:
    """The acts under way by act id, oldest first. Changes are published at once and saved soon."""

    def __init__(
        self,
        store: AppStore,
        clock: Clock,
        tasks: Tasks,
        publish: Callable[[ActProgress], None],
        problem: Callable[[str], None],
    ) -> None:
        self._store = store
        self._publish = publish
        self._problem = problem
        self._entries: dict[str, Entry] = {}
        self._unsaved: dict[str, Entry] = {}
        self._wake = asyncio.Event()
        self._saved = asyncio.Event()
        self._saved.set()
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
        """Replace fields of the receipt; published now, on disk soon."""
        entry.receipt = msgspec.structs.replace(entry.receipt, **fields)
        self.publish(entry.act, entry.receipt)
        self._unsaved[entry.act.act_id] = entry
        self._saved.clear()
        self._wake.set()

    def fail(self, entry: Entry, reason: str) -> None:
        """End it: nothing more will happen unless somebody retries it."""
        self.change(entry, state=ReceiptState.FAILED, reason=reason)
        self.forget(entry)

    async def flush(self) -> None:
        """Return when every change is on disk or was given up on, or took too long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FLUSH_LIMIT):
                await self._saved.wait()

    async def stored(self, act_id: str) -> StoredAct | None:
        """The act as the store has it, no change of ours behind."""
        await self.flush()
        return await self._store.act(act_id)

    async def _save_changes(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._unsaved = list(self._unsaved.values()), {}
            for entry in changed:
                try:
                    await self._store.keep_receipt(
                        entry.receipt, accepted=set(entry.accepted), seen=set(entry.seen)
                    )
                except WorldError as error:
                    # The act itself goes on: only its trace on disk is behind.
                    log.warning("the receipt of act %s was not saved: %s", entry.act.kind, error)
                    self._problem(f"A receipt could not be saved: {error.sentence}")
            if not self._unsaved:
                self._saved.set()
