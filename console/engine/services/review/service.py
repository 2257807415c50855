"""The review queue of the app, shared with every other moderator (STREAM.md 6.6).

Stream pushes nothing of it, so it is asked again and again: often while somebody looks, seldom for
its count alone, at once when an event or an act of ours says that something changed.
"""

import asyncio
from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import ReceiptState
from console.domain.acts.queue import action_of
from console.domain.review import UNRESOLVING, ReviewItem
from console.domain.team import Skipped, Told
from console.engine.services.review.item_lock import ItemLock
from console.engine.services.review.item_pictures import PicturesOfItems
from console.engine.services.review.reading import Reader
from console.engine.services.review.surroundings import Surroundings
from console.engine.services.review.views import conditions, sort_of, view_of
from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.events import (
    CallEnded,
    KickedUser,
    ModerationFlagged,
    Unknown,
    UserBanned,
    UserUnbanned,
)
from console.engine.wire.refusals import RateLimitedError, RefusedError, StreamRefusedError
from console.engine.wire.review_reads import ask_appeal, ask_item
from console.protocol.acts import ActProgress
from console.protocol.review import (
    AskItemContext,
    AskItemPictures,
    ItemContext,
    ItemPictures,
    LockItem,
    QueueItems,
    QueueQuery,
    QueueState,
    SaveView,
    SkipItem,
    ViewSaved,
    WatchQueue,
)
from console.store.skips import Skip

WATCHED_EVERY_S = 5.0
COUNTED_EVERY_S = 30.0
REFUSED_EVERY_S = 300.0
SOON_S = 0.5
"""Between two readings, however many events say that something changed."""
LONGEST_PAUSE_S = 60.0

_OF_THE_QUEUE = ("moderation.", "review_queue_item.", "appeal.")

MOST_DECIDED = 1_000
"""Items that are remembered as decided here."""


