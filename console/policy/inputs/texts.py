"""Texts to judge from a file: plain lines, CSV, JSON lines, Stream's transcripts, recorded events.

What cannot be read is counted and named; the rest goes on.
"""

import json
import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.policy.inputs.csv_rows import BadRow, CsvRow, csv_rows
from console.policy.inputs.recorded_captions import is_recorded, recorded_caption

__all__ = ["BadRow", "TextRow", "labels_in", "read_texts"]

TEXT_COLUMNS = ("text", "body", "message", "content", "utterance", "caption", "comment")
NO_LABEL = frozenset({"", "0", "none", "keep", "ok", "clean", "false", "no", "[]"})

MAX_KNOWN = 10_000
"""Captions remembered, so that one that was recorded again soon is one text."""


class TextRow(Struct, frozen=True):
    """One text of a file.

    Attributes:
        line: from 1, of the file.
        labels: the true labels; empty for nothing wrong, None for a line without labels.
        speaker: user id, where the file tells it.
        call: the call's cid, where the file tells it.
        at: seconds, of the clock or since the beginning; 0.0 where the file does not tell.
    """

    text: str
    line: int = 0
    labels: tuple[str, ...] | None = None
    language: str = ""
    speaker: str = ""
    call: str = ""
    at: float = 0.0


def read_texts(
    lines: Iterable[str], suffix: str, labels_column: str = ""
) -> Iterator[TextRow | BadRow]:
    """The texts of a file with this ``suffix`` (``.csv``, ``.jsonl``, ``.txt``, ...).

    ``labels_column`` names the column or key that holds labels, separated by ``;`` or ``,``.
    """
    match suffix.lower():
        case ".csv" | ".tsv":
            return _from_csv(lines, "\t" if suffix.lower() == ".tsv" else ",", labels_column)
        case ".jsonl" | ".ndjson" | ".json":
            return _from_json_lines(lines, labels_column)
        case _:
            return _from_lines(lines, labels_column)


def labels_in(cell: Any) -> tuple[str, ...]:
    """The labels of a cell: ``INSULT; SCAM``, a list of texts, 1 for "something", 0 for nothing."""
    if isinstance(cell, list):
        names = [str(each) for each in cell]
    else:
        names = str("" if cell is None else cell).replace(",", ";").split(";")
    return tuple(name.strip() for name in names if name.strip().casefold() not in NO_LABEL)


def _from_lines(lines: Iterable[str], labels_column: str) -> Iterator[TextRow | BadRow]:
    if labels_column:
        yield BadRow(1, f"plain lines have no column called “{labels_column}”.")
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text.strip():
            yield TextRow(text, number)


def _from_csv(lines: Iterable[str], comma: str, labels_column: str) -> Iterator[TextRow | BadRow]:
    rows = csv_rows(lines, comma)
    head = next(rows, CsvRow(1, []))
    if isinstance(head, BadRow):
        yield head
        return
    names = head.cells
    column = next((each for each in names if each.strip().casefold() in TEXT_COLUMNS), "")
    if not column:
        yield BadRow(1, f"no column is called {', '.join(TEXT_COLUMNS)}.")
        return
    if labels_column and labels_column not in names:
        yield BadRow(1, f"no column is called “{labels_column}”.")
        return
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        else:
            cells = dict(zip_longest(names, row.cells[: len(names)]))
            yield _row(cells, cells[column], row.line, labels_column)


def _from_json_lines(lines: Iterable[str], labels_column: str) -> Iterator[TextRow | BadRow]:
    known: OrderedDict[TextRow, None] = OrderedDict()
    named = not labels_column
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):  # a number of too many digits is a ValueError too
            yield BadRow(number, "not a JSON object on one line.")
            continue
        if isinstance(row, str):
            yield TextRow(row, number)
        elif isinstance(row, dict) and is_recorded(row):
            yield from _from_event(row, number, known)
        elif isinstance(row, dict):
            named = named or labels_column in row
            key = next((each for each in TEXT_COLUMNS if isinstance(row.get(each), str)), "")
            if key:
                yield _row(row, row[key], number, labels_column)
            elif row.get("type", "speech") == "speech":  # other types of a transcript hold no text
                yield BadRow(number, f"no key is called {', '.join(TEXT_COLUMNS)}.")
        else:
            yield BadRow(number, "neither a JSON object nor a text.")
    if not named:
        yield BadRow(1, f"no object has a key called “{labels_column}”.")


def _from_event(
    row: Mapping[str, Any], number: int, known: OrderedDict[TextRow, None]
) -> Iterator[TextRow | BadRow]:
    """The caption of an event, the first time; sockets and retried webhooks bring it again."""
    try:
        caption = recorded_caption(row)
    except ValueError:
        yield BadRow(number, "the recorded event is no JSON object.")
        return
    if caption is None:
        return
    if not isinstance(caption["text"], str):
        yield BadRow(number, "the caption has no text.")
        return
    found = _row(caption, caption["text"], 0, "")
    if isinstance(found, TextRow) and found not in known:
        known[found] = None
        if len(known) > MAX_KNOWN:
            known.popitem(last=False)
        yield replace(found, line=number)


def _row(
    row: Mapping[str, Any], text: str | None, number: int, labels_column: str
) -> TextRow | BadRow:
    if text is None:
        return BadRow(number, "the row ends before its text.")
    return TextRow(
        text,
        number,
        labels_in(row.get(labels_column)) if labels_column else None,
        str(row.get("language") or ""),
        str(row.get("speaker_id") or row.get("user_id") or ""),
        str(row.get("call_cid") or row.get("cid") or row.get("call") or ""),
        _seconds(row),
    )


# Whether a transcript's start_ts counts milliseconds is in no source read (?); it looks so. A line
# at the very beginning has a time as well.
_TIMES = (("start_ts", 0.001), ("start_time", 1.0), ("at", 1.0), ("time", 1.0))


def _seconds(row: Mapping[str, Any]) -> float:
    for name, unit in _TIMES:
        if name == "start_ts" and row.get(name) in (0, "0"):
            return 0.001
        try:
            found = float(row.get(name) or 0.0) * unit
        except (TypeError, ValueError, OverflowError):
            continue
        if found > 0 and math.isfinite(found):
            return found
    return 0.0
