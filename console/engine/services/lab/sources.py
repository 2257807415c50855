"""Where the lines of a run come from, one by one, with how far it got."""

import re
from collections import deque
from typing import Protocol

from console.base.errors import WorldError
from console.base.plain_file import typed_path
from console.engine.services.lab.run_worker_messages import Begin, FedLines, RunLine
from console.policy.inputs.texts import Asked, BadRow, TextFile, TextRow, Understood
from console.protocol.lab_runs import AskColumns, CallsSource, Columns, FileSource, PastedSource

MAX_TEXT = 20_000
"""Code points that are judged of one text."""
MAX_COLUMNS = 500
MAX_COLUMN_NAME = 200
"""Columns that can be chosen, and the letters of their names; others can be read all the same."""

_HALF = re.compile("[\ud800-\udfff]")


class Lines(Protocol):
    """Lines to judge."""

    @property
    def share(self) -> float:
        """0.0 to 1.0 of them were taken."""

    @property
    def hungry(self) -> bool:
        """There are no lines now, but there may be more later."""

    @property
    def understood(self) -> Understood:
        """What each line tells beside its text."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about how the source was read."""

    def take(self) -> RunLine | BadRow | None:
        """The next line; None when there is none.

        Raises:
            WorldError: the source cannot be read.
        """


class FileLines:
    """The lines of a file."""

    hungry = False

    def __init__(self, source: FileSource) -> None:
        """Raises WorldError: the file cannot be read."""
        self._file = TextFile(typed_path(source.path), asked_of(source))
        self._rows = iter(self._file)
        self._cut = 0
        self.understood: Understood = self._file.understood

    def take(self) -> RunLine | BadRow | None:
        """The next line."""
        row = next(self._rows, None)
        if not isinstance(row, TextRow):
            return row
        self._cut += len(row.text) > MAX_TEXT
        return line_of(row)

    @property
    def share(self) -> float:
        """0.0 to 1.0 of the file was read."""
        return self._file.share

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file was understood, and what was left out."""
        said = [self.understood.sentence]
        if self._cut:
            said.append(f"Of {self._cut:,} texts only the first {MAX_TEXT:,} letters were judged.")
        return tuple(said)


class ComingLines:
    """Lines that are handed over a batch at a time; ``total``: how many in the end."""

    notes: tuple[str, ...] = ()

    def __init__(self, total: int, understood: Understood) -> None:
        self._total = total
        self.understood = understood
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
            pasted = ComingLines(len(lines), Understood(form="pasted lines"))
            pasted.add(FedLines(lines, last=True))
            return pasted
        case CallsSource():
            told = Understood(form="saved calls", speakers_told=True, times_told=True)
            return ComingLines(begin.total, told)


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


def asked_of(source: FileSource) -> Asked:
    """What a run asks of its file."""
    return Asked(
        text=source.text_column,
        speaker=source.speaker_column,
        time=source.time_column,
        labels=source.labels_column,
        encoding=source.encoding,
    )


def columns_of(question: AskColumns) -> Columns:
    """The columns of a file, and how it is understood.

    Raises:
        WorldError: it cannot be read.
    """
    file = TextFile(typed_path(question.source.path), asked_of(question.source))
    first = next(iter(file), None)
    file.close()
    found = file.understood
    # A table whose columns cannot be used says so in its one row.
    useless = isinstance(first, BadRow) and found.columns and not found.text
    return Columns(
        question.request_id,
        tuple(map(_sound, filter(_is_shown, found.columns)))[:MAX_COLUMNS],
        found.text,
        found.speaker,
        found.time,
        "" if useless else found.sentence,
        sentence=_capital(first.sentence) if isinstance(first, BadRow) and useless else "",
    )


def _is_shown(name: str) -> bool:
    return 0 < len(name) <= MAX_COLUMN_NAME


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
