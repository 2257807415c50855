"""Reads the queue from Stream, politely: the view somebody looks at, else only its count."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.domain.review import ReviewItem
from console.engine.services.review.counts import due_count
from console.engine.services.review.offered import offered_actions
from console.engine.services.review.views import (
    APPEALS,
    BUILT_IN,
    DUE,
    View,
    conditions,
    saved_views,
    sort_of,
    view_of,
)
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.engine.wire.review_queue import MAX_ITEMS, Page
from console.engine.wire.review_reads import ask_appeals, ask_page
from console.protocol.review import OfferedAction, QueueQuery

log = logging.getLogger(__name__)

MAX_SHOWN = 500
"""Items of a view that are read, in pages; a saved view can cut it down."""

MAX_WORDS = 200

FEW = 25
"""Items that are read for their count alone, where Stream may give none."""

VIEWS_EVERY = 12
"""Readings between two of the saved views, which seldom change."""

COUNT_EVERY = 6
"""Readings of a view between two of the count of what is due."""

_QUEUES = "/api/v2/moderation/queues"


class Reading(Struct, frozen=True, kw_only=True):
    """What one reading found.

    Attributes:
        items: None where only the count was read.
    """

    due: int
    due_exact: bool
    oldest_at: float
    items: tuple[ReviewItem, ...] | None = None
    more: bool = False


class Reader:
    """Asks, and remembers what changes seldom.

    Attributes:
        views: the program's own and the saved ones.
        offered, labels, config_keys, fields: as in QueueState.
    """

    def __init__(self, stream: Any, problem: Callable[[str], None]) -> None:
        self._stream = stream
        self._problem = problem
        self._readings = 0
        self._count = Reading(due=0, due_exact=False, oldest_at=0.0)
        self._by_reports = True
        self.views: tuple[View, ...] = BUILT_IN
        self.offered: tuple[OfferedAction, ...] = ()
        self.labels: tuple[str, ...] = ()
        self.config_keys: tuple[str, ...] = ()
        self.fields: tuple[str, ...] = ()

    def views_changed(self) -> None:
        """Read the saved views with the next reading."""
        self._readings = 0

    async def read(self, query: QueueQuery | None) -> Reading:
        """The count of what is due, and the items for ``query`` where there is one.

        Raises:
            StreamRefusedError: it could not be read.
        """
        if query is None or self._readings % COUNT_EVERY == 0:
            self._count = await self._read_count(few=query is not None)
        if query is None:
            return self._count
        if self._readings % VIEWS_EVERY == 0:
            await self._read_views()
        self._readings += 1
        items, more = await self._items(query)
        if query.view_id == DUE and query.chosen == QueueQuery().chosen and not more:
            oldest = min((item.created_at for item in items), default=0.0)
            self._count = Reading(due=len(items), due_exact=True, oldest_at=oldest)
        return replace(self._count, items=items, more=more)

    async def _read_count(self, *, few: bool) -> Reading:
        first = await ask_page(
            self._stream,
            filter=dict(BUILT_IN[0].filters),
            sort=[{"field": "created_at", "direction": 1}],
            limit=1 if few else FEW,
        )
        self._learn(first)
        due, exact = due_count(first.stats, len(first.items), more=bool(first.next))
        oldest = first.items[0].created_at if first.items else 0.0
        return Reading(due=due, due_exact=exact, oldest_at=oldest)

    async def _items(self, query: QueueQuery) -> tuple[tuple[ReviewItem, ...], bool]:
        view = view_of(self.views, query.view_id)
        wanted = max(1, min(MAX_SHOWN, query.count))
        found: dict[str, ReviewItem] = {}
        token = ""
        while len(found) < wanted:
            page = await self._page(view, query, min(MAX_ITEMS, wanted - len(found)), token)
            found.update((item.item_id, item) for item in page.items)
            token = page.next
            if not token or not page.items:
                token = ""
                break
        if query.view_id == APPEALS:
            found.update((item.item_id, item) for item in await self._appeals())
        return tuple(found.values()), bool(token)

    async def _page(self, view: View, query: QueueQuery, limit: int, token: str) -> Page:
        sort = sort_of(query)
        if not self._by_reports:
            sort = [each for each in sort if each["field"] != "flags_count"]
        try:
            page = await ask_page(
                self._stream,
                filter=conditions(view, query.chosen),
                sort=sort,
                limit=limit,
                next=token or None,
            )
        except RefusedError as error:
            # Whether Stream sorts by reports is not documented (?); then only what is read is.
            if not self._by_reports or error.status != 400 or sort[0]["field"] != "flags_count":
                raise
            self._by_reports = False
            return await self._page(view, query, limit, token)
        self._learn(page)
        return page

    async def _appeals(self) -> tuple[ReviewItem, ...]:
        try:
            return await ask_appeals(self._stream, limit=MAX_ITEMS)
        except StreamRefusedError as error:
            if error.retryable:
                raise
            self._problem(f"Appeals against bans could not be read: {error.sentence}")
            return ()

    async def _read_views(self) -> None:
        try:
            answer = await self._stream.ask("GET", _QUEUES)
        except StreamRefusedError as error:
            if error.retryable:
                raise
            self._problem(f"The saved views could not be read: {error.sentence}")
            return
        self.views = (*BUILT_IN, *saved_views(answer))

    def _learn(self, page: Page) -> None:
        offered = {(one.entity_type, one.action, one.custom_id): one for one in self.offered}
        news = offered_actions(page.offered)
        kinds = {one.entity_type for one in news}
        kept = tuple(one for one in offered.values() if one.entity_type not in kinds)
        self.offered = (*kept, *news)
        config = page.config
        names = ("ai_text_labels", "llm_labels", "ai_image_labels")
        labels = _words(label for name in names for label in _list(config.get(name)))
        self.labels = labels or self.labels
        self.config_keys = _words(_list(config.get("config_keys"))) or self.config_keys
        self.fields = _words(_list(config.get("filterable_custom_keys"))) or self.fields


def _list(untrusted: Any) -> list[Any]:
    return untrusted if isinstance(untrusted, list) else []


def _words(untrusted: Iterable[Any]) -> tuple[str, ...]:
    words = (one for one in untrusted if isinstance(one, str) and one)
    return tuple(dict.fromkeys(word[:MAX_WORDS] for word in words))[:MAX_WORDS]
