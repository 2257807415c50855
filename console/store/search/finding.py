"""Finds pages of hits within a limit of time."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf

from console.base.pattern import Pattern, compile_pattern
from console.domain.search.hit import Found, Hit, IndexState
from console.domain.search.marking import marked
from console.domain.search.query import Query
from console.store.search import hits
from console.store.search.entries import ITEM, first_place
from console.store.search.hits import Row
from console.store.search.matching import expression

PAGE = 50
"""Hits of one page."""
RANKED = 3_000
"""Of so many of the newest that match, the best come first."""
LIMIT_S = 1.0
"""Seconds for one page; what is found until then is told, and the next page goes on."""
OPCODES = 2_000
"""Of SQLite's machine between two looks at the clock."""

LAST = (1 << 63) - 1
"""After every place."""
_MATCHING = (
    "SELECT e.place, e.app_id, e.family, e.source FROM search_index f"
    " CROSS JOIN search_entries e ON e.place = f.rowid"
    " WHERE f.search_index MATCH ? AND f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid DESC"
)
_BEST = (
    "SELECT e.place, e.app_id, e.family, e.source FROM (SELECT rowid AS place, score FROM"
    " (SELECT rowid, rank AS score FROM search_index WHERE search_index MATCH ?"
    " AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) ORDER BY score, rowid DESC"
    " LIMIT ? OFFSET ?) f JOIN search_entries e ON e.place = f.place"
)
# With the words of items, which patterns look at; of all else they are read one by one.
_MATCHING_TEXT = (
    "SELECT e.place, e.app_id, e.family, e.source,"
    " coalesce(json_extract(CAST(i.body AS TEXT), '$.text'),"
    " json_extract(CAST(i.body AS TEXT), '$.name'), '') FROM search_index f"
    " CROSS JOIN search_entries e ON e.place = f.rowid"
    f" LEFT JOIN items i ON e.family = {ITEM} AND i.place = e.source"
    " WHERE f.search_index MATCH ? AND f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid DESC"
)
_STATE = (
    "SELECT (SELECT coalesce(sum(entries), 0) FROM search_totals WHERE {where}),"
    " (SELECT count(*) FROM search_waiting WHERE {where})"
)


class Deadline:
    """Ends a statement of SQLite when its time is over, or when ``cancelled`` says so."""

    def __init__(
        self, connection: sqlite3.Connection, seconds: float, cancelled: Callable[[], bool]
    ) -> None:
        self._until = time.monotonic() + seconds
        self._connection = connection
        self._cancelled = cancelled
        connection.set_progress_handler(self._over, OPCODES)

    @property
    def passed(self) -> bool:
        """Whether the time is over."""
        return self._cancelled() or time.monotonic() > self._until

    def _over(self) -> bool:
        return self.passed

    def end(self) -> None:
        """Let the connection take its time again."""
        self._connection.set_progress_handler(None, 0)


def state(connection: sqlite3.Connection, apps: Sequence[int]) -> IndexState:
    """How much of these apps can be searched."""
    where = f"app_id IN ({', '.join('?' for _ in apps)})"
    row = connection.execute(_STATE.format(where=where), (*apps, *apps)).fetchone()
    return IndexState(*row)


