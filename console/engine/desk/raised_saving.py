"""What became of raised items goes to disk soon after it happened; nothing waits for it."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

from console.base.clock import Clock
from console.base.errors import WorldError
from console.domain.raised import Decision, Handling
from console.store.raised_records import RaisedRecords

V = TypeVar("V")

STORE_AGAIN_S = 2.0
SAVED_TOGETHER = 500


class RaisedSaving:
    """Writes changes in the order in which they came.

    What the store does not take is kept and tried again. It is bounded by what is in memory: of
    each item only its last state is kept.
    """

    def __init__(
        self, records: RaisedRecords, clock: Clock, problem: Callable[[str, str], None]
    ) -> None:
        self._records = records
        self._clock = clock
        self._problem = problem
        self._handlings: dict[str, Handling] = {}
        self._decisions: dict[str, Decision] = {}
        self._undone: dict[str, float] = {}
        self._wake = asyncio.Event()
        self._lock = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._handlings) + len(self._decisions) + len(self._undone)

    def put(self, handlings: Iterable[Handling]) -> None:
        """Keep these soon."""
        self._handlings |= {each.item_id: each for each in handlings}
        if self._handlings:
            self._wake.set()

    def decide(self, decision: Decision) -> None:
        """Keep a decision, together with what it changed."""
        self._decisions[decision.decision_id] = decision
        self._wake.set()

    def undo(self, decision_id: str, at: float) -> None:
        """Keep that a decision was taken back, together with what that changed."""
        self._undone[decision_id] = at
        self._wake.set()

    async def run(self) -> None:
        """Save whatever comes, for as long as this runs."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if not await self.save():
                await self._clock.sleep(STORE_AGAIN_S)
                self._wake.set()

    async def save(self) -> bool:
        """Save all that waits now; False where the store did not take it. It then still waits."""
        async with self._lock:
            while len(self):
                handlings = dict(list(self._handlings.items())[:SAVED_TOGETHER])
                decisions, undone = dict(self._decisions), dict(self._undone)
                try:
                    await self._records.keep(
                        tuple(handlings.values()), tuple(decisions.values()), undone
                    )
                except WorldError as error:
                    self._problem("open items", f"Not written down yet: {error.sentence}")
                    return False
                _take_out(self._handlings, handlings)
                _take_out(self._decisions, decisions)
                _take_out(self._undone, undone)
        return True


def _take_out(waiting: dict[str, V], saved: dict[str, V]) -> None:
    """Of what waits, take out what is saved and has not changed since."""
    for key, value in saved.items():
        if waiting.get(key) is value:
            del waiting[key]
