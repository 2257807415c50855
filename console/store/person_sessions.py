"""What one person said, by the sessions they said it in."""

import sqlite3

from console.domain.about_person import PersonSession
from console.domain.item import Item
from console.store import items

LATEST = 5_000
"""So many of a person's last lines are looked at for their sessions."""

_SESSIONS = """
SELECT i.cid, coalesce(max(c.name), i.cid), i.session_id, min(i.start_time), max(i.end_time),
  count(*), sum(i.raised)
FROM (
  SELECT app_id, cid, session_id, start_time, end_time,
    coalesce((SELECT action FROM verdicts v
      WHERE v.app_id = items.app_id AND v.item_id = items.item_id AND v.revision = items.revision
      ORDER BY v.provisional, v.judged_at DESC LIMIT 1), 'keep') <> 'keep' AS raised
  FROM items WHERE app_id = ? AND author_id = ? ORDER BY place DESC LIMIT ?
) i LEFT JOIN calls c ON c.app_id = i.app_id AND c.cid = i.cid
GROUP BY i.cid, i.session_id ORDER BY max(i.end_time) DESC LIMIT ?
"""
_NAMES = """
SELECT author_name FROM (
  SELECT author_name, place FROM items WHERE app_id = ? AND author_id = ?
  ORDER BY place DESC LIMIT ?
) GROUP BY author_name ORDER BY max(place) DESC LIMIT ?
"""
_LAST_SESSION = (
    "SELECT session_id FROM items WHERE app_id = ? AND author_id = ? AND cid = ?"
    " ORDER BY place DESC LIMIT 1"
)


def sessions(
    connection: sqlite3.Connection, app_id: int, user_id: str, limit: int
) -> list[PersonSession]:
    """The sessions in which a person said something, the latest first."""
    rows = connection.execute(_SESSIONS, (app_id, user_id, LATEST, limit))
    return [PersonSession(*row) for row in rows]


def names(connection: sqlite3.Connection, app_id: int, user_id: str, limit: int) -> list[str]:
    """The names under which a person said something, the latest first."""
    rows = connection.execute(_NAMES, (app_id, user_id, LATEST, limit))
    return [str(row[0]) for row in rows]


def last_session(connection: sqlite3.Connection, app_id: int, user_id: str, cid: str) -> str:
    """The id of the session of ``cid`` in which they said something last; "" for none."""
    row = connection.execute(_LAST_SESSION, (app_id, user_id, cid)).fetchone()
    return "" if row is None else str(row[0])


def said_in(
    connection: sqlite3.Connection,
    app_id: int,
    user_id: str,
    cid: str,
    session_id: str,
    limit: int,
) -> list[Item]:
    """What they said last in one session, newest last."""
    tail = (
        "WHERE app_id = ? AND author_id = ? AND cid = ? AND session_id = ?"
        " ORDER BY place DESC LIMIT ?"
    )
    return items.select(connection, tail, app_id, user_id, cid, session_id, limit)[::-1]
