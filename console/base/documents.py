"""Small typed JSON files: read with a clear error, written whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from console.base.errors import WorldError
from console.base.plain_file import read_bytes

MAX_BYTES = 16 << 20

T = TypeVar("T")


def load(path: Path, kind: type[T]) -> T | None:
    """The document at ``path`` as ``kind``, or None when there is no such file.

    Raises:
        WorldError: the file cannot be read, is larger than MAX_BYTES or does not fit ``kind``; it
            is left as it is.
    """
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(read_bytes(path, MAX_BYTES), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorldError(
            f"{path} is not a file this version understands: {error}.",
            "Mend it or move it away; nothing was changed.",
        ) from error


def save(path: Path, document: Any) -> None:
    """Replace ``path`` with ``document``, readable by its owner only.

    Raises:
        WorldError: the disk refused; the earlier file is untouched.
    """
    write_whole(path, msgspec.json.format(msgspec.json.encode(document), indent=2))


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` with ``data``, readable by its owner only.

    Raises:
        WorldError: the disk refused; the earlier file is untouched.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise WorldError(
            f"{path} could not be written: {error.strerror}.", "Is the disk full?"
        ) from error
