"""Asks for several items of the review queue at once, however many want one at the same moment.

Stream counts a user's requests to an operation (STREAM.md 1.7), and a decision about a hundred
items looks at each of them before and after.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from console.domain.review import ReviewItem
from console.engine.wire.refusals import UnreachableError
from console.engine.wire.review_queue import MAX_ITEMS

GATHER_S = 0.01
"""How long the first who wants an item waits for others."""

AskMany = Callable[[Sequence[str]], Awaitable[Mapping[str, ReviewItem]]]


class ItemBatch:
    """``ask_many`` asks for up to MAX_ITEMS items; raises StreamRefusedError where it fails."""

    def __init__(self, ask_many: AskMany) -> None:
        self._ask_many = ask_many
        self._waiting: dict[str, asyncio.Future[ReviewItem | None]] = {}

    async def item(self, item_id: str) -> ReviewItem | None:
        """The item as it is now; None when there is none.

        Raises:
            StreamRefusedError: it could not be read.
        """
        first = not self._waiting
        found = self._waiting.get(item_id)
        if found is None:
            found = asyncio.get_running_loop().create_future()
            found.add_done_callback(_noticed)
            self._waiting[item_id] = found
        if first:
            await self._ask_for_all()
        return await asyncio.shield(found)

    async def _ask_for_all(self) -> None:
        waiting: dict[str, asyncio.Future[ReviewItem | None]] = self._waiting
        try:
            await asyncio.sleep(GATHER_S)
            self._waiting = {}
            await self._answer(waiting)
        finally:
            if self._waiting is waiting:
                self._waiting = {}
            for future in waiting.values():  # whoever asked for all of them was stopped
                if not future.done():
                    future.set_exception(UnreachableError("The queue was not read."))

    async def _answer(self, waiting: dict[str, asyncio.Future[ReviewItem | None]]) -> None:
        ids = list(waiting)
        for start in range(0, len(ids), MAX_ITEMS):
            some = ids[start : start + MAX_ITEMS]
            try:
                found = await self._ask_many(some)
            except Exception as error:
                for item_id in some:
                    waiting[item_id].set_exception(error)
                continue
            for item_id in some:
                waiting[item_id].set_result(found.get(item_id))


def _noticed(future: "asyncio.Future[ReviewItem | None]") -> None:
    if not future.cancelled():
        future.exception()  # whoever waited for it may be gone
