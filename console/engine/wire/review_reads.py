"""Questions to the review queue (STREAM.md 6.6). Each raises StreamRefusedError where it fails."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from console.domain.review import ReviewItem
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import UnreadableAnswerError
from console.engine.wire.review_queue import Page, read_appeal, read_appeals, read_page

_MODERATION = "/api/v2/moderation/"

T = TypeVar("T")


class Asking(Protocol):
    """What these questions need of the gateway; see console/engine/wire/stream.py."""

    actor: str

    async def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """One request; the answer as it came."""


async def ask_page(stream: Asking, **wanted: Any) -> Page:
    """One answer of the queue. ``wanted``: fields of the body that are not None."""
    body = {name: value for name, value in wanted.items() if value is not None}
    if stream.actor:
        body["user_id"] = stream.actor
    return _read(read_page, await stream.ask("POST", f"{_MODERATION}review_queue", body))


async def ask_item(stream: Asking, item_id: str, **wanted: Any) -> ReviewItem | None:
    """One item as it is now; None when there is none. A user token may only ask it like this."""
    page = await ask_page(
        stream,
        filter={"id": {"$eq": item_id}},
        limit=1,
        exclude_default_action_config=True,
        **wanted,
    )
    return next((item for item in page.items if item.item_id == item_id), None)


async def ask_appeals(stream: Asking, *, limit: int) -> tuple[ReviewItem, ...]:
    """The newest appeals against bans, which have no item of the queue."""
    body: dict[str, Any] = {"limit": limit, "sort": [{"field": "created_at", "direction": -1}]}
    if stream.actor:
        body["user_id"] = stream.actor
    return _read(read_appeals, await stream.ask("POST", f"{_MODERATION}appeals", body))


async def ask_appeal(stream: Asking, appeal_id: str) -> ReviewItem:
    """One appeal as it is now."""
    path = f"{_MODERATION}appeal/{quote(appeal_id, safe='')}"
    return _read(read_appeal, await stream.ask("GET", path))


def _read(reader: Callable[[Mapping[str, Any]], T], answer: Mapping[str, Any]) -> T:
    try:
        return reader(answer)
    except MalformedAnswerError as error:
        raise UnreadableAnswerError(f"Stream's answer could not be read: {error}.") from error
