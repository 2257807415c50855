"""Rows of a CSV file that may be damaged: a row that cannot be read costs no other row."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from console.policy.inputs.text_row import BadRow

MAX_CELL = 1 << 24
"""Code points of one cell; Python's own limit is 131,072."""
MAX_LINES = 200
"""Lines of one row. A quote that is never closed would otherwise swallow the rest of the file."""


class CsvRow(Struct, frozen=True):
    """One row. ``line``: where it ends, from 1."""

    line: int
    cells: list[str]


class _Feed:
    """Lines for a reader; those of a row that could not be read come again, but for the first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.line = 0
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._row: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self._row) >= MAX_LINES:
            raise csv.Error(f"a quote is not closed within {MAX_LINES} lines")
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        self.line += 1
        return line

    def begin(self) -> None:
        """The next line begins a row."""
        self._row.clear()

    def back_out(self) -> None:
        """Give the lines of this row again, but for the first."""
        self._again.extendleft(reversed(self._row[1:]))
        self.line -= len(self._row[1:])
        self._row.clear()


def csv_rows(lines: Iterable[str], comma: str) -> Iterator[CsvRow | BadRow]:
    """The rows of ``lines``; empty ones are left out.

    Sets the limit of one cell for the whole process: the ``csv`` module knows no other.
    """
    csv.field_size_limit(MAX_CELL)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=comma, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            feed.back_out()
            yield BadRow(feed.line, f"not CSV: {error}.")
            reader = csv.reader(feed, delimiter=comma, strict=True)
            continue
        if cells:
            yield CsvRow(feed.line, cells)