class ReviewQueue(Service):
    """Shows the queue, holds what is reviewed, and tells who acted meanwhile."""

    handles: ClassVar = (WatchQueue, LockItem, SkipItem, AskItemContext, AskItemPictures, SaveView)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._reader = Reader(context.gateway, self._problem)
        self._deciding: set[str] = set()
        self._lock = ItemLock(
            context.gateway,
            context.clock,
            self._told,
            self._deciding.__contains__,
            self._problem,
        )
        self._surroundings = Surroundings(context)
        self._pictures = PicturesOfItems(context)
        self._query: QueueQuery | None = None
        self._items: dict[str, ReviewItem] = {}
        self._skips: dict[str, Skip] = {}
        self._state = QueueState()
        self._failures = 0
        self._wake = asyncio.Event()
        self._to_read: set[str] = set()
        self._look = asyncio.Event()

    async def start(self) -> None:
        self._skips = await self.context.store.reviews.skips()
        self.context.keep_running(self._read_on, "review queue")
        self.context.keep_running(self._lock.run, "review lock")
        self.context.keep_running(self._read_single_ones, "review items")

    async def close(self) -> None:
        await self._lock.close()
        self._items.clear()
        self.context.channel.put(QueueItems(whole=True))
        self.context.channel.put(QueueState())

    async def answer(
        self,
        message: WatchQueue | LockItem | SkipItem | AskItemContext | AskItemPictures | SaveView,
    ) -> ItemContext | ItemPictures | ViewSaved | None:
        match message:
            case WatchQueue(query=query):
                self._watch(query)
            case LockItem(item_id=item_id):
                self._hold(item_id)
            case SkipItem(item_id=item_id):
                await self._skip(item_id)
            case AskItemContext(request_id=request_id, item_id=item_id):
                return await self._surroundings.of(request_id, await self._item(item_id))
            case AskItemPictures(request_id=request_id, item_id=item_id):
                return await self._pictures.of(request_id, await self._item(item_id))
            case SaveView():
                return await self._save(message)
        return None

    async def on_event(self, received: Received) -> None:
        event = received.event
        if isinstance(event, ModerationFlagged):
            concerned = True
        elif isinstance(event, Unknown):
            # A socket of calls may get these; of none is it known (STREAM.md 3.7).
            concerned = event.name.startswith(_OF_THE_QUEUE)
        elif isinstance(event, UserBanned | UserUnbanned | KickedUser):
            concerned = any(item.author_id == event.user.id for item in self._items.values())
        else:
            concerned = isinstance(event, CallEnded) and any(
                item.cid == event.call_cid for item in self._items.values()
            )
        if concerned:
            self._wake.set()

    def on_act(self, progress: ActProgress) -> None:
        act, receipt = progress.act, progress.receipt
        decision = act.review
        if decision is None:
            return
        ended = receipt.state in (ReceiptState.FAILED, ReceiptState.UNCONFIRMED)
        if ended or receipt.conflict:
            self._deciding.discard(decision.item_id)
            self._to_read.add(decision.item_id)
            self._look.set()
        elif action_of(act.kind) not in UNRESOLVING:
            self._deciding.add(decision.item_id)
            if len(self._deciding) > MOST_DECIDED:
                self._deciding.pop()

    # -- what the window asks

    def _watch(self, query: QueueQuery | None) -> None:
        if query == self._query:
            return
        self._query = query
        if query is None:
            self._lock.want("")
            self._show((), whole=True)
        self._wake.set()

    def _hold(self, item_id: str) -> None:
        before = self._lock.wanted
        item = self._items.get(item_id)
        self._lock.want("" if item is not None and item.only_appeal else item_id)
        if before not in ("", item_id):
            self._wake.set()  # a decided item was only shown because it was held

    async def _skip(self, item_id: str) -> None:
        await self._note_skip(Skip(item_id, self.context.user_id, self.context.clock.now()))
        self.context.tell_team(Skipped(item_id))

    async def on_colleague(self, told: Told) -> None:
        if isinstance(told.word, Skipped):
            known = self._skips.get(told.word.item_id)
            if known is None or known.at < told.at:
                await self._note_skip(Skip(told.word.item_id, told.by, told.at))

    async def _note_skip(self, skip: Skip) -> None:
        item_id = skip.item_id
        await self.context.store.reviews.keep_skip(skip)
        self._skips[item_id] = skip
        if item_id in self._items:
            self._show((self._items[item_id],))

    async def _item(self, item_id: str) -> ReviewItem:
        item = self._items.get(item_id) or await ask_item(self.context.gateway, item_id)
        if item is None:
            raise WorldError("The item is not in the queue any more.")
        return item

    async def _save(self, message: SaveView) -> ViewSaved:
        view = view_of(self._reader.views, message.query.view_id)
        body = {
            "name": message.name,
            "type": "operational_queue" if message.shared else "personal_view",
            "filters": conditions(view, message.query.chosen),
            "sort": sort_of(message.query),
        }
        gateway = self.context.gateway
        if gateway.actor:
            body["user_id"] = gateway.actor
        answer = await gateway.ask("POST", "/api/v2/moderation/queues", body)
        saved = answer.get("queue")
        self._reader.views_changed()
        self._wake.set()
        view_id = saved.get("id") if isinstance(saved, dict) else ""
        return ViewSaved(message.request_id, view_id=view_id if isinstance(view_id, str) else "")

    # -- reading

    async def _read_on(self) -> None:
        while True:
            pause = await self._read()
            self._wake.clear()
            try:
                async with self.context.clock.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue
            await self.context.clock.sleep(SOON_S)

    async def _read(self) -> float:
        """Read the queue once; seconds until it is to be read again."""
        query = self._query
        try:
            reading = await self._reader.read(query)
        except RateLimitedError as error:
            self._failed(error.sentence)
            return max(self._usual_pause(), error.retry_after)
        except RefusedError as error:
            if error.retryable:
                return self._failed(error.sentence)
            # Until somebody gives the role more: what it may not read is not asked for all day.
            self._publish(refused=error.sentence, trouble="", read_at=self.context.clock.now())
            return REFUSED_EVERY_S
        except StreamRefusedError as error:
            return self._failed(error.sentence)
        self._failures = 0
        if reading.items is not None and query is not None and query == self._query:
            await self._take(reading.items)
        self._publish(
            read_at=self.context.clock.now(),
            due=reading.due,
            due_exact=reading.due_exact,
            oldest_at=reading.oldest_at,
            query=query or self._state.query,
            more=reading.more,
            refused="",
            trouble="",
        )
        return self._usual_pause()

    def _usual_pause(self) -> float:
        if self._query is None:
            return COUNTED_EVERY_S
        return WATCHED_EVERY_S * max(1, -(-self._query.count // 100))

    def _failed(self, sentence: str) -> float:
        self._failures += 1
        self._publish(trouble=sentence)
        longest: float = self._usual_pause() * 2.0 ** min(self._failures, 6)
        return min(LONGEST_PAUSE_S, longest)

    async def _take(self, items: tuple[ReviewItem, ...]) -> None:
        held = self._lock.wanted
        found = {item.item_id: item for item in items}
        if held and held not in found and held in self._items:
            # Decided meanwhile: it stays until whoever looks at it goes on.
            found[held] = self._items[held]
            self._to_read.add(held)
            self._look.set()
        known, self._items = self._items, found
        gone = tuple(key for key in known if key not in found)
        changed = tuple(item for key, item in found.items() if known.get(key) != item)
        self._show(changed, gone)

    async def _read_single_ones(self) -> None:
        while True:
            await self._look.wait()
            self._look.clear()
            while self._to_read:
                item_id = self._to_read.pop()
                try:
                    await self._read_one(item_id)
                except StreamRefusedError as error:
                    self._problem(f"An item of the queue could not be read: {error.sentence}")

    async def _read_one(self, item_id: str) -> None:
        known = self._items.get(item_id)
        gateway = self.context.gateway
        if known is not None and known.only_appeal:
            item: ReviewItem | None = await ask_appeal(gateway, item_id)
        else:
            item = await ask_item(gateway, item_id)
        if item is not None:
            self._told(item)

    # -- telling

    def _told(self, item: ReviewItem) -> None:
        if item.item_id in self._items and self._items[item.item_id] != item:
            self._items[item.item_id] = item
            self._show((item,))

    def _show(
        self, items: tuple[ReviewItem, ...], gone: tuple[str, ...] = (), *, whole: bool = False
    ) -> None:
        if whole:
            self._items = {item.item_id: item for item in items}
        shown = tuple(self._with_skip(item) for item in items)
        if shown or gone or whole:
            self.context.channel.put(QueueItems(shown, gone, whole))

    def _with_skip(self, item: ReviewItem) -> ReviewItem:
        skip = self._skips.get(item.item_id)
        if skip is None or skip.at < item.created_at:
            return item
        return replace(item, skipped_by=skip.user_id, skipped_at=skip.at)

    def _publish(self, **changed: object) -> None:
        reader = self._reader
        self._state = replace(
            self._state,
            views=tuple(view.shown for view in reader.views),
            offered=reader.offered,
            labels=reader.labels,
            config_keys=reader.config_keys,
            fields=reader.fields,
            **changed,
        )
        self.context.channel.put(self._state)

    def _problem(self, sentence: str) -> None:
        self.context.channel.problem("review queue", sentence)
