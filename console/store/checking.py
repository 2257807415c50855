"""Says whether a store is whole, from beside a console that may be using it."""

import sqlite3
from pathlib import Path

from msgspec import Struct

from console.store import database, file_connection
from console.store.retention import space

MOST_PROBLEMS = 100
_COUNTED = ("items", "acts", "evidence", "audit")


class CheckedStore(Struct, frozen=True, kw_only=True):
    """What a check found; ``problems`` are SQLite's own words. ``rows``: of some tables."""

    version: int
    bytes: int
    free: int
    shrinks: bool
    rows: dict[str, int]
    problems: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the store.

    Raises:
        WorldError: there is no store, or it cannot be opened.
    """
    try:
        return file_connection.connect(path, advice="Name a --home with one.")
    except sqlite3.Error as error:
        raise database.in_plain_words(error, path) from error


def check(path: Path) -> CheckedStore:
    """Read every page of the store and every reference in it.

    Raises:
        WorldError: it cannot be opened, or is damaged so that nothing can be said of it.
    """
    connection = open_to_read(path)
    try:
        problems = [
            str(row[0])
            for row in connection.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})")
            if row[0] != "ok"
        ]
        for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(
            MOST_PROBLEMS
        ):
            problems.append(f"row {rowid} of {table} names a row of {parent} that is not there")
        size = space.size(connection)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        return CheckedStore(
            version=version,
            bytes=size.bytes,
            free=size.free,
            shrinks=size.shrinks,
            rows=_counts(connection),
            problems=tuple(problems),
        )
    except sqlite3.Error as error:
        raise database.in_plain_words(error, path) from error
    finally:
        connection.close()


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in _COUNTED
        if table in known
    }
