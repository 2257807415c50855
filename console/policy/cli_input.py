"""The texts that ``policy run`` and ``policy diff`` read, and what they say about them."""

import argparse
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.policy.inputs.columns import LABELS, known
from console.policy.inputs.needs import Needs
from console.policy.inputs.texts import MAX_LINE, Asked, BadRow, TextFile, TextRow
from console.policy.model import Policy

_ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python hands them on."""


def add_input(command: argparse.ArgumentParser) -> None:
    """The options that say which texts are read, and how."""
    command.add_argument(
        "--input",
        type=Path,
        required=True,
        help="plain lines, CSV, JSON, a transcript, subtitles or a workbook",
    )
    for name, what in (("text", "texts"), ("speaker", "speakers"), ("time", "times")):
        command.add_argument(
            f"--{name}", default="", metavar="COLUMN", help=f"column with the {what}"
        )
    command.add_argument("--encoding", default="", help="of the input; found where not named")


def lines_of_input() -> Iterator[str]:
    """The lines of standard input, each as soon as it is there; said where they are not UTF-8.

    Raises:
        WorldError: it is closed or cannot be read.
    """
    if sys.stdin is None:
        raise WorldError("Standard input is closed.", "Give the texts after the policy's file.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    number = 0
    try:
        while line := sys.stdin.readline(MAX_LINE):
            number += 1
            text = line.rstrip("\r\n")
            if number == 1:
                text = text.removeprefix("\ufeff")
            if not text.isascii() and _ESCAPED.search(text):
                sys.stderr.write(f"line {number} of standard input is not UTF-8: read as cp1252.\n")
                text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
            yield text
    except OSError as error:
        raise WorldError(f"Standard input could not be read: {error.strerror}.") from error


class InputRows:
    """The usable rows of a file; the others are named on standard error and counted.

    How the file was understood is written there too, before the first row is read.
    """

    MAX_NAMED = 20

    def __init__(self, options: argparse.Namespace, policies: Sequence[Policy]) -> None:
        """Raises WorldError: the file cannot be read."""
        self._path: Path = options.input
        labels = getattr(options, "labels", "")
        asked = Asked(options.text, options.speaker, options.time, labels, options.encoding)
        self._file = TextFile(self._path, asked, pipes=True)
        self.understood = self._file.understood
        self._say(self.understood.sentence)
        self._needs = Needs(policies)
        if lacking := self._needs.lacking(self.understood):
            self._say(f"{lacking} Name columns with --speaker and --time.")
        elif not labels and (likely := known(self.understood.columns, LABELS)):
            self._say(f"“{likely}” may hold true labels: --labels {likely} counts with them.")
        self.bad = 0

    def __iter__(self) -> Iterator[TextRow]:
        empty = True
        for row in self._file:
            empty = False
            if isinstance(row, TextRow):
                self._needs.add(row)
                yield row
            else:
                self._count(row)
        if empty:
            self._say("There is nothing to judge in it.")
        if self.bad > self.MAX_NAMED:
            self._say(f"{self.bad - self.MAX_NAMED:,} more rows could not be read.")
        if sentence := self._needs.sentence:
            self._say(sentence)

    def summary(self) -> dict[str, object]:
        """What the totals say about the file."""
        return {"unreadable": self.bad, "read_as": self.understood.sentence}

    def _count(self, row: BadRow) -> None:
        self.bad += 1
        if self.bad <= self.MAX_NAMED:
            sys.stderr.write(f"{self._path}:{row.line}: {visible(row.sentence)}\n")

    def _say(self, sentence: str) -> None:
        sys.stderr.write(f"{visible(f'{self._path}: {sentence}')}\n")
