"""Folders for the time of one run, which the next run clears away if their owner was killed."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from console.base.file_lock import take

LOCK = "in-use.lock"
UNLOCKED_FOR_S = 86_400.0
"""A folder without a lock, from an earlier version or half made, is left alone for so long."""


@contextlib.contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """A new folder among the system's temporary ones, gone when the block ends.

    Folders with this ``prefix`` that no living process holds are removed first.
    """
    _clear(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        with (folder / LOCK).open("wb") as lock:
            take(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(prefix: str) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            if _is_ours(folder) and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    about = folder.lstat()  # never through a link that somebody else put there
    if not folder.is_dir() or folder.is_symlink():
        return False
    return os.name != "posix" or about.st_uid == os.geteuid()


def _is_left(folder: Path) -> bool:
    try:
        lock = (folder / LOCK).open("r+b")
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > UNLOCKED_FOR_S
    with lock:
        try:
            take(lock)
        except OSError:
            return False
    return True
