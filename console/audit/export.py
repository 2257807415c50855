"""Writes the log of a store as JSON lines, as CSV, or only the heads of its days."""

import json
import sqlite3
from collections.abc import Callable, Iterator

from console.audit import store_rows
from console.audit.csv_rows import HEADER, csv_row
from console.audit.line_rows import last_line, line_of
from console.audit.rows import FoundRow, UnreadableRowError
from console.base.errors import WorldError

Write = Callable[[str], object]


def as_lines(connection: sqlite3.Connection, write: Write) -> int:
    """Write JSON lines, which can be checked; returns how many rows.

    Raises:
        WorldError: a row cannot be read.
    """
    count = 0
    for row in _rows(connection):
        write(line_of(row))
        count += 1
    write(last_line(count))
    return count


def as_csv(connection: sqlite3.Connection, write: Write) -> int:
    """Write CSV; returns how many rows.

    Raises:
        WorldError: a row cannot be read.
    """
    write(HEADER)
    count = 0
    for row in _rows(connection):
        write(csv_row(row))
        count += 1
    return count


def as_heads(connection: sqlite3.Connection, write: Write) -> int:
    """Write the heads of the log as JSON lines; returns how many.

    Raises:
        WorldError: a row cannot be read.
    """
    count = 0
    for row in _rows(connection):
        body = json.loads(str(row.body))
        if body["kind"] == "head":
            write(json.dumps(body["facts"], sort_keys=True, separators=(",", ":")) + "\n")
            count += 1
    return count


def _rows(connection: sqlite3.Connection) -> Iterator[FoundRow]:
    try:
        for row in store_rows.rows(connection):
            try:
                line_of(row)
            except (ValueError, TypeError, RecursionError) as error:
                raise UnreadableRowError(
                    row.place if isinstance(row.place, int) else 0, ""
                ) from error
            yield row
    except UnreadableRowError as error:
        raise WorldError(
            f"Row {error.place} of the log cannot be read.", "Check it: audit verify."
        ) from error
