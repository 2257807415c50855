"""Calls on disk, and when they were last listened to."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from console.domain.call import Call

_KEEP = (
    "INSERT OR REPLACE INTO calls (app_id, cid, name, session_id, started_at, ended_at, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)

_encode = msgspec.json.Encoder().encode
_cids = msgspec.json.Decoder(tuple[str, ...]).decode


def keep(connection: sqlite3.Connection, app_id: int, calls: Iterable[Call]) -> None:
    """Keep the latest state of each call."""
    connection.executemany(
        _KEEP,
        [
            (app_id, c.cid, c.name, c.session_id, c.started_at, c.ended_at, _encode(c))
            for c in calls
        ],
    )


def beat(connection: sqlite3.Connection, app_id: int, cids: Sequence[str], at: float) -> None:
    """At ``at`` all of ``cids`` were being listened to."""
    connection.execute(
        "INSERT OR REPLACE INTO heartbeats (app_id, at, cids) VALUES (?, ?, ?)",
        (app_id, at, _encode(tuple(cids))),
    )


def last_beat(connection: sqlite3.Connection, app_id: int) -> tuple[float, tuple[str, ...]] | None:
    """When the last heartbeat was, and of which calls; None before the first."""
    row = connection.execute(
        "SELECT at, cids FROM heartbeats WHERE app_id = ?", (app_id,)
    ).fetchone()
    return None if row is None else (float(row[0]), _cids(row[1]))
