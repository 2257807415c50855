"""Holds the item that somebody reviews, so that colleagues see it; a lock of Stream's queue.

A lock is taken for LOCK_S and renewed while the window says that somebody is there. When the
engine dies nobody renews it; when the window falls silent it is given back here.
"""

import asyncio
import logging
from collections.abc import Callable

from console.base.clock import Clock
from console.domain.review import ReviewItem
from console.engine.wire.asking import AskingAs
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.review_reads import ask_lock

log = logging.getLogger(__name__)

LOCK_S = 30
"""What is asked of Stream. The unit is not documented; taken for seconds (?)."""

RENEW_S = 10.0
ABSENT_S = 15.0
"""The window says every few seconds that somebody is there; after this long it has gone."""

LOOK_S = 1.0
AGAIN_S = 5.0
"""Before a lock that failed is tried again."""

LETTING_GO_S = 2.0
"""Longest that signing out waits for giving back."""


class ItemLock:
    """Holds one item at most.

    ``told`` gets the item as Stream shows it after each lock: held by us or by somebody else.
    ``decided``: whether an item is being decided, so that its lock may end by itself.
    """

    def __init__(
        self,
        stream: AskingAs,
        clock: Clock,
        told: Callable[[ReviewItem], None],
        decided: Callable[[str], bool],
        problem: Callable[[str], None],
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._told = told
        self._decided = decided
        self._problem = problem
        self._wanted = ""
        self._said_at = 0.0
        self._held = ""
        self._due_at = 0.0
        self._wake = asyncio.Event()

    @property
    def wanted(self) -> str:
        """The item that somebody reviews; "" for none."""
        return self._wanted

    def want(self, item_id: str) -> None:
        """Somebody reviews this item, or none for ""."""
        self._said_at = self._clock.monotonic()
        if item_id != self._wanted:
            self._wanted = item_id
            self._due_at = 0.0
            self._wake.set()

    async def run(self) -> None:
        """Take, renew and give back, for ever."""
        while True:
            if self._wanted and self._clock.monotonic() - self._said_at > ABSENT_S:
                log.info("nobody reviews %s any more", self._wanted)
                self._wanted = ""
            if self._held and self._held != self._wanted:
                await self._give_back()
            if self._wanted and self._clock.monotonic() >= self._due_at:
                await self._take(self._wanted)
            await self._rest()

    async def close(self) -> None:
        """Give back what is held, if Stream answers soon."""
        self._wanted = ""
        if self._held:
            try:
                async with asyncio.timeout(LETTING_GO_S):
                    await self._give_back()
            except TimeoutError:
                log.info("a lock of the queue ends by itself")

    async def _rest(self) -> None:
        self._wake.clear()
        try:
            async with self._clock.timeout(LOOK_S):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _take(self, item_id: str) -> None:
        try:
            item = await ask_lock(self._stream, item_id, seconds=LOCK_S)
        except StreamRefusedError as error:
            self._due_at = self._clock.monotonic() + AGAIN_S
            self._problem(f"An item of the queue could not be held: {error.sentence}")
            return
        self._held = item_id
        self._due_at = self._clock.monotonic() + RENEW_S
        if item is not None:
            self._told(item)

    async def _give_back(self) -> None:
        item_id, self._held = self._held, ""
        if self._decided(item_id):
            return
        try:
            item = await ask_lock(self._stream, item_id, seconds=0)
        except StreamRefusedError as error:
            log.info("a lock of the queue ends by itself: %s", error)
            return
        if item is not None:
            self._told(item)
