"""Searches everything that was ever kept, keeps the index, and watches saved searches."""

import logging
from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.pattern import PatternError
from console.domain.search.hit import MAX_TITLE, SavedSearch
from console.domain.search.parse import parse
from console.domain.search.query import Query, QueryError
from console.engine.services.service import Service, SessionContext
from console.protocol.search import (
    AskSearch,
    AskSearchValues,
    IndexProgress,
    KeepSearch,
    LookedAtSearch,
    RemoveSearch,
    SearchesChanged,
    SearchKept,
    SearchPage,
    SearchValues,
    WatchedHits,
    WrongPlace,
)

log = logging.getLogger(__name__)

STORE_AGAIN_S = 2.0
MOST_NEW = 999
"""New hits of a watched search that are counted."""
LATEST_SIGNS = 200
LATE_S = 60.0
"""What was said so long before a search was looked at may be heard or judged after it."""
PROGRESS_FROM = 1_000
"""So many rows have to wait before it is told how far the index is."""
TELL_EVERY = 10
"""Steps of the index between two times that it is told."""

_Asked = AskSearch | AskSearchValues | KeepSearch | RemoveSearch | LookedAtSearch
_Answer = SearchPage | SearchValues | SearchKept


class Search(Service):
    """The store does the work; this says what of it the window is told."""

    handles: ClassVar = (AskSearch, AskSearchValues, KeepSearch, RemoveSearch, LookedAtSearch)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._records = context.store.search
        self._saved: dict[str, WatchedHits] = {}
        self._seen: dict[str, frozenset[int]] = {}
        """Places of hits just before a search was looked at: later ones may come from then, too."""
        self._queries: dict[str, Query] = {}
        self._counted: dict[str, set[int]] = {}
        """Places of new hits by search, so that a line that is judged again counts once."""
        self._steps = 0
        self._behind = False

    async def start(self) -> None:
        for search in await self._records.saved():
            self._take(WatchedHits(search=search))
            await self._count(search)
        self._tell(whole=True)
        self.context.keep_running(self._index, "index of the search")

    async def answer(self, message: _Asked) -> _Answer | None:
        match message:
            case AskSearch():
                return await self._find(message)
            case AskSearchValues(key=key, begun=begun):
                values = await self._records.values(key, begun)
                return SearchValues(message.request_id, key=key, values=tuple(values))
            case KeepSearch(search=search):
                await self._keep(search)
                return SearchKept(message.request_id)
            case RemoveSearch(search_id=search_id):
                await self._records.remove(search_id)
                for known in (self._saved, self._queries, self._counted, self._seen):
                    known.pop(search_id, None)
                self.context.channel.put(SearchesChanged(removed=(search_id,)))
                return SearchKept(message.request_id)
            case LookedAtSearch(search_id=search_id):
                await self._looked_at(search_id)
        return None

    async def _find(self, message: AskSearch) -> SearchPage:
        page = SearchPage(message.request_id, query=message.query, start=message.start)
        try:
            query = parse(message.query, self.context.clock.now(), typing=message.typing)
            found = await self._records.find(query, by_rank=message.by_rank, start=message.start)
        except QueryError as error:
            return replace(page, wrong=WrongPlace(error.start, error.end, error.sentence))
        except PatternError as error:
            return replace(page, wrong=WrongPlace(0, len(message.query), f"{error}."))
        return replace(page, found=found)

    async def _keep(self, search: SavedSearch) -> None:
        try:
            parse(search.query, self.context.clock.now())
        except QueryError as error:
            raise WorldError(f"This search cannot be saved. {error}") from error
        title = " ".join(search.title.split())[:MAX_TITLE] or search.query[:MAX_TITLE]
        before = self._saved.get(search.search_id)
        search = replace(search, title=title)
        if search.watched and not (before and before.search.watched):
            search = replace(search, since=self.context.clock.now())
        await self._records.save(search)
        self._take(WatchedHits(search=search))
        await self._see(search)
        self._tell(search.search_id)

    async def _looked_at(self, search_id: str) -> None:
        known = self._saved.get(search_id)
        if known is None:
            return
        search = replace(known.search, since=self.context.clock.now())
        await self._records.save(search)
        self._take(WatchedHits(search=search))
        await self._see(search)
        self._tell(search_id)

    async def _see(self, search: SavedSearch) -> None:
        """All that it finds now was looked at."""
        query = self._queries.get(search.search_id)
        if query is not None:
            places = await self._records.places_since(query, search.since - LATE_S, MOST_NEW)
            self._seen[search.search_id] = frozenset(places)

    def _take(self, known: WatchedHits) -> None:
        search = known.search
        self._saved[search.search_id] = known
        self._counted[search.search_id] = set()
        self._seen[search.search_id] = frozenset()
        self._queries.pop(search.search_id, None)
        if search.watched:
            try:
                self._queries[search.search_id] = parse(search.query, self.context.clock.now())
            except QueryError as error:  # a newer version may have saved it
                self.context.channel.problem("search", f"{search.title}: {error}")

    async def _count(self, search: SavedSearch) -> None:
        """What came while nobody looked, before this engine was there too."""
        query = self._queries.get(search.search_id)
        if query is not None:
            places = await self._records.places_since(query, search.since, MOST_NEW)
            await self._add(search.search_id, places)

    async def _add(self, search_id: str, places: Sequence[int]) -> bool:
        counted = self._counted[search_id]
        seen = self._seen[search_id]
        fresh = [place for place in places if place not in counted and place not in seen]
        if not fresh or len(counted) >= MOST_NEW:
            return False
        counted.update(fresh[: MOST_NEW - len(counted)])
        known = self._saved[search_id]
        newest = await self._records.hit_at(max(fresh))
        if newest is not None:
            text, name = newest.text[:LATEST_SIGNS], newest.name
            known = replace(known, latest=text, name=name)
        self._saved[search_id] = replace(known, new=len(counted))
        return True

    async def _index(self) -> None:
        while True:
            try:
                await self._records.keep_indexed(self._on_indexed)
            except WorldError as error:  # a full disk or a damaged store, which is told elsewhere
                log.warning("the index waits for the store: %s", error)
            await self.context.clock.sleep(STORE_AGAIN_S)

    async def _on_indexed(self, places: Sequence[int]) -> None:
        await self._tell_progress()
        for search_id, query in list(self._queries.items()):
            since = self._saved[search_id].search.since - LATE_S
            found = await self._records.among(query, places, since)
            if search_id in self._saved and await self._add(search_id, found):
                self._tell(search_id)

    async def _tell_progress(self) -> None:
        self._steps += 1
        if self._steps % TELL_EVERY != 1 and not self._behind:
            return
        state = await self._records.state()
        behind = state.waiting >= PROGRESS_FROM
        if behind or self._behind:
            self.context.channel.put(IndexProgress(state=state))
        self._behind = behind

    def _tell(self, search_id: str = "", *, whole: bool = False) -> None:
        changed = tuple(self._saved.values()) if whole else (self._saved[search_id],)
        self.context.channel.put(SearchesChanged(changed=changed, whole=whole))
