"""Opens the file of a store that another process may own, without making one."""

import sqlite3
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from console.base.errors import WorldError
from console.store.database import BUSY_SECONDS


def connect(path: Path, *, advice: str, mode: Literal["ro", "rw"] = "ro") -> sqlite3.Connection:
    """A connection to the store at ``path``; nothing can be changed through it where it is "ro".

    Any thread may use it, one at a time. ``advice``: what to do where there is no store.

    Raises:
        WorldError: there is none.
        sqlite3.Error: it cannot be opened.
    """
    if not path.is_file():
        raise WorldError(f"There is no store at {path}.", advice)
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection
