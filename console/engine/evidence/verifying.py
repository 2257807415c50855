"""Checks an export against its manifest: every file, byte by byte, and that there is no other."""

import json
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.engine.evidence.files import MANIFEST, as_written, digest_of

MOST_BYTES = 200_000_000
"""Of one file of an export."""
MOST_FILES = 10_000


class Checked(NamedTuple):
    """What was found. ``wrong``: one sentence for each file that is not as it was written."""

    files: int
    wrong: tuple[str, ...]


def verify(place: Path) -> Checked:
    """Check the folder or ZIP file at ``place``.

    Raises:
        WorldError: it is no export, or cannot be read.
    """
    try:
        if place.is_dir():
            found = dict(_of_folder(place))
        else:
            with zipfile.ZipFile(place) as archive:
                found = dict(_of_zip(archive))
    except (OSError, zipfile.BadZipFile) as error:
        raise WorldError(f"{place} could not be read: {error}.") from error
    manifest = found.pop(MANIFEST, b"")
    listed = _manifest(manifest, place)
    wrong = [
        *(() if _is_as_written(manifest) else (f"{MANIFEST} was changed.",)),
        *(f"{visible(name)} is missing." for name in listed if name not in found),
        *(f"{visible(name)} is not in the manifest." for name in found if name not in listed),
        *(
            f"{visible(name)} was changed."
            for name, data in found.items()
            if name in listed and sha256(data).hexdigest() != listed[name]
        ),
    ]
    return Checked(len(listed), tuple(wrong))


def _manifest(data: bytes, place: Path) -> dict[str, str]:
    try:
        document: Any = json.loads(data)
        return {str(name): str(each["sha256"]) for name, each in document["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldError(f"{place} has no {MANIFEST} that can be read.") from error


def _is_as_written(data: bytes) -> bool:
    document = json.loads(data)
    return as_written(document) == data and document.get("digest") == digest_of(document)


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for count, path in enumerate(sorted(folder.rglob("*"))):
        if count > MOST_FILES:
            raise WorldError(f"{folder} holds more than {MOST_FILES:,} files, so it is no export.")
        if path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size > MOST_BYTES:
            raise WorldError(f"{path} is larger than any file of an export.")
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _of_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise WorldError(f"The ZIP holds more than {MOST_FILES:,} files, so it is no export.")
    for entry in entries:
        if entry.file_size > MOST_BYTES:
            raise WorldError(f"{visible(entry.filename)} is larger than any file of an export.")
        if not entry.is_dir():
            try:
                yield entry.filename, archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError):
                yield entry.filename, b""  # its bytes do not fit their own checksum
