"""Files that the user names, opened so that none can hang the program or fill its memory.

A folder, a device or a pipe is not read where a file is expected: a pipe may never end, and opening
one waits for somebody to write to it.
"""

import contextlib
import os
import select
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from console.base.errors import WorldError


def typed_path(text: str) -> Path:
    """The path that somebody typed; ``~`` is a home folder.

    Raises:
        WorldError: nobody has that home folder here.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise WorldError(f"{Path(text).parts[0]} is no home folder here.") from error


PIPE_WAIT_S = 30.0
"""How long nothing may come from a pipe before it is given up."""


@contextlib.contextmanager
def opened(path: Path, *, most_of_a_pipe: int = 0) -> Iterator[BinaryIO]:
    """The file at ``path``, open for reading.

    ``most_of_a_pipe``: bytes that are taken from a pipe, which is read to its end first; 0 refuses.

    Raises:
        WorldError: it is not there, cannot be read, or is no plain file.
    """
    # Without waiting: a pipe is opened at once and refused, or read with a limit, below.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags)
    except ValueError as error:  # a NUL in the name
        raise WorldError(f"“{path}” is no name of a file.") from error
    except OSError as error:
        raise WorldError(f"{path} could not be read: {error.strerror}.") from error
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        with os.fdopen(handle, "rb") as file:
            yield file
        return
    try:
        if not (stat.S_ISFIFO(mode) and most_of_a_pipe):
            raise WorldError(f"{path} could not be read: it is {_kind(mode)}, not a file.")
        copy = _copied(handle, path, most_of_a_pipe)
    finally:
        os.close(handle)
    with copy:
        yield copy


def _copied(handle: int, path: Path, most: int) -> BinaryIO:
    """What comes out of a pipe, as a file without a name."""
    with contextlib.ExitStack() as stack:
        copy = stack.enter_context(tempfile.TemporaryFile())
        try:
            while data := _next(handle, path):
                copy.write(data)
                if copy.tell() > most:
                    break
        except OSError as error:
            raise WorldError(f"{path} could not be read: {error.strerror}.") from error
        if copy.tell() > most:
            raise WorldError(f"{path} gives more than {_size(most)}.", "Save it as a file.")
        copy.seek(0)
        stack.pop_all()
        return copy


def _next(handle: int, path: Path) -> bytes:
    if not select.select([handle], [], [], PIPE_WAIT_S)[0]:
        raise WorldError(f"{path} gave nothing for {PIPE_WAIT_S:.0f} seconds.")
    return os.read(handle, 1 << 16)


def read_bytes(path: Path, most: int) -> bytes:
    """The whole file at ``path``.

    Raises:
        WorldError: as ``opened``, or it is larger than ``most`` bytes.
    """
    with opened(path) as file:
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise WorldError(f"{path} could not be read: {error.strerror}.") from error
    if len(data) > most:
        raise WorldError(f"{path} is larger than {_size(most)}.")
    return data


def _size(count: int) -> str:
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count:,} bytes"


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"
