"""Writes entries into the index, a few at a time, and takes out what is left of those that went."""

import sqlite3
from collections.abc import Iterable

from console.store.search.entries import Entry, Source, place_of
from console.store.search.reading import Prepared

_STILL = "SELECT stamp FROM search_waiting WHERE family = ? AND app_id = ? AND source = ?"
_DONE = "DELETE FROM search_waiting WHERE family = ? AND app_id = ? AND source = ?"
_KNOWN = (
    "SELECT place, words, why, who, spot, doer, marks FROM search_entries"
    " WHERE family = ? AND app_id = ? AND source = ?"
)
_TAKEN = "SELECT 1 FROM search_entries WHERE place = ?"
_DELETE = "DELETE FROM search_entries WHERE place = ?"
_INSERT = (
    "INSERT INTO search_entries"
    " (place, app_id, family, source, words, why, who, spot, doer, marks)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MERGE = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"


def keep(connection: sqlite3.Connection, prepared: Iterable[Prepared]) -> list[int]:
    """Bring these rows up to date; returns the places of those that are new or changed."""
    changed: list[int] = []
    # FTS5 writes what is not in the order of its rows as segments of their own.
    in_order = sorted(prepared, key=lambda one: one.entry.at if one.entry else 0.0)
    for source, stamp, entry in in_order:
        now = connection.execute(_STILL, source).fetchone()
        if now is None:
            continue  # it went meanwhile
        place = _write(connection, source, entry)
        if place:
            changed.append(place)
        if now[0] == stamp:
            connection.execute(_DONE, source)
    return changed


def _write(connection: sqlite3.Connection, source: Source, entry: Entry | None) -> int:
    known = connection.execute(_KNOWN, source).fetchone()
    if entry is None:
        if known is not None:
            connection.execute(_DELETE, (known[0],))
        return 0
    place = place_of(entry.at, source)
    if known is not None:
        if tuple(known[1:]) == entry[1:]:
            return 0
        place = known[0]
        connection.execute(_DELETE, (place,))
    while connection.execute(_TAKEN, (place,)).fetchone():
        place += 1
    app_id, family, key = source.app_id, source.family, source.source
    connection.execute(_INSERT, (place, app_id, family, key, *entry[1:]))
    return place


def tidy(connection: sqlite3.Connection, pages: int) -> bool:
    """Merge segments of the index, about ``pages`` pages; False where nothing is to be merged."""
    before = connection.total_changes
    connection.execute(_MERGE, (pages,))
    # Two rows change where there was nothing to do (https://sqlite.org/fts5.html#the_merge_command).
    return connection.total_changes - before >= 2


def forget_traces(connection: sqlite3.Connection, pages: int) -> bool:
    """Write the index anew without the words of what was deleted, about ``pages`` pages of it.

    A row that is deleted is found no more at once; its words leave the file when they are written
    anew. To be called until it returns False: then nothing is left of them in the index.
    """
    return tidy(connection, -pages)
