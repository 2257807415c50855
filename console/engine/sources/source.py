"""What the engine knows of one kind of content."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from console.domain.item import Item, Picture
from console.engine.services.directory import Directory
from console.engine.services.service import SessionContext
from console.engine.wire.check import CheckRequest
from console.engine.wire.events import Event

Take = Callable[[Event], Awaitable[None]]


class Source(Struct, frozen=True, kw_only=True):
    """One kind of content: where it comes from, and how Stream is asked about it.

    Attributes:
        kind: as in Item.
        events: what brings it.
        read: makes one of these events, received at a time in unix seconds, an item; None when it
            is no content.
        check: what moderation.check is asked about an item.
        feed: runs where the events do not come over the socket of the calls. It fetches them for a
            sign-in and hands on each.
    """

    kind: str
    events: tuple[type[Event], ...]
    read: Callable[[Any, Directory, float], Item | None]
    check: Callable[[Item], CheckRequest]
    feed: Callable[[SessionContext, Take], Awaitable[None]] | None = None


def check_of_text(item: Item, entity_type: str, entity_id: str) -> CheckRequest:
    """A check of the words of ``item``."""
    custom = {"cid": item.cid, "session_id": item.session_id}
    payload = {"texts": [item.text], "custom": custom}
    return CheckRequest(entity_type, entity_id, item.author_id, payload)


def check_of_picture(
    item: Item,
    entity_type: str,
    options: dict[str, bool] | None = None,
    *,
    entity_id: str = "",
) -> CheckRequest:
    """A check of the picture of ``item``, which Stream fetches itself, and of the words in it.

    ``entity_id``: of what Stream keeps it as; the item's own where there is none.
    """
    body = item.body
    custom = {"cid": item.cid, "session_id": item.session_id}
    payload: dict[str, Any] = {"texts": [item.text] if item.text else [], "custom": custom}
    if isinstance(body, Picture) and body.url:
        payload["images"] = [body.url]
    known_as = entity_id or item.item_id
    return CheckRequest(entity_type, known_as, item.author_id, payload, options=options or {})
