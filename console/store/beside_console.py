"""The store for commands that run beside a console: read without owning it, one row written."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Literal

from console.base.errors import WorldError
from console.store import file_connection
from console.store.connection_thread import ConnectionThread
from console.store.database import VERSION, in_plain_words


@contextlib.contextmanager
def beside(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to the store at ``path`` while another process may own it.

    Without ``write`` nothing can be changed through it; with it the block is one transaction.

    Raises:
        WorldError: there is none, it is of another version, or the disk refused.
    """
    try:
        with contextlib.closing(_connect(path, "rw" if write else "ro")) as connection:
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error


@contextlib.asynccontextmanager
async def reader_beside(path: Path) -> AsyncIterator[ConnectionThread]:
    """A thread that reads the store at ``path`` while another process may own it.

    Raises:
        WorldError: there is none, it is of another version, or the disk refused.
    """
    try:
        connection = await asyncio.to_thread(_connect, path, "ro")
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error
    reader = ConnectionThread(connection, path, name="store-reader", begin="BEGIN")
    try:
        yield reader
    finally:
        await reader.close()


def _connect(path: Path, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    advice = "Start the console once, or say --home."
    connection = file_connection.connect(path, advice=advice, mode=mode)
    try:
        _check_version(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version != VERSION:
        raise WorldError(
            f"The store {path} is of schema {version}; this program reads {VERSION}.",
            "Start the console of this version once.",
        )


def app_of(connection: sqlite3.Connection, evidence_id: str) -> int:
    """The app whose act has this evidence; 0 where none has."""
    query = "SELECT app_id FROM evidence WHERE evidence_id = ?"
    row = connection.execute(query, (evidence_id,)).fetchone()
    return int(row[0]) if row else 0


def apps(connection: sqlite3.Connection) -> list[int]:
    """Every app of the store."""
    return [int(row[0]) for row in connection.execute("SELECT app_id FROM apps ORDER BY app_id")]
