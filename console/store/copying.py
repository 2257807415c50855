"""Copies of a store: made while it is used, and put in its place or made smaller when it is not."""

import errno
import os
import shutil
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from console.base.errors import WorldError
from console.domain.audit import AuditEntry, AuditKind, PersonalText
from console.store import audit, database
from console.store.checking import CheckedStore, check, open_to_read
from console.store.owner import Owner
from console.store.retention import erased_people
from console.store.retention.erased_people import RememberedErasure

_PAGES = 500
"""Copied at once; a console that writes meanwhile goes first."""
_FULL = "Make room on the disk."
_ANOTHER = "The store is as it was. Restore another copy."
_YOURS = "Check that the file and its folder belong to you."
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.ENOENT: "Name a folder that is there.",
    errno.ENOTDIR: "Name a folder that is there.",
    errno.EACCES: _YOURS,
    errno.EPERM: _YOURS,
    errno.EROFS: _YOURS,
}


def back_up(path: Path, target: Path) -> None:
    """Copy the store to ``target``, as it is at one moment; a console may be using it.

    Raises:
        WorldError: there is something at ``target``, or the disk refused. Nothing is left there.
    """
    if target.exists():
        raise WorldError(f"There is something at {target} already.", "Choose another name.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    source = open_to_read(path)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
        copy = sqlite3.connect(part)
        try:
            source.backup(copy, pages=_PAGES, sleep=0.01)
        finally:
            copy.close()
        found = check(part)
        if not found.whole:
            raise WorldError(f"The store {path} is damaged: {found.problems[0]}.", "Check it.")
        os.replace(part, target)
    except OSError as error:
        raise _not_written(target, error) from error
    except sqlite3.Error as error:
        raise database.in_plain_words(error, target) from error
    finally:
        source.close()
        for beside in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
            beside.unlink(missing_ok=True)
    entry = AuditEntry(
        kind=AuditKind.EXPORT,
        at=time.time(),
        facts={"what": "backup of the store"},
        texts=(PersonalText("file", str(target)),),
    )
    note(path, entry)


class Restored(NamedTuple):
    """What a restore did.

    Attributes:
        kept: where the store of before is now; None where there was none.
        again: people who were erased after the copy was made, and were erased in it again.
        spared: how much of them was spared, held or in force.
        unknown: the store of before could not be read, so nobody knows who was erased.
    """

    kept: Path | None
    again: int = 0
    spared: int = 0
    unknown: bool = False


def restore(path: Path, source: Path) -> Restored:
    """Put the copy ``source`` in the place of the store, which no console may be using.

    Whoever was erased from the store after the copy was made is erased from the copy, too.

    Raises:
        WorldError: a console uses the store, the copy is no whole store of this version or an
            earlier one, or the disk refused. The store is then as it was.
    """
    owner = Owner.of(path, 0.0)
    try:
        found = _checked_copy(source)
        if not 1 <= found.version <= database.VERSION or "items" not in found.rows:
            raise WorldError(
                f"The file {source} is no store that this version knows (schema {found.version})."
            )
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            shutil.copyfile(source, part)
            part.chmod(0o600)
            database.prepare(part)
            done = _erase_again(part, path)
            kept = _set_aside(path)
            os.replace(part, path)
        except OSError as error:
            raise _not_written(path, error) from error
        finally:
            for end in ("", "-wal", "-shm", f".v{found.version}.bak"):
                part.with_name(part.name + end).unlink(missing_ok=True)
        return done._replace(kept=kept)
    finally:
        owner.close()


def _checked_copy(source: Path) -> CheckedStore:
    if not source.is_file():
        raise WorldError(f"There is no copy at {source}.", "Name a file that store backup wrote.")
    try:
        found = check(source)
    except database.StoreDamagedError as error:
        words = f"The copy {source} is damaged, or is no copy of a store: {error.__cause__}."
        raise WorldError(words, _ANOTHER) from error
    if not found.whole:
        raise WorldError(f"The copy {source} is damaged: {found.problems[0]}.", _ANOTHER)
    return found


def _not_written(path: Path, error: OSError) -> WorldError:
    words = f"{path} could not be written: {error.strerror}."
    return WorldError(words, _ADVICE.get(error.errno or 0, ""))


def _erase_again(part: Path, path: Path) -> Restored:
    """Say in the log of ``part`` that it was restored, and erase whom ``path`` remembers."""
    remembered: list[RememberedErasure] = []
    unknown = False
    try:
        if path.exists():
            remembered = erased_people.remembered(path)
    except (WorldError, sqlite3.Error):  # a damaged store is what a copy is restored for
        unknown = True
    now = time.time()
    note(part, AuditEntry(kind=AuditKind.RESTORED, at=now))
    try:
        connection = database.connect(part)
        try:
            connection.execute("BEGIN IMMEDIATE")
            people, spared = erased_people.erase_again(connection, remembered, at=now)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise database.in_plain_words(error, part) from error
    if people:
        rewrite(part)
    return Restored(None, again=people, spared=spared, unknown=unknown)


def compact(path: Path) -> tuple[int, int]:
    """Write the store anew without what is free in it; bytes before and after.

    From then on the file shrinks by itself as things are deleted.

    Raises:
        WorldError: a console uses it, the disk has no room for a second one, or the file failed.
    """
    owner = Owner.of(path, 0.0)
    try:
        if not path.is_file():
            raise WorldError(f"There is no store at {path}.", "Name a --home with one.")
        database.prepare(path)
        before = path.stat().st_size
        free = shutil.disk_usage(path.parent).free
        if free < 2 * before:
            raise WorldError(
                f"To write the store {path} anew needs {2 * before / 1e6:,.1f} MB on its disk, and"
                f" {free / 1e6:,.1f} MB are free.",
                _FULL,
            )
        rewrite(path)
        return before, path.stat().st_size
    finally:
        owner.close()


def rewrite(path: Path) -> None:
    """Write a store that is owned and closed anew, so that nothing deleted is left in its pages.

    Raises:
        WorldError: the disk or the file failed; it is as it was.
    """
    try:
        connection = database.connect(path)
        try:
            connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise database.in_plain_words(error, path) from error


def note(path: Path, entry: AuditEntry) -> bool:
    """Add a row to the log from beside a console; False where the store does not take it now."""
    try:
        connection = database.connect(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            audit.add(connection, 0, entry)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return True


def _set_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    name = time.strftime("before-restore-%Y%m%d-%H%M%S")
    return database.set_aside(path, name)
