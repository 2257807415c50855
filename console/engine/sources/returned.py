"""Lines that the window gives back, because the engine that heard them may not have kept them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from console.base.clock import Clock
from console.base.errors import WorldError
from console.domain.verdict import JudgedItem
from console.store.store import AppStore

MAX_RETURNED = 20_000
"""What waits at most to be compared with the store; the next sign-in gets the others again."""

STORE_AGAIN_S = 2.0
COMPARED_TOGETHER = 500


class Sorted(NamedTuple):
    """``missing``: not in the store as the window shows them. ``stored``: as the store has them."""

    missing: list[JudgedItem]
    stored: list[JudgedItem]


def sort_out(
    lines: Sequence[JudgedItem], stored: Mapping[str, JudgedItem], heard: Container[str]
) -> Sorted:
    """Compare with what is ``stored`` (by item id) and with the ids ``heard`` by this engine.

    What this engine heard and could not write yet is under way already. A later body of a stored
    item is missing; an earlier one is not.
    """
    found = Sorted([], [])
    for each in lines:
        item = each.item
        known = stored.get(item.item_id)
        if known is None:
            if item.item_id not in heard:
                found.missing.append(each)
        elif known.item.body == item.body or known.item.received_at >= item.received_at:
            found.stored.append(known)
        else:
            found.missing.append(each)
    return found


class ReturnedLines:
    """Compares them with the store, which may have to be waited for.

    Args:
        heard: the ids of the items that this engine knows.
        keep: keeps, shows and judges lines that are missing.
        tell: shows lines as the store has them.
        problem: gets a place and a sentence.
    """

    def __init__(
        self,
        store: AppStore,
        clock: Clock,
        *,
        heard: Container[str],
        keep: Callable[[Sequence[JudgedItem]], Awaitable[None]],
        tell: Callable[[Sequence[JudgedItem]], None],
        problem: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._heard = heard
        self._keep = keep
        self._tell = tell
        self._problem = problem
        self._lines: deque[JudgedItem] = deque()
        self._any = asyncio.Event()

    def take(self, lines: Sequence[JudgedItem]) -> None:
        """Compare these with the store as soon as it can be read."""
        room = MAX_RETURNED - len(self._lines)
        self._lines.extend(lines[:room])
        if len(lines) > room:
            left = f"{len(lines) - room:,} of them wait for the next sign-in"
            self._problem("store", f"Too many lines were given back at once; {left}.")
        self._any.set()

    async def run(self) -> None:
        """Compare them for as long as this runs."""
        while True:
            await self._any.wait()
            while self._lines:
                some = list(islice(self._lines, COMPARED_TOGETHER))
                try:
                    stored = await self._store.known([each.item.item_id for each in some])
                except WorldError:
                    await self._clock.sleep(STORE_AGAIN_S)
                    continue
                await self._take_up(sort_out(some, stored, self._heard))
                for _ in some:
                    self._lines.popleft()
            self._any.clear()

    async def _take_up(self, found: Sorted) -> None:
        if found.stored:
            self._tell(found.stored)
        if found.missing:
            await self._keep(found.missing)
            lines = len(found.missing)
            what = "1 line that" if lines == 1 else f"{lines:,} lines that"
            self._problem("store", f"{what} an earlier engine could not keep: taken up again.")
