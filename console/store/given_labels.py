"""What moderators say of verdicts, on disk: one label an item, the last one."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from console.domain.given_label import GivenLabel, LabelCounts, Says

_KEEP = (
    "INSERT OR REPLACE INTO given_labels (app_id, item_id, author_id, says, at, body)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_ONE = "SELECT body FROM given_labels WHERE app_id = ? AND item_id = ?"
_TAKE_BACK = "DELETE FROM given_labels WHERE app_id = ? AND item_id = ?"

EVERY_APP = -1
"""In place of the id of an app."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(GivenLabel).decode


def keep(connection: sqlite3.Connection, app_id: int, given: GivenLabel) -> GivenLabel | None:
    """Keep a label in the place of the one that the item had, which is returned."""
    before = one(connection, app_id, given.item_id)
    row = (app_id, given.item_id, given.author_id, given.says, given.at, _encode(given))
    connection.execute(_KEEP, row)
    return before


def take_back(connection: sqlite3.Connection, app_id: int, item_id: str) -> GivenLabel | None:
    """Forget the label of an item; returns what it was."""
    before = one(connection, app_id, item_id)
    connection.execute(_TAKE_BACK, (app_id, item_id))
    return before


def one(connection: sqlite3.Connection, app_id: int, item_id: str) -> GivenLabel | None:
    """The label of an item."""
    row = connection.execute(_ONE, (app_id, item_id)).fetchone()
    return _decode(row[0]) if row else None


def among(connection: sqlite3.Connection, app_id: int, item_ids: Iterable[str]) -> set[str]:
    """Those of these items that have a label."""
    return {each for each in item_ids if connection.execute(_ONE, (app_id, each)).fetchone()}


def newest(connection: sqlite3.Connection, app_id: int, limit: int) -> list[GivenLabel]:
    """The last labels, newest first; of all apps for EVERY_APP."""
    where, which = _of(app_id)
    query = f"SELECT body FROM given_labels {where} ORDER BY at DESC, item_id LIMIT ?"
    return [_decode(body) for (body,) in connection.execute(query, (*which, limit))]


def counts(connection: sqlite3.Connection, app_id: int) -> LabelCounts:
    """How many there are; of all apps for EVERY_APP."""
    where, which = _of(app_id)
    query = f"SELECT says, count(*) FROM given_labels {where} GROUP BY says"
    found = dict(connection.execute(query, which).fetchall())
    return LabelCounts(*(int(found.get(each, 0)) for each in Says))


def delete(connection: sqlite3.Connection, app_id: int) -> int:
    """Delete all of them; returns how many there were. Of all apps for EVERY_APP."""
    where, which = _of(app_id)
    return connection.execute(f"DELETE FROM given_labels {where}", which).rowcount


def _of(app_id: int) -> tuple[str, tuple[Any, ...]]:
    return ("", ()) if app_id == EVERY_APP else ("WHERE app_id = ?", (app_id,))
