"""Texts to judge from a file: its encoding and format are found, and said before the first line.

What cannot be read is counted and named; the rest goes on.
"""

import contextlib
import io
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.plain_file import opened
from console.policy.inputs.asked_encoding import asked_encoding
from console.policy.inputs.encodings import Encoding, encoding_of, holds_text
from console.policy.inputs.formats.format import MOST_AHEAD, Head
from console.policy.inputs.formats.registry import BINARIES, FORMATS, OTHERS
from console.policy.inputs.text_row import BadRow, TextRow, labels_in
from console.policy.inputs.understood import Asked, Reading, Understood, without_columns

__all__ = ["Asked", "BadRow", "TextFile", "TextRow", "Understood", "labels_in", "read_texts"]

MAX_LINE = 1 << 20
"""Code points of one line of a file; the rest of a longer one counts as the next line."""

MAX_PIPE = 1 << 30
"""Bytes of a pipe that is read like a file."""


class TextFile:
    """A file of texts that is being read; ``understood`` is known before the first row is taken."""

    def __init__(
        self,
        path: Path,
        asked: Asked = Asked(),  # noqa: B008  # frozen
        *,
        pipes: bool = False,
    ) -> None:
        """``pipes``: what a shell's ``<(command)`` gives may be read too.

        Raises:
            WorldError: the file cannot be opened or read.
        """
        self._path = path
        self._stack = contextlib.ExitStack()
        try:
            self._file = self._stack.enter_context(
                opened(path, most_of_a_pipe=MAX_PIPE if pipes else 0)
            )
            self._size = os.fstat(self._file.fileno()).st_size
            reading = self._begin(asked)
        except OSError as error:
            self.close()
            raise WorldError(f"{path} could not be read: {error.strerror}.") from error
        except WorldError:
            self.close()
            raise
        self.understood: Understood = reading.understood
        self._rows = reading.rows

    @property
    def share(self) -> float:
        """0.0 to 1.0 of the file was read."""
        if self._file.closed or not self._size:
            return 1.0
        return min(1.0, self._file.tell() / self._size)

    def __iter__(self) -> Iterator[TextRow | BadRow]:
        """The rows, once.

        Raises:
            WorldError: the file cannot be read any more.
        """
        try:
            yield from self._rows
        except OSError as error:
            raise WorldError(f"{self._path} could not be read: {error.strerror}.") from error
        finally:
            self.close()

    def close(self) -> None:
        """The file is not read any further."""
        self._stack.close()

    def _begin(self, asked: Asked) -> Reading:
        begin = self._file.read(64)
        self._file.seek(0)
        suffix = self._path.suffix.lower()
        for each in BINARIES:
            if begin.startswith(each.begins):
                return each.read(self._file, self._size, asked)
        for mark, kind in OTHERS:
            if begin.startswith(mark):
                raise WorldError(f"{self._path} holds no text: it is {kind}.")
        encoding = _encoding(self._file, asked)
        # It closes the file when it goes, so it stays as long as this object.
        self._text = io.TextIOWrapper(self._file, encoding.codec, errors="replace", newline="")
        reading = read_texts(_bounded(self._text), suffix, asked)
        name = encoding.name.partition(" with ")[0]
        damaged = (
            BadRow(line, f"bytes that are not {name} were replaced by marks.")
            for line in encoding.damaged_lines
        )
        understood = replace(reading.understood, encoding=encoding.name)
        return Reading(understood, chain(damaged, reading.rows))


def read_texts(lines: Iterable[str], suffix: str, asked: Asked) -> Reading:
    """The texts of the lines of a file with this ``suffix`` (``.csv``, ``.vtt``, ...).

    Raises:
        WorldError: the text is too large for its format.
    """
    coming = iter(lines)
    first = list(islice(coming, MOST_AHEAD))
    head = Head(
        suffix.lower(),
        tuple(line.rstrip("\r\n") for line in first),
        whole=len(first) < MOST_AHEAD,
    )
    form = next(each for each in FORMATS if each.recognizes(head))
    reading = form.read(chain(first, coming), head, asked)
    if form.has_columns:
        return reading
    return Reading(reading.understood, chain(without_columns(reading, asked), reading.rows))


def _encoding(file: BinaryIO, asked: Asked) -> Encoding:
    if asked.encoding:
        return asked_encoding(file, asked.encoding)
    found = encoding_of(file)
    if not found.codec.startswith(("utf-16", "utf-32")) and not holds_text(file):
        raise WorldError("The file holds no text: it is full of control characters.")
    return found


def _bounded(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines of ``file``, none longer than MAX_LINE."""
    line = file.readline(MAX_LINE).removeprefix("\ufeff")
    while line:
        yield line
        line = file.readline(MAX_LINE)
