"""Suspended calls on disk: what each person had before, until it is given back."""

import sqlite3

import msgspec

from console.domain.suspended import Suspension

_encode = msgspec.json.Encoder().encode
_suspension = msgspec.json.Decoder(Suspension).decode


def keep(connection: sqlite3.Connection, app_id: int, suspension: Suspension) -> None:
    """Replace what is known of one suspended call."""
    connection.execute(
        "INSERT INTO suspensions (app_id, cid, body) VALUES (?, ?, ?)"
        " ON CONFLICT (app_id, cid) DO UPDATE SET body = excluded.body",
        (app_id, suspension.cid, _encode(suspension)),
    )


def forget(connection: sqlite3.Connection, app_id: int, cid: str) -> None:
    """Everything in this call was given back."""
    connection.execute("DELETE FROM suspensions WHERE app_id = ? AND cid = ?", (app_id, cid))


def every(connection: sqlite3.Connection, app_id: int) -> list[Suspension]:
    """All calls in which something is still to be given back."""
    rows = connection.execute(
        "SELECT body FROM suspensions WHERE app_id = ? ORDER BY cid", (app_id,)
    )
    return [_suspension(body) for (body,) in rows.fetchall()]