def find(
    connection: sqlite3.Connection,
    query: Query,
    apps: Mapping[int, str],
    *,
    by_rank: bool = False,
    start: int = 0,
    most: int = PAGE,
    seconds: float = LIMIT_S,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found:
    """One page. ``apps``: api keys of the apps to search, by their ids. ``start``: see Found.next.

    Raises:
        PatternError: a regular expression is none.
    """
    if not apps or query.empty:
        return Found(index=state(connection, tuple(apps)))
    patterns = [
        (compile_pattern(f"(?i){clause.value}"), clause.negated) for clause in query.patterns
    ]
    page = _Page(connection, query, apps, patterns, most)
    deadline = Deadline(connection, seconds, cancelled)
    try:
        page.fill(by_rank and not patterns, start, deadline)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        page.break_off(start)
    finally:
        deadline.end()
    wanted = [pattern for pattern, negated in patterns if not negated]
    index = state(connection, tuple(apps))
    found = [marked(hit, query, wanted) for hit in hits.read(connection, page.rows, apps)]
    return Found(
        hits=tuple(found),
        looked=page.looked or index.entries,
        next=page.next,
        cut=page.cut,
        index=index,
    )


class _Page:
    """Fills with rows until it is full or the time is over."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        apps: Mapping[int, str],
        patterns: Sequence[tuple[Pattern, bool]],
        most: int,
    ) -> None:
        self._connection = connection
        self._asked = expression(query, tuple(apps))
        self._first = 0 if query.after == -inf else first_place(query.after)
        self._end = LAST if query.before == inf else first_place(query.before)
        self._apps = apps
        self._patterns = patterns
        self._most = most
        self.rows: list[Row] = []
        self.looked = 0
        self.next = 0
        self.cut = False
        self._at = 0

    def break_off(self, start: int) -> None:
        """The time is over: the next page goes on from here, if this one got anywhere."""
        self.cut = True
        self.next = self._at + 1 if self._at and self._at + 1 != start else 0

    def fill(self, by_rank: bool, start: int, deadline: Deadline) -> None:
        """Raises sqlite3.OperationalError (interrupted) where the time ended inside SQLite."""
        if by_rank:
            ranks = (self._asked, self._first, self._end, RANKED, self._most, start)
            self.rows = [row for row in self._read(_BEST, ranks) if row.app_id in self._apps]
            full = len(self.rows) == self._most and start + self._most < RANKED
            self.next = start + self._most if full else 0
            return
        limits = (self._asked, self._first, min(self._end, start or LAST))
        for row, text in self._matching(limits):
            self._at = row.place
            if row.app_id not in self._apps:
                continue
            if self._patterns:
                self.looked += 1
                if not self._holds(row, text):
                    if self.looked % 64 == 0 and deadline.passed:
                        self.break_off(start)
                        return
                    continue
            self.rows.append(row)
            if len(self.rows) == self._most:
                self.next = row.place
                return

    def _read(self, query: str, parameters: tuple[object, ...]) -> Iterator[Row]:
        return map(Row._make, self._connection.execute(query, parameters))

    def _matching(self, limits: tuple[object, ...]) -> Iterator[tuple[Row, str]]:
        """Rows, the newest first, each with its words where there are patterns to look for."""
        if not self._patterns:
            yield from ((row, "") for row in self._read(_MATCHING, limits))
            return
        for *fields, text in self._connection.execute(_MATCHING_TEXT, limits):
            yield Row(*fields), text

    def _holds(self, row: Row, text: str) -> bool:
        if row.family != ITEM:
            found = hits.read(self._connection, [row], self._apps)
            text = found[0].text if found else ""
        return all(
            (next(pattern.finditer(text), None) is not None) != negated
            for pattern, negated in self._patterns
        )


_PLACES = (
    "SELECT e.place, e.app_id FROM search_index f CROSS JOIN search_entries e ON e.place = f.rowid"
    " WHERE f.search_index MATCH ? AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid DESC"
)
_AT = "SELECT place, app_id, family, source FROM search_entries WHERE place = ?"
PLACES_S = 0.3


def places(
    connection: sqlite3.Connection,
    query: Query,
    apps: Mapping[int, str],
    first: int,
    last: int,
    *,
    most: int = 1_000,
) -> list[int]:
    """The newest places from ``first`` to ``last`` that match, as many as the time allows.

    Raises:
        PatternError: a regular expression is none.
    """
    if query.patterns:
        found = find(connection, query, apps, start=last, most=most, seconds=PLACES_S)
        return [hit.place for hit in found.hits if hit.place >= first]
    first = max(first, 0 if query.after == -inf else first_place(query.after))
    last = min(last, LAST if query.before == inf else first_place(query.before) - 1)
    asked = (expression(query, tuple(apps)), first, last)
    deadline = Deadline(connection, PLACES_S, lambda: False)
    matching: list[int] = []
    try:
        for place, app_id in connection.execute(_PLACES, asked):
            if app_id in apps:
                matching.append(place)
            if len(matching) == most:
                break
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        deadline.end()
    return matching


def at(connection: sqlite3.Connection, place: int, apps: Mapping[int, str]) -> list[Hit]:
    """What stands at a place, if anything does."""
    rows = map(Row._make, connection.execute(_AT, (place,)).fetchall())
    return hits.read(connection, [row for row in rows if row.app_id in apps], apps)
