"""Where the lines of a run come from, one by one, with how far it got."""

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

from console.base.errors import WorldError
from console.engine.services.lab.run_worker_messages import Begin, FedLines, RunLine
from console.policy.inputs.texts import TEXT_COLUMNS, BadRow, TextRow, read_texts
from console.protocol.lab_runs import AskColumns, CallsSource, Columns, FileSource, PastedSource

MAX_LINE = 1 << 20
"""Code points of one line of a file; the rest of a longer one counts as the next line."""
MAX_TEXT = 20_000
"""Code points that are judged of one text."""

_HALF = re.compile("[\ud800-\udfff]")


class Lines(Protocol):
    """Lines to judge."""

    @property
    def share(self) -> float:
        """0.0 to 1.0 of them were taken."""

    @property
    def hungry(self) -> bool:
        """There are no lines now, but there may be more later."""

    def take(self) -> RunLine | BadRow | None:
        """The next line; None when there is none.

        Raises:
            WorldError: the source cannot be read.
        """


class FileLines:
    """The lines of a file."""

    hungry = False

    def __init__(self, source: FileSource) -> None:
        self._source = source
        self._path = Path(source.path)
        self._size = 0
        self._file: io.BufferedReader | None = None
        self._rows = self._read()

    def take(self) -> RunLine | BadRow | None:
        """The next line."""
        return next(self._rows, None)

    @property
    def share(self) -> float:
        """0.0 to 1.0 of the file was read."""
        if self._file is None or self._file.closed or not self._size:
            return 0.0 if self._file is None else 1.0
        return min(1.0, self._file.tell() / self._size)

    def _read(self) -> Iterator[RunLine | BadRow]:
        try:
            self._size = self._path.stat().st_size
            with self._path.open("rb") as self._file:
                file = io.TextIOWrapper(self._file, "utf-8-sig", errors="replace", newline="")
                column = self._source.labels_column
                for row in read_texts(bounded(file), self._path.suffix, column):
                    yield row if isinstance(row, BadRow) else line_of(row)
        except OSError as error:
            raise WorldError(f"{self._path} could not be read: {error.strerror}.") from error


class ComingLines:
    """Lines that are handed over a batch at a time; ``total``: how many in the end."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._lines: deque[RunLine] = deque()
        self._last = False
        self._sentence = ""
        self._done = 0

    @property
    def share(self) -> float:
        """0.0 to 1.0 of the lines were taken."""
        return min(1.0, self._done / self._total) if self._total else 1.0

    @property
    def hungry(self) -> bool:
        """Wants the next batch."""
        return not self._lines and not self._last

    def add(self, lines: FedLines) -> None:
        """The next batch."""
        self._lines += lines.lines
        self._last = lines.last
        self._sentence = lines.sentence

    def take(self) -> RunLine | BadRow | None:
        """The next line that is there."""
        if self._lines:
            self._done += 1
            return self._lines.popleft()
        if self._sentence:
            raise WorldError(self._sentence)
        return None


def lines_of(begin: Begin) -> Lines:
    """The lines of a run; those of saved calls are still to come."""
    match begin.request.source:
        case FileSource() as source:
            return FileLines(source)
        case PastedSource(text=text):
            lines = tuple(
                RunLine(text=line[:MAX_TEXT], line=number)
                for number, line in enumerate(text.splitlines(), 1)
                if line.strip()
            )
            pasted = ComingLines(len(lines))
            pasted.add(FedLines(lines, last=True))
            return pasted
        case CallsSource():
            return ComingLines(begin.total)


def line_of(row: TextRow) -> RunLine:
    """A row of a file as a line of a run."""
    return RunLine(
        text=_sound(row.text[:MAX_TEXT]),
        line=row.line,
        labels=None if row.labels is None else tuple(map(_sound, row.labels)),
        language=_sound(row.language),
        speaker=_sound(row.speaker),
        call=_sound(row.call),
        at=row.at,
    )


def _sound(text: str) -> str:
    """Halves of surrogate pairs, which JSON can hold and UTF-8 cannot, become marks."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def bounded(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines of ``file``, none longer than MAX_LINE."""
    while line := file.readline(MAX_LINE):
        yield line


def columns_of(question: AskColumns) -> Columns:
    """The columns of a file."""
    place = Path(question.path)
    try:
        with place.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            lines = list(islice(bounded(file), 200))
    except OSError as error:
        raise WorldError(f"{place} could not be read: {error.strerror}.") from error
    names = _names(lines, place.suffix.lower())
    found = next((name for name in names if name.strip().casefold() in TEXT_COLUMNS), "")
    sentence = ""
    if names and not found:
        sentence = f"No column is called {', '.join(TEXT_COLUMNS)}."
    return Columns(question.request_id, names, found, sentence=sentence)


def _names(lines: list[str], suffix: str) -> tuple[str, ...]:
    if suffix in (".csv", ".tsv"):
        try:
            return tuple(next(csv.reader(lines, delimiter="\t" if suffix == ".tsv" else ","), ()))
        except csv.Error:
            return ()
    if suffix not in (".jsonl", ".ndjson", ".json"):
        return ()
    names: dict[str, None] = {}
    for line in lines[:20]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            names |= dict.fromkeys(map(_sound, row))
    return tuple(names)
