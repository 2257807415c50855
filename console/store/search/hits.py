"""Reads what stands behind the places that a search found."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from console.domain.act import Act, Receipt
from console.domain.acts.table import spec_of
from console.domain.search.fields import Kind
from console.domain.search.hit import Hit
from console.domain.verdict import KEEP, JudgedItem, Severity
from console.store import items, notes, verdicts
from console.store.search import entries
from console.store.search.entries import SEPARATOR, kind_of

_ACT = "SELECT act, receipt FROM acts WHERE place = ?"
_COLLEAGUE_ACT = (
    "SELECT act, receipt FROM colleague_acts WHERE app_id = ? AND user_id = ? AND act_id = ?"
)
_CALL = "SELECT name FROM calls WHERE app_id = ? AND cid = ?"
_LAST_NAME = (
    "SELECT author_name FROM items WHERE app_id = ? AND author_id = ? ORDER BY place DESC LIMIT 1"
)

_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode


class Row(NamedTuple):
    """One row of ``search_entries``, without its words."""

    place: int
    app_id: int
    family: int
    source: int | str


def read(connection: sqlite3.Connection, rows: Sequence[Row], apps: Mapping[int, str]) -> list[Hit]:
    """What stands at ``rows``, in their order, without what was deleted meanwhile.

    ``apps``: the api keys by their ids.
    """
    judged = _judged(connection, rows)
    readers: dict[int, Callable[[sqlite3.Connection, Row, str], Hit | None]] = {
        entries.ACT: _act_hit,
        entries.COLLEAGUE_ACT: _colleague_hit,
        entries.NOTE: _note_hit,
        entries.NAME: _name_hit,
    }
    found: list[Hit | None] = []
    for row in rows:
        if row.family == entries.ITEM:
            one = judged.get(row.place)
            found.append(_item_hit(connection, row, one, apps[row.app_id]) if one else None)
        else:
            found.append(readers[row.family](connection, row, apps[row.app_id]))
    return [hit for hit in found if hit is not None]


def _judged(connection: sqlite3.Connection, rows: Sequence[Row]) -> dict[int, JudgedItem]:
    found: dict[int, JudgedItem] = {}
    for row in rows:
        if row.family == entries.ITEM:
            said = items.select(connection, "WHERE place = ?", row.source)
            for one in verdicts.judged(connection, row.app_id, said):
                found[row.place] = one
    return found


def _called(connection: sqlite3.Connection, row: Row, cid: str) -> str:
    found = connection.execute(_CALL, (row.app_id, cid)).fetchone()
    return str(found[0]) if found and found[0] else cid


def _item_hit(connection: sqlite3.Connection, row: Row, one: JudgedItem, app: str) -> Hit | None:
    item, kind, standing = one.item, kind_of(one.item.kind), one.standing
    if kind is None:
        return None
    verdict = standing if standing is not None and standing.raised else None
    return Hit(
        kind=kind,
        id=item.item_id,
        app=app,
        place=row.place,
        at=item.start_time,
        text=item.text,
        cid=item.cid,
        call_name=_called(connection, row, item.cid),
        session_id=item.session_id,
        user_id=item.author_id,
        name=item.author_name,
        before=one.before,
        why=verdict.why if verdict else "",
        severity=verdict.severity if verdict else Severity.NONE,
        action=verdict.action if verdict else KEEP,
    )


def _act_hit(connection: sqlite3.Connection, row: Row, app: str) -> Hit | None:
    found = connection.execute(_ACT, (row.source,)).fetchone()
    return _of_act(connection, row, app, found)


def _colleague_hit(connection: sqlite3.Connection, row: Row, app: str) -> Hit | None:
    key = (row.app_id, *str(row.source).split(SEPARATOR, 1))
    return _of_act(connection, row, app, connection.execute(_COLLEAGUE_ACT, key).fetchone())


def _of_act(
    connection: sqlite3.Connection, row: Row, app: str, found: tuple[bytes, bytes] | None
) -> Hit | None:
    if found is None:
        return None
    act, receipt = _act(found[0]), _receipt(found[1])
    on = ", ".join(name or user_id for user_id, name in _people(act))
    label = spec_of(act.kind).label.rstrip("…")
    said = f"{label}: {on}" if on else label
    return Hit(
        kind=Kind.ACT,
        id=act.act_id,
        app=app,
        place=row.place,
        at=act.requested_at,
        text=f"{said}. {act.reason}" if act.reason else said,
        cid=act.cid,
        call_name=act.call_name or _called(connection, row, act.cid),
        session_id=act.session_id,
        user_id=act.user_ids[0] if act.user_ids else "",
        name=act.names[0] if act.names else "",
        why=" ".join(filter(None, (act.rule, receipt.reason))),
        act=act.kind,
        by=act.by,
    )


def _people(act: Act) -> list[tuple[str, str]]:
    names = act.names + ("",) * (len(act.user_ids) - len(act.names))
    return list(zip(act.user_ids, names, strict=False))


def _note_hit(connection: sqlite3.Connection, row: Row, app: str) -> Hit | None:
    note = notes.one(connection, row.app_id, str(row.source))
    if note is None or note.removed:
        return None
    named = connection.execute(_LAST_NAME, (row.app_id, note.user_id)).fetchone()
    return Hit(
        kind=Kind.NOTE,
        id=note.note_id,
        app=app,
        place=row.place,
        at=note.at,
        text=note.text,
        user_id=note.user_id,
        name=str(named[0]) if named else "",
        by=note.by,
    )


def _name_hit(connection: sqlite3.Connection, row: Row, app: str) -> Hit | None:
    user_id, _, name = str(row.source).partition(SEPARATOR)
    at = row.place / entries.PLACES_PER_MS / 1000
    return Hit(
        kind=Kind.NAME,
        id=user_id,
        app=app,
        place=row.place,
        at=at,
        text=name,
        user_id=user_id,
        name=name,
    )
