"""Opening the file: owner-only, WAL, a schema version, and a copy before it is changed."""

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from console.base.errors import WorldError
from console.domain.item import Text
from console.store.items import encode_body

log = logging.getLogger(__name__)

VERSION = 6
BUSY_SECONDS = 5.0
LIFT_SECONDS = 600.0
"""Longest that an older file may take to be lifted; after that it is left as it was."""

_DAMAGED = "Begin a new store: the damaged file is kept beside it."
_ADVICE = {
    sqlite3.SQLITE_FULL: "Make room on the disk.",
    sqlite3.SQLITE_BUSY: "Another program is using it.",
    sqlite3.SQLITE_READONLY: "Check that the file and its folder belong to you.",
    sqlite3.SQLITE_CANTOPEN: "Check that the file and its folder belong to you.",
    sqlite3.SQLITE_IOERR: "The disk may be failing.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class StoreDamagedError(WorldError):
    """The file is not, or no longer, a database that can be read."""


def migrations() -> tuple[str, ...]:
    """SQL scripts; number i lifts a file from version i to i + 1."""
    folder = files("console.store").joinpath("schema")
    names = (f"version_{number}.sql" for number in range(1, VERSION + 1))
    return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with our pragmas; transactions are the caller's."""
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        # Of a new file alone, before anything is in it: free pages can go back to the disk.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Triggers keep the index of the search; SQLite before 3.42 takes an FTS5 table in a trigger
        # for unsafe otherwise. No function of ours is known to this connection.
        connection.execute("PRAGMA trusted_schema = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def prepare(
    path: Path,
    scripts: Sequence[str] | None = None,
    *,
    limit: float = LIFT_SECONDS,
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> None:
    """Create the file at ``path``, or lift it to this version's schema in ``limit`` seconds.

    ``free`` gives the bytes that are free on the disk of a folder.

    Raises:
        WorldError: the file is newer or is no database, the disk refused or is too full, or the
            lifting took too long. The file is left as it was.
    """
    steps = migrations() if scripts is None else tuple(scripts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made before SQLite opens it: the WAL files take over its mode.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if os.name == "posix":
            path.chmod(0o600)
    except OSError as error:
        raise WorldError(
            f"The store {path} could not be opened: {error.strerror}.",
            "Check that the folder exists and belongs to you.",
        ) from error
    try:
        _refuse_newer(path, len(steps))  # before anything is set in it
        connection = connect(path)
        try:
            if 0 < _version(connection) < len(steps):
                _refuse_full_disk(path, free(path.parent))
            _lift(connection, path, steps, limit)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise in_plain_words(error, path) from error


def _refuse_newer(path: Path, known: int) -> None:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        version = _version(connection)
    finally:
        connection.close()
    if version > known:
        raise WorldError(
            f"The store {path} was written by a newer version of this program"
            f" (schema {version}, this one knows {known}).",
            "Use that version, or move the file away to begin with an empty store.",
        )


def _refuse_full_disk(path: Path, free: int) -> None:
    # One copy is kept, and SQLite writes every changed page beside the file before it is done.
    needed = 3 * path.stat().st_size
    if free < needed:
        raise WorldError(
            f"The store {path} has to be copied and rewritten for this version. That needs"
            f" {needed / 1e6:,.1f} MB on its disk, and {free / 1e6:,.1f} MB are free.",
            _ADVICE[sqlite3.SQLITE_FULL],
        )


def _lift(connection: sqlite3.Connection, path: Path, steps: Sequence[str], limit: float) -> None:
    version = _version(connection)
    if version == len(steps):
        return
    if version > 0:
        _back_up(connection, path, version)
    # One transaction for all steps: a failure half-way leaves the old schema. The version is
    # read again inside it, because another engine may have lifted the file meanwhile.
    until = time.monotonic() + limit
    connection.create_function("text_body", 1, _text_body, deterministic=True)
    connection.set_progress_handler(lambda: time.monotonic() > until, 1_000)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(_version(connection), len(steps)):
            for statement in _statements(steps[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.set_progress_handler(None, 0)
        if connection.in_transaction:  # an interrupted write may have rolled back by itself
            connection.execute("ROLLBACK")
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise WorldError(
                f"The store {path} could not be brought to this version within {limit:.0f} seconds."
                " It was left as it was.",
                "Try again when this machine is less busy, or move the file away to begin with an"
                " empty store.",
            ) from error
        raise


def _text_body(text: str) -> bytes:
    return encode_body(Text(text))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    # executescript() would commit our transaction, so the script is cut here.
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    target = path.with_name(f"{path.name}.v{version}.bak")
    os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    log.info("copied the store of schema %d to %s", version, target)


def in_plain_words(error: sqlite3.Error, path: Path) -> Exception:
    """``error`` as a WorldError when the disk or the file is to blame, else ``error`` itself."""
    blame_us = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
    if isinstance(error, blame_us):
        return error
    # Extended codes carry the primary code in their lowest byte (https://sqlite.org/rescode.html).
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    damaged = code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    kind = StoreDamagedError if damaged else WorldError
    return kind(f"The store {path} failed: {error}.", _ADVICE.get(code, ""))


def set_aside(path: Path, name: str) -> Path:
    """Keep the closed file at ``path``, and what SQLite left beside it, under another name.

    Returns where it is now.

    Raises:
        WorldError: the disk refused; nothing was moved.
    """
    target = path.with_name(f"{path.stem}.{name}{path.suffix}")
    try:
        for end in ("-wal", "-shm", ""):
            beside = path.with_name(path.name + end)
            if beside.exists():
                beside.rename(target.with_name(target.name + end))
    except OSError as error:
        raise WorldError(
            f"The store {path} could not be set aside: {error.strerror}.",
            "Check that the folder belongs to you.",
        ) from error
    return target
