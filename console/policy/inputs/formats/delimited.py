"""CSV and its kin: commas, semicolons, tabs or bars between columns, as spreadsheets write them.

A first line ``sep=;`` names the sign, as Excel has it; else the header decides.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from console.policy.inputs.columns import LABELS, SPEAKERS, TEXTS, TIMES, known
from console.policy.inputs.csv_rows import CsvRow, csv_rows
from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.table_rows import Rows, TableRow, read_table
from console.policy.inputs.text_row import BadRow
from console.policy.inputs.times import MILLISECONDS
from console.policy.inputs.understood import Asked, Reading, Understood

_SIGNS = {",": "CSV", "\t": "TSV", ";": "CSV with “;” between columns", "|": "a table with “|”"}
_SEP = "sep="
WHISPER = ["start", "end", "text"]
"""The columns of a table that Whisper writes; its times are in milliseconds."""


def _recognizes(head: Head) -> bool:
    if head.suffix in (".csv", ".tsv", ".tab"):
        return True
    if head.suffix not in ("", ".txt") or not head.said:
        return False
    if _sign_named(head.said[0]):
        return True
    sign = _sign(head, Asked())
    rows = [_cells(line, sign) for line in head.said[:5]]
    names = rows[0]
    others = known(names, SPEAKERS) or known(names, TIMES) or known(names, LABELS)
    return (
        len(rows) > 1
        and bool(known(names, TEXTS) and others)
        and all(len(name) <= 40 for name in names)
        and all(len(row) == len(names) for row in rows)
    )


def _read(lines: Iterator[str], head: Head, asked: Asked) -> Reading:
    sign = _sign(head, asked)
    skipped = 0
    if head.lines and _sign_named(head.lines[0]):
        next(lines, "")
        skipped = 1
    form = _SIGNS.get(sign, f"a table with “{sign}” between columns")
    rows = csv_rows(lines, sign)
    first = next(rows, CsvRow(1, []))
    if isinstance(first, BadRow):
        return Reading(Understood(form=form), iter([first]))
    names = _distinct(first.cells)
    if names == WHISPER and not asked.time:
        form, unit = "Whisper TSV", MILLISECONDS
        return read_table(form, names, _rows(names, rows, sign, skipped), asked, unit)
    return read_table(form, names, _rows(names, rows, sign, skipped), asked)


def _rows(names: Sequence[str], rows: Iterator[CsvRow | BadRow], sign: str, skipped: int) -> Rows:
    for row in rows:
        if isinstance(row, BadRow):
            yield BadRow(row.line + skipped, row.sentence)
        else:
            cells = dict(zip_longest(names, row.cells[: len(names)]))
            # A text at the end of its row may hold the sign and stand in no quotes.
            more = row.cells[len(names) :]
            surplus = sign + sign.join(more) if any(map(str.strip, more)) else ""
            yield TableRow(row.line + skipped, cells, surplus)


def _distinct(cells: Sequence[str]) -> list[str]:
    """The names of the columns; the second of two equal ones is told apart by its number."""
    names: list[str] = []
    for at, cell in enumerate(cells, 1):
        name = cell.strip()
        names.append(name if name not in names else f"{name} ({at})")
    return names


def _sign(head: Head, asked: Asked) -> str:
    lines = head.said
    if not lines:
        return ","
    if named := _sign_named(lines[0]):
        return named
    if head.suffix in (".tsv", ".tab"):
        return "\t"
    wanted = [asked.text] if asked.text else []
    counts: dict[str, tuple[bool, int]] = {}
    for sign in _SIGNS:
        names = _cells(lines[0], sign)
        found = any(name.strip() in names for name in wanted) or bool(known(names, TEXTS))
        counts[sign] = (found, len(names))
    return max(counts, key=lambda sign: counts[sign])


def _sign_named(line: str) -> str:
    """The sign of a line ``sep=;``; empty for any other line."""
    line = line.strip(" \r\n").strip('"')
    return line[4:] if line.casefold().startswith(_SEP) and len(line) == 5 else ""


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


DELIMITED = Format(_recognizes, _read, has_columns=True)
