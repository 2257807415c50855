"""The size of the file, and how free pages go back to the disk."""

import sqlite3

from console.domain.retention import StoreSize

PAGES = 50
"""Pages that one step gives back: 200 kB."""
INCREMENTAL = 2
"""What ``PRAGMA auto_vacuum`` says of a file that can shrink page by page."""


def size(connection: sqlite3.Connection) -> StoreSize:
    """How large the file is."""
    page, pages, free, mode = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_size", "page_count", "freelist_count", "auto_vacuum")
    )
    return StoreSize(bytes=page * pages, free=page * free, shrinks=mode == INCREMENTAL)


def give_back(connection: sqlite3.Connection) -> bool:
    """Give some free pages back, outside of a transaction; whether there are more."""
    if not size(connection).shrinks:
        return False
    connection.execute(f"PRAGMA incremental_vacuum({PAGES})").fetchall()
    more = int(connection.execute("PRAGMA freelist_count").fetchone()[0]) > 0
    if not more:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    return more


def forget_old_pages(connection: sqlite3.Connection) -> None:
    """Bring what was written into the file itself, so that no old page stays beside it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("PRAGMA secure_delete = OFF").fetchall()
