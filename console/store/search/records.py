"""The async face of the search: finding, keeping the index up to date, saved searches."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence

from console.base.errors import WorldError
from console.domain.search.hit import MAX_SAVED, Found, Hit, IndexState, SavedSearch
from console.domain.search.query import Query
from console.store.connection_thread import ConnectionThread
from console.store.search import finding, reading, saved, suggesting, writing
from console.store.search.entries import first_place

STEP_ROWS = 40
"""Rows that are indexed in one job of the writer; an act waits for no more than one job."""
READ_ROWS = 200
MERGE_PAGES = 16
"""Pages of the index that one job of the writer merges."""
TIDY_EVERY = 50
"""Looks that find nothing between two times that segments are merged."""
IDLE_S = 0.2
"""How often it is looked whether anything waits."""

Indexed = Callable[[Sequence[int]], Awaitable[None]]


class SearchRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(
        self, app_id: int, api_key: str, writer: ConnectionThread, searcher: ConnectionThread
    ) -> None:
        self._app_id = app_id
        self._apps = {app_id: api_key}
        self._writer = writer
        self._searcher = searcher
        self._newest = 0

    async def find(
        self, query: Query, *, by_rank: bool = False, start: int = 0, most: int = finding.PAGE
    ) -> Found:
        """One page of hits. One that is still being found is given up for a newer one.

        Raises:
            PatternError: a regular expression is none.
        """
        self._newest += 1
        mine = self._newest

        def work(connection: sqlite3.Connection) -> Found:
            def cancelled() -> bool:
                return mine != self._newest

            if cancelled():
                return Found(cut=True)
            return finding.find(
                connection,
                query,
                self._apps,
                by_rank=by_rank,
                start=start,
                most=most,
                cancelled=cancelled,
            )

        return await self._searcher.run(work)

    async def among(self, query: Query, places: Sequence[int], since: float = 0.0) -> list[int]:
        """Those of these places that match and are of ``since`` (unix seconds) or later."""
        earliest = first_place(since)
        wanted = frozenset(place for place in places if place >= earliest)
        if not wanted:
            return []
        first, last = min(wanted), max(wanted)

        def work(connection: sqlite3.Connection) -> list[int]:
            return finding.places(connection, query, self._apps, first, last)

        found = await self._searcher.run(work)
        return [place for place in found if place in wanted]

    async def places_since(self, query: Query, since: float, most: int) -> list[int]:
        """The newest places that match and are of ``since`` (unix seconds) or later."""
        first = first_place(since)
        return await self._searcher.run(
            lambda c: finding.places(c, query, self._apps, first, finding.LAST, most=most)
        )

    async def hit_at(self, place: int) -> Hit | None:
        """What stands at a place; None where nothing does any more."""
        found = await self._searcher.run(lambda c: finding.at(c, place, self._apps))
        return found[0] if found else None

    async def state(self) -> IndexState:
        """How much can be searched."""
        return await self._searcher.run(lambda c: finding.state(c, tuple(self._apps)))

    async def values(self, key: str, begun: str) -> list[str]:
        """Values of a field of a query that hold ``begun``; hostile."""
        return await self._searcher.run(lambda c: suggesting.values(c, self._app_id, key, begun))

    async def saved(self) -> list[SavedSearch]:
        """The searches that were saved, by title."""
        return await self._searcher.run(lambda c: saved.every(c, self._app_id))

    async def save(self, search: SavedSearch) -> None:
        """Keep a search. Raises WorldError where there are too many."""
        if not await self._writer.run(lambda c: saved.keep(c, self._app_id, search)):
            raise WorldError(f"No more than {MAX_SAVED} searches can be saved.", "Remove one.")

    async def remove(self, search_id: str) -> None:
        """Keep it no more."""
        await self._writer.run(lambda c: saved.remove(c, self._app_id, search_id))

    async def index_step(self) -> list[int] | None:
        """Bring some of what waits into the index: the places that are new or changed.

        None where nothing waits. Reading stands beside what is written; each job of the writer is
        a small one, so that an act never waits long for it.
        """
        prepared = await self._searcher.run(lambda c: reading.waiting(c, READ_ROWS))
        if not prepared:
            return None
        changed: list[int] = []
        for start in range(0, len(prepared), STEP_ROWS):
            some = prepared[start : start + STEP_ROWS]
            changed += await self._writer.run(lambda c, some=some: writing.keep(c, some))  # type: ignore[misc]
        await self._tidy()
        return changed

    async def _tidy(self) -> None:
        """Merge what many small writes, and deletions above all, left behind."""
        await self._writer.run(lambda c: writing.tidy(c, MERGE_PAGES))

    async def keep_indexed(self, indexed: Indexed) -> None:
        """Index what is written, for as long as it runs; ``indexed`` gets places that are new."""
        idle = 0
        while True:
            began = time.monotonic()
            changed = await self.index_step()
            if changed:
                await indexed(changed)
            idle = idle + 1 if changed is None else 0
            if idle % TIDY_EVERY == 1:
                await self._tidy()
            # At most half of the writer's time.
            took = time.monotonic() - began
            await asyncio.sleep(IDLE_S if changed is None else min(took, IDLE_S))
