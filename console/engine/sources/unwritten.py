"""Lines that the store could not take: kept in memory, written when it takes them again."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice

from console.base.clock import Clock
from console.base.errors import WorldError
from console.domain.verdict import JudgedItem
from console.store.store import AppStore

log = logging.getLogger(__name__)

MAX_LINES = 20_000
MAX_CHARACTERS = 16_000_000
"""What is kept at most; lines beyond it are shown, but lost for the disk, and counted."""

STORE_AGAIN_S = 2.0
WRITTEN_TOGETHER = 500


class UnwrittenLines:
    """In the order in which they were heard. Full disks and locked files pass; lines do not.

    ``problem`` gets a place and a sentence.

    Attributes:
        lost: lines that will never be on disk.
    """

    def __init__(self, store: AppStore, clock: Clock, problem: Callable[[str, str], None]) -> None:
        self._store = store
        self._clock = clock
        self._problem = problem
        self._lines: deque[JudgedItem] = deque()
        self._characters = 0
        self._any = asyncio.Event()
        self._writing = asyncio.Lock()
        self.lost = 0

    def __len__(self) -> int:
        return len(self._lines)

    def hold(self, judged: Sequence[JudgedItem]) -> None:
        """Write these later."""
        for each in judged:
            length = len(each.item.text)
            if len(self._lines) >= MAX_LINES or self._characters + length > MAX_CHARACTERS:
                self.lost += 1
                continue
            self._lines.append(each)
            self._characters += length
        self._any.set()

    def oldest(self) -> tuple[float, ...]:
        """When the oldest of them was received (unix seconds); empty where there are none.

        That need not be the first: lines of an earlier engine come after newer ones.
        """
        times = [each.item.received_at for each in self._lines]
        return (min(times),) if times else ()

    async def run(self) -> None:
        """Write them as soon as the store takes them, for as long as this runs."""
        while True:
            await self._any.wait()
            await self._clock.sleep(STORE_AGAIN_S)
            with contextlib.suppress(WorldError):
                await self._write()
                lost = f"{counted(self.lost)} lost" if self.lost else "none is missing"
                self._problem("store", f"Lines are written again; {lost}.")

    async def close(self, timeout: float) -> None:
        """Write what can be written within ``timeout`` seconds; the rest is lost, and told."""
        with contextlib.suppress(WorldError, TimeoutError):
            async with asyncio.timeout(timeout):
                await self._write()
        self.lost += len(self._lines)
        self._lines.clear()
        if self.lost:
            log.warning("%d lines were never written", self.lost)
            self._problem("store", f"{counted(self.lost)} heard and could not be written.")

    async def _write(self) -> None:
        async with self._writing:
            while self._lines:
                some = list(islice(self._lines, WRITTEN_TOGETHER))
                await self._store.keep_items(some)
                for _ in some:
                    self._characters -= len(self._lines.popleft().item.text)
            self._any.clear()


def counted(lines: int) -> str:
    """``1 line was``, ``3 lines were``."""
    return "1 line was" if lines == 1 else f"{lines:,} lines were"
