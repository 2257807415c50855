"""Writes an export as a folder or a ZIP file; what is there already is never overwritten."""

import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from console.base.errors import WorldError
from console.engine.evidence.files import MANIFEST

Progress = Callable[[int, int], None]
"""Told after each file: how many are written, and of how many."""


class ExportCancelled(Exception):  # noqa: N818  somebody wanted it: it is no error
    """The export was stopped; nothing of it is left."""


def write_folder(
    files: Mapping[str, bytes],
    to: Path,
    progress: Progress = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write ``files`` into a new folder ``to``; returns it.

    Raises:
        WorldError: it exists already and is not empty, or the disk refused; nothing is left.
        ExportCancelled: ``cancelled`` said so.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise WorldError(
                f"{to} exists already.", "Choose another name: nothing is overwritten."
            )
        part.mkdir(parents=True, mode=0o700)
        _write_all(files, lambda name, data: _put(part / name, data), progress, cancelled)
        if to.exists():
            to.rmdir()
        part.rename(to)
    except OSError as error:
        raise _refused(to, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return to


def write_zip(
    files: Mapping[str, bytes],
    to: Path,
    progress: Progress = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write ``files`` into a new ZIP file ``to``; else like :func:`write_folder`."""
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        if to.exists():
            raise WorldError(
                f"{to} exists already.", "Choose another name: nothing is overwritten."
            )
        to.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as archive:
            _write_all(files, archive.writestr, progress, cancelled)
        part.chmod(0o600)
        os.link(part, to)  # unlike a renaming, it never replaces anything
    except OSError as error:
        raise _refused(to, error) from error
    finally:
        part.unlink(missing_ok=True)
    return to


def _write_all(
    files: Mapping[str, bytes],
    put: Callable[[str, bytes], object],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    ordered = [*(name for name in files if name != MANIFEST), MANIFEST]
    for done, name in enumerate(ordered, start=1):
        if cancelled():
            raise ExportCancelled
        put(name, files[name])
        progress(done, len(ordered))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)


def _refused(to: Path, error: OSError) -> WorldError:
    return WorldError(
        f"{to} could not be written: {error.strerror or error}.",
        "Check that the folder belongs to you and that the disk has room.",
    )
