"""Items on disk. One identity is one row, and another body of it is a revision of that row."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from console.domain.item import Body, Item, Text, same_words, settled
from console.domain.spoken_language import KnownBy

_FIELDS = Item.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_SELECT = "SELECT " + ", ".join(f"i.{field}" for field in _FIELDS) + " FROM items i"
_BODY = _FIELDS.index("body")

_INSERT = (
    f"INSERT INTO items (app_id, waiting, {_COLUMNS})"
    f" VALUES (?, 1, {', '.join('?' for _ in _FIELDS)})"
)
_KNOWN = "SELECT revision, body FROM items WHERE app_id = ? AND item_id = ?"
_KEPT_BEFORE = (
    "SELECT 1 FROM replaced_bodies WHERE app_id = ? AND item_id = ? AND body = ?"
    " AND (end_time IS NULL OR end_time >= ?)"
)
_REPLACE = (
    "INSERT INTO replaced_bodies (app_id, item_id, revision, body, end_time, received_at)"
    " SELECT app_id, item_id, revision, body, end_time, received_at FROM items"
    " WHERE app_id = ? AND item_id = ?"
)
_REVISE = (
    "UPDATE items SET revision = ?, body = ?, end_time = ?, received_at = ?, source_id = ?,"
    " language = ?, language_confidence = ?, language_by = ?, waiting = 1"
    " WHERE app_id = ? AND item_id = ?"
)

_MARK = "UPDATE items SET body = ? WHERE app_id = ? AND item_id = ?"
_BEFORE = (
    "SELECT json_extract(body, '$.text') FROM replaced_bodies WHERE app_id = ? AND item_id = ?"
    " ORDER BY revision DESC LIMIT 1"
)

encode_body = msgspec.json.Encoder().encode
_decode_body = msgspec.json.Decoder(Body).decode


class Kept(NamedTuple):
    """What was kept of an item that came.

    Attributes:
        item: with its revision. before: the words it had before this revision, if it had any.
        marks_only: only its marks are others: it is no further revision.
    """

    item: Item
    before: str = ""
    marks_only: bool = False


def keep(connection: sqlite3.Connection, app_id: int, item: Item) -> Kept | None:
    """The item as kept; None when exactly this is known already, or nothing of it can be shown."""
    identity = (app_id, item.item_id)
    body = encode_body(item.body)
    known = connection.execute(_KNOWN, identity).fetchone()
    if known is None:
        if item.deleted and not item.text:
            return None
        row: list[object] = list(msgspec.structs.astuple(item))
        row[_BODY] = body
        connection.execute(_INSERT, (app_id, *row))
        return Kept(item)
    revision, known_body = known
    if body == known_body:
        return None
    decoded = _decode_body(known_body)
    settled_body = settled(item.body, decoded)
    if same_words(settled_body, decoded):
        if settled_body == decoded:
            return None
        connection.execute(_MARK, (encode_body(settled_body), *identity))
        marked = msgspec.structs.replace(item, revision=revision, body=settled_body)
        return Kept(marked, before(connection, app_id, marked), marks_only=True)
    if connection.execute(_KEPT_BEFORE, (*identity, body, item.end_time)).fetchone():
        return None  # an old revision, delivered again after a reconnect
    connection.execute(_REPLACE, identity)
    kept = msgspec.structs.replace(item, revision=revision + 1)
    connection.execute(
        _REVISE,
        (
            *(kept.revision, body, kept.end_time, kept.received_at, kept.source_id),
            *(kept.language, kept.language_confidence, kept.language_by),
            *identity,
        ),
    )
    return Kept(kept, decoded.text if isinstance(decoded, Text) else "")


def before(connection: sqlite3.Connection, app_id: int, item: Item) -> str:
    """The words that ``item`` had before its present revision; empty where it has but one."""
    if not item.revision:
        return ""
    found = connection.execute(_BEFORE, (app_id, item.item_id)).fetchone()
    return str(found[0] or "") if found else ""


def select(connection: sqlite3.Connection, tail: str, *parameters: object) -> list[Item]:
    """The items ``i`` that ``tail``, the rest of a SELECT statement, picks, in its order."""
    found = []
    for row in connection.execute(f"{_SELECT} {tail}", parameters):
        fields = dict(zip(_FIELDS, row, strict=True))
        body, translated = _decode_body(fields.pop("body")), bool(fields.pop("translated"))
        known_by = KnownBy(fields.pop("language_by"))
        found.append(Item(**fields, body=body, translated=translated, language_by=known_by))
    return found


def unjudged(connection: sqlite3.Connection, app_id: int, limit: int) -> list[Item]:
    """Items without a deciding verdict, oldest first."""
    tail = "WHERE app_id = ? AND waiting = 1 ORDER BY place LIMIT ?"
    return select(connection, tail, app_id, limit)


def waiting(connection: sqlite3.Connection, app_id: int) -> tuple[int, float]:
    """How many lines wait for a deciding verdict, and when the oldest was received (or 0.0)."""
    count, oldest = connection.execute(
        "SELECT count(*), coalesce(min(received_at), 0.0) FROM items"
        " WHERE app_id = ? AND waiting = 1",
        (app_id,),
    ).fetchone()
    return int(count), float(oldest)


def recent(
    connection: sqlite3.Connection, app_id: int, cids: Iterable[str], per_call: int
) -> list[Item]:
    """The last items of each call, calls one after the other, newest item last."""
    tail = "WHERE app_id = ? AND cid = ? ORDER BY place DESC LIMIT ?"
    found: list[Item] = []
    for cid in cids:
        found += reversed(select(connection, tail, app_id, cid, per_call))
    return found


def with_ids(connection: sqlite3.Connection, app_id: int, item_ids: Iterable[str]) -> list[Item]:
    """Those of these items that are kept."""
    tail = "WHERE app_id = ? AND item_id = ?"
    return [item for each in item_ids for item in select(connection, tail, app_id, each)]
