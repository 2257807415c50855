"""A store with things to find, for the tests of the search."""

from collections.abc import Sequence

from console.domain.item import CAPTION, Body, Item, Text
from console.domain.search.hit import Found
from console.domain.search.parse import parse
from console.domain.verdict import FLAG, KEEP, JudgedItem, Severity, Source, Verdict
from console.store.store import AppStore

NOW = 1_796_000_000.0
HALL = "default:hall"


def line(key: str, body: str | Body, at: float = NOW, *, who: str = "ada", **more: object) -> Item:
    """A caption of ``who``, whose name is made of it."""
    fields: dict[str, object] = {
        "item_id": key,
        "kind": CAPTION,
        "cid": HALL,
        "session_id": "s1",
        "author_id": who,
        "author_name": f"{who.title()} Quill",
        "body": Text(body) if isinstance(body, str) else body,
        "start_time": at,
        "end_time": at + 1,
        "received_at": at + 1,
    }
    return Item(**(fields | more))  # type: ignore[arg-type]


def raised(item: Item, severity: Severity, *labels: str, why: str = "") -> JudgedItem:
    """``item`` with a verdict that raises it."""
    verdict = Verdict(
        item_id=item.item_id,
        source=Source.LOCAL,
        action=FLAG,
        severity=severity,
        labels=labels,
        why=why,
    )
    return JudgedItem(item, (verdict,))


def kept(item: Item) -> JudgedItem:
    """``item`` with a verdict that finds nothing."""
    verdict = Verdict(item_id=item.item_id, source=Source.LOCAL, action=KEEP)
    return JudgedItem(item, (verdict,))


async def index(app: AppStore) -> list[int]:
    """Index all that waits; returns the places that are new or changed."""
    changed: list[int] = []
    while (step := await app.search.index_step()) is not None:
        changed += step
    return changed


async def find(app: AppStore, query: str, **more: object) -> Found:
    """The first page, as somebody would ask for it at NOW."""
    return await app.search.find(parse(query, NOW), **more)  # type: ignore[arg-type]


async def ids(app: AppStore, query: str, **more: object) -> Sequence[str]:
    """The ids of the hits of the first page, in their order."""
    return [hit.id for hit in (await find(app, query, **more)).hits]
