"""Reads what waits for the index and makes entries of it; changes nothing."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from console.domain.act import Act, Receipt
from console.domain.item import Body, Name, Text
from console.store import items, notes, verdicts
from console.store.search import entries
from console.store.search.entries import SEPARATOR, Entry, Source

# The newest come first: families and places descend.
_WAITING = (
    "SELECT family, app_id, source, stamp FROM search_waiting"
    " ORDER BY family DESC, app_id DESC, source DESC LIMIT ?"
)
_EARLIER = "SELECT body FROM replaced_bodies WHERE app_id = ? AND item_id = ? ORDER BY revision"
_CALL = "SELECT name FROM calls WHERE app_id = ? AND cid = ?"
_ACT = "SELECT act, receipt FROM acts WHERE place = ?"
_COLLEAGUE_ACT = (
    "SELECT act, receipt FROM colleague_acts WHERE app_id = ? AND user_id = ? AND act_id = ?"
)
_NAMES = "SELECT name FROM known_names WHERE app_id = ? AND user_id = ? LIMIT 20"
_SINCE = "SELECT since FROM known_names WHERE app_id = ? AND user_id = ? AND name = ?"

Called = Callable[[int, str], str]
"""How the call of an app with this cid is called."""

_body = msgspec.json.Decoder(Body).decode
_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode


class Prepared(NamedTuple):
    """A row that waited, as it is to stand in the index; None where nothing is left of it.

    ``stamp``: of the change that was read. A later one waits again.
    """

    source: Source
    stamp: int
    entry: Entry | None


def waiting(connection: sqlite3.Connection, most: int) -> list[Prepared]:
    """The next ``most`` rows that the index does not know."""
    rows = connection.execute(_WAITING, (most,)).fetchall()
    call_names: dict[tuple[int, str], str] = {}

    def called(app_id: int, cid: str) -> str:
        if (app_id, cid) not in call_names:
            row = connection.execute(_CALL, (app_id, cid)).fetchone()
            call_names[app_id, cid] = str(row[0]) if row else ""
        return call_names[app_id, cid]

    found: list[Prepared] = []
    for family, app_id, key, stamp in rows:
        source = Source(family, app_id, key)
        found.append(Prepared(source, stamp, _entry(connection, source, called)))
    return found


def _entry(connection: sqlite3.Connection, source: Source, called: Called) -> Entry | None:
    match source.family:
        case entries.ITEM:
            return _of_item(connection, source, called)
        case entries.ACT:
            row = connection.execute(_ACT, (source.source,)).fetchone()
            return _of_act(source.app_id, row, called)
        case entries.COLLEAGUE_ACT:
            key = (source.app_id, *str(source.source).split(SEPARATOR, 1))
            return _of_act(
                source.app_id, connection.execute(_COLLEAGUE_ACT, key).fetchone(), called
            )
        case entries.NOTE:
            return _of_note(connection, source)
        case _:
            user_id, _, name = str(source.source).partition(SEPARATOR)
            row = connection.execute(_SINCE, (source.app_id, user_id, name)).fetchone()
            return entries.name_entry(source.app_id, user_id, name, row[0]) if row else None


def _of_item(connection: sqlite3.Connection, source: Source, called: Called) -> Entry | None:
    found = items.select(connection, "WHERE place = ?", source.source)
    if not found:
        return None
    (judged,) = verdicts.judged(connection, source.app_id, found)
    item = judged.item
    earlier: Sequence[str] = ()
    if item.revision:
        bodies = connection.execute(_EARLIER, (source.app_id, item.item_id)).fetchall()
        earlier = [words(_body(body)) for (body,) in bodies]
    return entries.item_entry(source.app_id, judged, earlier, called(source.app_id, item.cid))


def words(body: Body) -> str:
    """What can be read in ``body``."""
    match body:
        case Text(text=text):
            return text
        case Name(name=name):
            return name
        case picture:
            return picture.words


def _of_act(app_id: int, row: tuple[bytes, bytes] | None, called: Called) -> Entry | None:
    if row is None:
        return None
    act = _act(row[0])
    return entries.act_entry(app_id, act, _receipt(row[1]), called(app_id, act.cid))


def _of_note(connection: sqlite3.Connection, source: Source) -> Entry | None:
    note = notes.one(connection, source.app_id, str(source.source))
    if note is None or note.removed:
        return None
    names = connection.execute(_NAMES, (source.app_id, note.user_id)).fetchall()
    return entries.note_entry(source.app_id, note, [str(name) for (name,) in names])
