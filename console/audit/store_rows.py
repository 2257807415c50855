"""Reads the log out of a store, with SQLite alone and without changing a byte of it."""

import contextlib
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from console.audit.rows import FoundRow, FoundText, UnreadableRowError
from console.base.errors import WorldError

_ROWS = "SELECT place, body, hash, at_ms, kind FROM audit ORDER BY place"
_TEXTS = (
    "SELECT place, number, hash, salt, text, erased_by, who FROM audit_texts ORDER BY place, number"
)
_TABLES = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('audit', 'audit_texts')"
)
BUSY_SECONDS = 5.0


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The store at ``path``, to read, as it is at one moment; a console may be using it.

    Raises:
        WorldError: there is none, it cannot be read, or it is of before there was a log.
    """
    if not path.is_file():
        raise WorldError(f"There is no store at {path}.", "Name the file, or a --home.")
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=ro",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
    except sqlite3.Error as error:
        raise WorldError(f"The store {path} could not be opened: {error}.") from error
    try:
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN")
            tables = connection.execute(_TABLES).fetchone()[0]
        except sqlite3.Error as error:
            raise WorldError(f"The store {path} cannot be read: {error}.") from error
        if tables < 2:
            raise WorldError(
                f"The store {path} has no log: it was written by an earlier version.",
                "Open it once with this version.",
            )
        yield connection
    finally:
        connection.close()


def rows(connection: sqlite3.Connection) -> Iterator[FoundRow]:
    """The rows in order, each with its texts.

    Raises:
        UnreadableRowError: the file is damaged there, or a text belongs to no row.
    """
    last: object = 0
    try:
        texts = itertools.groupby(connection.cursor().execute(_TEXTS), key=lambda row: row[0])
        next_place, group = next(texts, (None, None))
        for place, body, hashed, at_ms, kind in connection.cursor().execute(_ROWS):
            found: tuple[FoundText, ...] = ()
            if next_place == place and group is not None:
                found = tuple(_text(row, number) for number, row in enumerate(group, start=1))
                next_place, group = next(texts, (None, None))
            last = place
            yield FoundRow(place, body, hashed, found, (("at_ms", at_ms), ("kind", kind)))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        place = last + 1 if isinstance(last, int) else 1
        raise UnreadableRowError(place, f"The file cannot be read there: {error}.") from error
    if next_place is not None:
        place = next_place if isinstance(next_place, int) else 1
        raise UnreadableRowError(max(1, place), "A text belongs to no row.")


def _text(row: tuple[object, ...], number: int) -> FoundText:
    if row[1] != number:
        place = row[0] if isinstance(row[0], int) else 1
        raise UnreadableRowError(place, "Its texts are not numbered one after the other.")
    return FoundText(*row[2:])
