"""The lines of one session around a moment, page by page, and what stands on its time line."""

import sqlite3
from typing import NamedTuple

from console.domain.act import Act, Receipt
from console.domain.item import Item
from console.domain.past import LinePlace, RaisedMark
from console.domain.raised import RaisedItem
from console.domain.verdict import JudgedItem
from console.store import acts, colleague_acts, items, raised_items, verdicts

MOST_MARKS = 5_000
"""Raised lines, and acts, of one session that its time line shows."""
COLUMNS = 240
"""Into so many parts of equal time a session is cut to show when much was said."""

_IN = "WHERE i.app_id = :app AND i.cid = :cid AND i.session_id = :session"
_BEFORE = (
    f"{_IN} AND (i.start_time, i.place) < (:at, :place)"
    " ORDER BY i.start_time DESC, i.place DESC LIMIT :limit"
)
_AFTER = (
    f"{_IN} AND (i.start_time, i.place) >= (:at, :place)"
    " ORDER BY i.start_time, i.place LIMIT :limit"
)
_PLACE = f"SELECT i.start_time, i.place FROM items i {_IN} AND i.item_id = :item"
_MARKS = (
    "SELECT item_id, said_at, state = 'open' FROM raised_items"
    " WHERE app_id = ? AND cid = ? AND session_id = ? ORDER BY said_at LIMIT ?"
)
_DENSITY = (
    "SELECT min(:columns - 1, CAST((start_time - :since) / :step AS INTEGER)), count(*)"
    " FROM items i WHERE i.app_id = :app AND i.cid = :cid AND i.session_id = :session GROUP BY 1"
)


class LinesPage(NamedTuple):
    """Some lines of a session one after the other, by when they were said.

    Attributes:
        raised: what became of those that were raised.
        first, last: the places of the first and the last; None where there is none.
        before, after: whether there are more on that side.
    """

    lines: list[JudgedItem]
    raised: list[RaisedItem]
    first: LinePlace | None = None
    last: LinePlace | None = None
    before: bool = False
    after: bool = False


class PastMarks(NamedTuple):
    """What stands on the time line of a session.

    Attributes:
        density: how much was said in each of COLUMNS parts of it.
        left_out: raised lines and acts beyond MOST_MARKS.
    """

    density: tuple[int, ...]
    raised: tuple[RaisedMark, ...]
    acts: tuple[tuple[Act, Receipt], ...]
    left_out: int


def around(
    connection: sqlite3.Connection,
    app_id: int,
    cid: str,
    session_id: str,
    *,
    item_id: str = "",
    at: float = 0.0,
    each_way: int,
) -> LinesPage:
    """The lines around one of them, or around a time (unix seconds) where that is not kept."""
    key = _key(app_id, cid, session_id)
    row = connection.execute(_PLACE, key | {"item": item_id}).fetchone() if item_id else None
    middle = LinePlace(*row) if row else LinePlace(at, 0)
    earlier = _rows(connection, _BEFORE, key, middle, each_way + 1)[::-1]
    later = _rows(connection, _AFTER, key, middle, each_way + 1)
    more_before, more_after = len(earlier) > each_way, len(later) > each_way
    found = earlier[-each_way:] + later[:each_way]
    return _page(connection, app_id, found, before=more_before, after=more_after)


def before(
    connection: sqlite3.Connection,
    app_id: int,
    cid: str,
    session_id: str,
    place: LinePlace,
    limit: int,
) -> LinesPage:
    """The last ``limit`` lines before ``place``."""
    key = _key(app_id, cid, session_id)
    found = _rows(connection, _BEFORE, key, place, limit + 1)[::-1]
    return _page(connection, app_id, found[-limit:], before=len(found) > limit, after=True)


def after(
    connection: sqlite3.Connection,
    app_id: int,
    cid: str,
    session_id: str,
    place: LinePlace,
    limit: int,
) -> LinesPage:
    """The first ``limit`` lines after ``place``."""
    key, beyond = _key(app_id, cid, session_id), LinePlace(place.at, place.place + 1)
    found = _rows(connection, _AFTER, key, beyond, limit + 1)
    return _page(connection, app_id, found[:limit], before=True, after=len(found) > limit)


def where(connection: sqlite3.Connection, app_id: int, item_id: str) -> tuple[str, str] | None:
    """Cid and session id of a line; None where it is not kept."""
    query = "SELECT cid, session_id FROM items WHERE app_id = ? AND item_id = ?"
    row = connection.execute(query, (app_id, item_id)).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def marks(
    connection: sqlite3.Connection,
    app_id: int,
    cid: str,
    session_id: str,
    since: float,
    until: float,
) -> PastMarks:
    """What was raised and done in a session that lasted from ``since`` to ``until``."""
    rows = connection.execute(_MARKS, (app_id, cid, session_id, MOST_MARKS + 1)).fetchall()
    raised = tuple(RaisedMark(item_id, at, bool(is_open)) for item_id, at, is_open in rows)
    ours = acts.in_call(connection, app_id, cid, MOST_MARKS + 1)
    known = {act.act_id for act, _ in ours}
    theirs = colleague_acts.between(connection, app_id, since, until, MOST_MARKS + 1)
    every = [*ours, *(each for each in theirs if each[0].act_id not in known)]
    here = [each for each in every if _belongs(each[0], cid, session_id, since, until)]
    here.sort(key=lambda each: each[0].requested_at)
    key = _key(app_id, cid, session_id)
    step = max((until - since) / COLUMNS, 1e-6)
    density = [0] * COLUMNS
    shares = key | {"since": since, "step": step, "columns": COLUMNS}
    for column, many in connection.execute(_DENSITY, shares):
        density[max(0, column)] += many
    left_out = max(0, len(raised) - MOST_MARKS) + max(0, len(here) - MOST_MARKS)
    return PastMarks(tuple(density), raised[:MOST_MARKS], tuple(here[-MOST_MARKS:]), left_out)


def _belongs(act: Act, cid: str, session_id: str, since: float, until: float) -> bool:
    """An act that names no session belongs to the one that ran when it was wanted."""
    meant = act.session_id == session_id
    return act.cid == cid and (meant or (not act.session_id and since <= act.requested_at <= until))


def _key(app_id: int, cid: str, session_id: str) -> dict[str, object]:
    return {"app": app_id, "cid": cid, "session": session_id}


def _rows(
    connection: sqlite3.Connection, tail: str, key: dict[str, object], place: LinePlace, limit: int
) -> list[tuple[LinePlace, Item]]:
    asked = key | {"at": place.at, "place": place.place, "limit": limit}
    query = f"SELECT i.start_time, i.place FROM items i {tail}"
    places = [LinePlace(*row) for row in connection.execute(query, asked)]
    found = []
    for each in places:
        (item,) = items.select(connection, "WHERE i.place = ?", each.place)
        found.append((each, item))
    return found


def _page(
    connection: sqlite3.Connection,
    app_id: int,
    found: list[tuple[LinePlace, Item]],
    *,
    before: bool,
    after: bool,
) -> LinesPage:
    if not found:
        return LinesPage([], [])
    lines = verdicts.judged(connection, app_id, [item for _, item in found])
    raised = raised_items.with_ids(connection, app_id, [item.item_id for _, item in found])
    return LinesPage(lines, raised, found[0][0], found[-1][0], before, after)
