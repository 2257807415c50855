"""Verdicts on disk: the latest of each source for each revision of a line."""

import sqlite3
from collections.abc import Sequence

import msgspec

from console.domain.item import Item
from console.domain.verdict import JudgedItem, Verdict
from console.store.items import before

_KEEP = (
    "INSERT OR REPLACE INTO verdicts"
    " (app_id, item_id, revision, source, provisional, action, judged_at, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_DECIDED = "UPDATE items SET waiting = 0 WHERE app_id = ? AND item_id = ? AND revision = ?"
_OF_ITEM = (
    "SELECT body FROM verdicts WHERE app_id = ? AND item_id = ? AND revision = ? ORDER BY judged_at"
)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Verdict).decode


def keep(connection: sqlite3.Connection, app_id: int, verdict: Verdict) -> None:
    """Keep ``verdict``; one that is not provisional ends the waiting of its revision."""
    row = (
        app_id,
        verdict.item_id,
        verdict.revision,
        verdict.source,
        verdict.provisional,
        verdict.action,
        verdict.judged_at,
        _encode(verdict),
    )
    connection.execute(_KEEP, row)
    if not verdict.provisional:
        connection.execute(_DECIDED, row[:3])


def settle_early_ones(connection: sqlite3.Connection, app_id: int, line: Item) -> None:
    """A colleague's verdict may come before the line itself: then it waits for none."""
    key = (app_id, line.item_id, line.revision)
    decided = connection.execute(
        "SELECT 1 FROM verdicts WHERE app_id = ? AND item_id = ? AND revision = ?"
        " AND provisional = 0",
        key,
    ).fetchone()
    if decided:
        connection.execute(_DECIDED, key)


def judged(connection: sqlite3.Connection, app_id: int, items: Sequence[Item]) -> list[JudgedItem]:
    """Each item with the verdicts of its present revision, earliest first."""
    execute = connection.cursor().execute
    return [
        JudgedItem(
            item,
            tuple(
                _decode(body)
                for (body,) in execute(_OF_ITEM, (app_id, item.item_id, item.revision)).fetchall()
            ),
            before=before(connection, app_id, item),
        )
        for item in items
    ]
