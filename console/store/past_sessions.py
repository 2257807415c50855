"""Every session that the store knows: who was in it, when, what was raised and what was done.

Sessions are found by leaps over an index, so that a list of them costs no walk over all lines.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from console.domain.past import PastFilter, PastOrder, PastSession

MOST = 5_000
"""Sessions that are looked at, the latest; of more the rest is counted."""
MOST_AUTHORS = 1_000
"""People of one session that are counted."""
SHOWN_NAMES = 4
SOON_S = 600.0
"""An act that follows the last line so soon was done while the session went on."""

_IN = "FROM items WHERE app_id = :app AND cid = :cid AND session_id = :session"
_SPAN = f"SELECT (SELECT min(start_time) {_IN}), (SELECT max(start_time) {_IN})"
_NEXT = (
    "SELECT cid, session_id FROM items WHERE app_id = ? AND (cid, session_id) > (?, ?)"
    " ORDER BY cid, session_id LIMIT 1"
)
_CALLS = "SELECT cid, session_id, name, started_at, ended_at FROM calls WHERE app_id = ?"
_ACTS = (
    "SELECT cid, coalesce(json_extract(act, '$.session_id'), ''), count(*), min(requested_at),"
    " max(requested_at) FROM acts WHERE app_id = ? AND cid <> '' GROUP BY 1, 2"
)
_RAISED = (
    "SELECT cid, session_id, count(*), sum(state = 'open') FROM raised_items"
    " WHERE app_id = ? AND cid <> '' GROUP BY cid, session_id"
)
_LINES = "SELECT count(*) FROM items WHERE app_id = ? AND cid = ? AND session_id = ?"
_NEXT_AUTHOR = (
    "SELECT author_id, author_name FROM items"
    " WHERE app_id = ? AND cid = ? AND session_id = ? AND author_id > ? ORDER BY author_id LIMIT 1"
)

Key = tuple[str, str]
"""Cid and session id."""


class PastPage(NamedTuple):
    """One page of a list of sessions.

    Attributes:
        found: how many sessions pass the filter. beyond: how many older ones were not looked at.
    """

    sessions: tuple[PastSession, ...]
    found: int
    beyond: int


def page(
    connection: sqlite3.Connection, app_id: int, wanted: PastFilter, offset: int, limit: int
) -> PastPage:
    """The sessions from ``offset`` on that ``wanted`` lets pass, in its order."""
    known = sorted(_known(connection, app_id), key=lambda each: each.until, reverse=True)
    beyond, known = max(0, len(known) - MOST), known[:MOST]
    words = wanted.text.strip().casefold()
    passing = [
        each
        for each in known
        if (each.raised or not wanted.raised)
        and (each.acts or not wanted.acted)
        and (not words or _holds(connection, app_id, each, words))
    ]
    if wanted.order is PastOrder.LINES:
        passing = [_counted(connection, app_id, each) for each in passing]
    passing.sort(key=_ORDERS[wanted.order], reverse=True)
    shown = tuple(_whole(connection, app_id, each) for each in passing[offset : offset + limit])
    return PastPage(shown, len(passing), beyond)


def one(
    connection: sqlite3.Connection, app_id: int, cid: str, session_id: str
) -> PastSession | None:
    """One session; None where nothing is known of it."""
    for each in _known(connection, app_id, only=(cid, session_id)):
        return _whole(connection, app_id, each)
    return None


_ORDERS = {
    PastOrder.LATEST: lambda each: each.until,
    PastOrder.LONGEST: lambda each: (each.until - each.since, each.until),
    PastOrder.LINES: lambda each: (each.lines, each.until),
    PastOrder.RAISED: lambda each: (each.raised, each.until),
    PastOrder.ACTS: lambda each: (each.acts, each.until),
}


def _known(
    connection: sqlite3.Connection, app_id: int, only: Key | None = None
) -> Iterator[PastSession]:
    """Sessions with their times, and how much was raised and done in them."""
    execute = connection.execute
    calls = {row[0]: row[1:] for row in execute(_CALLS, (app_id,))}
    acts = {(row[0], row[1]): row[2:] for row in execute(_ACTS, (app_id,))}
    raised = {(row[0], row[1]): row[2:] for row in execute(_RAISED, (app_id,))}
    if only is None:
        keys = dict.fromkeys(_said(connection, app_id))
        keys |= {key: None for key in acts if key[1]}  # others stand in the session of their time
        keys |= {(cid, call[0]): None for cid, call in calls.items() if call[0]}
    else:
        keys = {only: None}
    for cid, session_id in keys:
        span = {"app": app_id, "cid": cid, "session": session_id}
        since, until = execute(_SPAN, span).fetchone()
        _, name, started, ended = calls.get(cid, ("", "", 0.0, 0.0))
        many, first, last = acts.get((cid, session_id), (0, None, None))
        if since is None and session_id and calls.get(cid, ("",))[0] == session_id:
            since, until = started or first, ended or last or started
        elif since is None:
            since, until = first, last
        if not since:
            continue
        if last and until and until < last < until + SOON_S:
            until = last
        raised_here, still_open = raised.get((cid, session_id), (0, 0))
        yield PastSession(
            cid=cid,
            session_id=session_id,
            name=name or cid,
            since=since,
            until=max(since, until or since),
            raised=raised_here,
            open=still_open,
            acts=many,
        )


def _said(connection: sqlite3.Connection, app_id: int) -> Iterator[Key]:
    """The sessions in which something was said: each question leaps to the next one."""
    key: Key | None = ("", "")
    while key is not None:
        key = connection.execute(_NEXT, (app_id, *key)).fetchone()
        if key is not None:
            yield key


def _authors(
    connection: sqlite3.Connection, app_id: int, session: PastSession
) -> Iterator[tuple[str, str]]:
    """User id and a name of each who said something, at most MOST_AUTHORS."""
    before = ""
    for _ in range(MOST_AUTHORS):
        key = (app_id, session.cid, session.session_id, before)
        row = connection.execute(_NEXT_AUTHOR, key).fetchone()
        if row is None:
            return
        before = row[0]
        yield row


def _holds(connection: sqlite3.Connection, app_id: int, session: PastSession, words: str) -> bool:
    if words in session.name.casefold() or words in session.cid.casefold():
        return True
    return any(
        words in name.casefold() or words in user_id.casefold()
        for user_id, name in _authors(connection, app_id, session)
    )


def _counted(connection: sqlite3.Connection, app_id: int, session: PastSession) -> PastSession:
    key = (app_id, session.cid, session.session_id)
    return replace(session, lines=connection.execute(_LINES, key).fetchone()[0])


def _whole(connection: sqlite3.Connection, app_id: int, session: PastSession) -> PastSession:
    people = list(_authors(connection, app_id, session))
    names = tuple(name or user_id for user_id, name in people[:SHOWN_NAMES])
    counted = session if session.lines else _counted(connection, app_id, session)
    return replace(counted, people=len(people), names=names)
