"""The store for commands that run beside a console: read without owning it, one row written."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from console.base.errors import WorldError
from console.store.database import BUSY_SECONDS, VERSION, in_plain_words


@contextlib.contextmanager
def beside(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to the store at ``path`` while another process may own it.

    Without ``write`` nothing can be changed through it; with it the block is one transaction.

    Raises:
        WorldError: there is none, it is of another version, or the disk refused.
    """
    if not path.exists():
        raise WorldError(f"There is no store at {path}.", "Start the console once, or say --home.")
    address = f"file:{quote(str(path.absolute()))}?mode={'rw' if write else 'ro'}"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        with contextlib.closing(connection):
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version != VERSION:
                raise WorldError(
                    f"The store {path} is of schema {version}; this program reads {VERSION}.",
                    "Start the console of this version once.",
                )
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error


def app_of(connection: sqlite3.Connection, evidence_id: str) -> int:
    """The app whose act has this evidence; 0 where none has."""
    query = "SELECT app_id FROM evidence WHERE evidence_id = ?"
    row = connection.execute(query, (evidence_id,)).fetchone()
    return int(row[0]) if row else 0


def apps(connection: sqlite3.Connection) -> list[int]:
    """Every app of the store."""
    return [int(row[0]) for row in connection.execute("SELECT app_id FROM apps ORDER BY app_id")]
