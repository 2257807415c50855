"""Doors of calls on disk: who may come in, and who was put out, until they are open again."""

import sqlite3

import msgspec

from console.domain.door import Door

_encode = msgspec.json.Encoder().encode
_door = msgspec.json.Decoder(Door).decode


def keep(connection: sqlite3.Connection, app_id: int, door: Door) -> None:
    """Replace what is known of the door of one call."""
    connection.execute(
        "INSERT INTO doors (app_id, cid, body) VALUES (?, ?, ?)"
        " ON CONFLICT (app_id, cid) DO UPDATE SET body = excluded.body",
        (app_id, door.cid, _encode(door)),
    )


def forget(connection: sqlite3.Connection, app_id: int, cid: str) -> None:
    """The door is open, and everybody whom it blocked was let in."""
    connection.execute("DELETE FROM doors WHERE app_id = ? AND cid = ?", (app_id, cid))


def every(connection: sqlite3.Connection, app_id: int) -> list[Door]:
    """All doors that are held, or not open yet."""
    rows = connection.execute("SELECT body FROM doors WHERE app_id = ? ORDER BY cid", (app_id,))
    return [_door(body) for (body,) in rows.fetchall()]
