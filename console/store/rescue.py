"""Reads what can be read of a damaged store, and writes it into a new one."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from console.base.errors import WorldError
from console.store import database
from console.store.checking import open_to_read

log = logging.getLogger(__name__)

LIMIT_S = 60.0
"""Longest that a rescue may take; a moderator waits for it."""
_ROWS = 500
"""Rows that are written together."""
_MADE_ANEW = ("search_", "sqlite_")
"""How the names of tables begin that follow from others."""


class Rescued(NamedTuple):
    """How many rows were read and kept, and the tables of which not all could be read."""

    rows: int
    damaged: tuple[str, ...]
    in_time: bool = True


def rescue(damaged: Path, new: Path, *, limit: float = LIMIT_S) -> Rescued:
    """Copy every row that can be read from ``damaged`` into a new store at ``new``.

    Each table is read from both ends up to what cannot be read.

    Raises:
        WorldError: nothing can be read of it, or the disk refused.
    """
    until = time.monotonic() + limit
    source = open_to_read(damaged)
    try:
        database.prepare(new)
        target = database.connect(new)
        try:
            target.execute("PRAGMA foreign_keys = OFF")
            return _copy_all(source, target, until)
        finally:
            target.close()
    except sqlite3.Error as error:
        raise database.in_plain_words(error, new) from error
    finally:
        source.close()


def _copy_all(source: sqlite3.Connection, target: sqlite3.Connection, until: float) -> Rescued:
    total, lost = 0, []
    for table in _tables(target):
        try:
            columns = _columns(source, target, table)
        except sqlite3.DatabaseError as error:
            log.warning("nothing of %s can be read: %s", table, error)
            lost.append(table)
            continue
        if not columns:
            continue
        whole = True
        for order in ("", " DESC"):
            copied, whole = _copy(source, target, table, columns, order, until)
            total += copied
            if whole:
                break
        if not whole:
            lost.append(table)
        if time.monotonic() > until:
            return Rescued(total, tuple(lost), in_time=False)
    return Rescued(total, tuple(lost))


def _copy(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    table: str,
    columns: list[str],
    order: str,
    until: float,
) -> tuple[int, bool]:
    names = ", ".join(columns)
    insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' for _ in columns)})"
    keys = ", ".join(f"{key}{order}" for key in _keys(target, table))
    kept = 0
    whole = True
    rows = _readable(source, f"SELECT {names} FROM {table} ORDER BY {keys}")
    some: list[tuple[object, ...]] = []
    for row in rows:
        if row is None:
            whole = False
            break
        some.append(row)
        if len(some) == _ROWS:
            kept += _write(target, insert, some)
            some = []
            if time.monotonic() > until:
                break
    return kept + _write(target, insert, some), whole


def _readable(source: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...] | None]:
    """The rows up to the first that cannot be read, for which None comes."""
    try:
        yield from source.execute(query)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        log.warning("not all can be read: %s", error)
        yield None


def _write(target: sqlite3.Connection, insert: str, rows: list[tuple[object, ...]]) -> int:
    kept = 0
    target.execute("BEGIN")
    try:
        for row in rows:
            try:
                kept += max(0, target.execute(insert, row).rowcount)
            except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.DataError):
                log.debug("a row does not fit and is left out")
        target.execute("COMMIT")
    except sqlite3.Error:
        if target.in_transaction:
            target.execute("ROLLBACK")
        raise
    return kept


def _tables(target: sqlite3.Connection) -> list[str]:
    rows = target.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in rows if not name.startswith(_MADE_ANEW)]


def _columns(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> list[str]:
    known = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    return [row[1] for row in target.execute(f"PRAGMA table_info({table})") if row[1] in known]


def _keys(target: sqlite3.Connection, table: str) -> list[str]:
    info = target.execute(f"PRAGMA table_info({table})").fetchall()
    keys = sorted((row[5], row[1]) for row in info if row[5])
    return [name for _, name in keys] or ["rowid"]


def set_aside_and_rescue(path: Path, name: str) -> tuple[Path, Rescued | WorldError]:
    """Keep the closed, damaged store under another name, and rescue it into a new one.

    Returns where it is kept, and what was rescued or why nothing could be.

    Raises:
        WorldError: it could not be set aside.
    """
    kept = database.set_aside(path, name)
    try:
        return kept, rescue(kept, path)
    except WorldError as error:
        return kept, error


def rescued_words(found: Rescued | WorldError) -> str:
    """What was rescued, in one sentence for the person at the screen."""
    if isinstance(found, WorldError):
        return f"Nothing could be read of the damaged store: {found.sentence}"
    if found.damaged and not found.rows:
        return "Nothing could be read of the damaged store."
    said = f"From the damaged store {found.rows:,} rows were rescued"
    if found.damaged:
        said += f"; not all could be read of {', '.join(found.damaged)}"
    return f"{said}." if found.in_time else f"{said}; it took too long, so the rest was left."
