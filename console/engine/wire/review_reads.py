"""Questions to the review queue (STREAM.md 6.6). Each raises StreamRefusedError where it fails."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote
from weakref import WeakKeyDictionary

from console.domain.review import ReviewItem
from console.engine.wire.asking import AskingAs
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import UnreadableAnswerError
from console.engine.wire.review_batch import ItemBatch
from console.engine.wire.review_queue import Page, read_appeal, read_appeals, read_page

_MODERATION = "/api/v2/moderation/"

T = TypeVar("T")


_batches: "WeakKeyDictionary[AskingAs, ItemBatch]" = WeakKeyDictionary()


async def ask_page(stream: AskingAs, **wanted: Any) -> Page:
    """One answer of the queue. ``wanted``: fields of the body that are not None."""
    body = {name: value for name, value in wanted.items() if value is not None}
    if stream.actor:
        body["user_id"] = stream.actor
    return _read(read_page, await stream.ask("POST", f"{_MODERATION}review_queue", body))


async def ask_item(stream: AskingAs, item_id: str) -> ReviewItem | None:
    """One item as it is now; None when there is none. A user token may only ask it like this.

    Those who ask at the same moment share one request.
    """
    batch = _batches.get(stream)
    if batch is None:
        batch = _batches[stream] = ItemBatch(partial(_ask_many, stream))
    return await batch.item(item_id)


async def ask_lock(stream: AskingAs, item_id: str, *, seconds: int) -> ReviewItem | None:
    """Lock an item for so many seconds, or give it back for 0; the item as it is then."""
    lock = {"lock_items": True, "lock_count": 1, "lock_duration": seconds}
    wanted = lock if seconds else {"lock_items": False}
    return (await _ask_many(stream, [item_id], **wanted)).get(item_id)


async def _ask_many(
    stream: AskingAs, item_ids: Sequence[str], **wanted: Any
) -> dict[str, ReviewItem]:
    ids = {"$eq": item_ids[0]} if len(item_ids) == 1 else {"$in": list(item_ids)}
    page = await ask_page(
        stream,
        filter={"id": ids},
        limit=len(item_ids),
        exclude_default_action_config=True,
        **wanted,
    )
    return {item.item_id: item for item in page.items}


async def ask_appeals(stream: AskingAs, *, limit: int) -> tuple[ReviewItem, ...]:
    """The newest appeals against bans, which have no item of the queue."""
    body: dict[str, Any] = {"limit": limit, "sort": [{"field": "created_at", "direction": -1}]}
    if stream.actor:
        body["user_id"] = stream.actor
    return _read(read_appeals, await stream.ask("POST", f"{_MODERATION}appeals", body))


async def ask_appeal(stream: AskingAs, appeal_id: str) -> ReviewItem:
    """One appeal as it is now."""
    path = f"{_MODERATION}appeal/{quote(appeal_id, safe='')}"
    return _read(read_appeal, await stream.ask("GET", path))


def _read(reader: Callable[[Mapping[str, Any]], T], answer: Mapping[str, Any]) -> T:
    try:
        return reader(answer)
    except MalformedAnswerError as error:
        raise UnreadableAnswerError(f"Stream's answer could not be read: {error}.") from error
