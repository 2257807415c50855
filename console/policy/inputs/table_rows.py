"""Rows of a table as texts: the columns are found or named, and how times are written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.policy.inputs.columns import (
    CALLS,
    LANGUAGES,
    TEXTS,
    TIMES,
    Columns,
    all_known,
    columns_in,
    known,
)
from console.policy.inputs.formats.format import MOST_AHEAD
from console.policy.inputs.text_row import BadRow, TextRow, labels_in
from console.policy.inputs.times import TimeForm, seconds_of, time_form
from console.policy.inputs.understood import Asked, Reading, Understood

PLAIN_TYPE = "speech"
"""The type of a line in Stream's transcripts that holds a text; other types hold none."""


class TableRow(Struct, frozen=True):
    """One row by the names of its columns. ``surplus``: what stands beyond the last of them."""

    line: int
    cells: Mapping[str, Any]
    surplus: str = ""


Rows = Iterable[TableRow | BadRow]


def read_table(
    form: str, names: Sequence[str], rows: Rows, asked: Asked, times: TimeForm | None = None
) -> Reading:
    """The texts of a table whose rows all have the columns ``names``; line 1 holds the names.

    ``times``: how they are written, where the format says so.
    """
    columns = columns_in(names, asked)
    if isinstance(columns, str):
        return Reading(Understood(form=form, columns=tuple(names)), iter([BadRow(1, columns)]))
    coming = iter(rows)
    first = list(islice(coming, MOST_AHEAD))
    columns, found = with_times(columns, names, first, asked)
    times = times or found
    understood = of_columns(form, names, columns, times)
    last = bool(names) and columns.text == names[-1]
    return Reading(understood, _texts(chain(first, coming), columns, times, text_is_last=last))


def of_columns(
    form: str, names: Sequence[str], columns: Columns, times: TimeForm | None
) -> Understood:
    """What is understood of rows whose ``columns`` are used of those called ``names``."""
    return Understood(
        form=form,
        columns=tuple(names),
        text=columns.text,
        speaker=columns.speaker,
        time=columns.time,
        labels=columns.labels,
        times=times.name if times else "in no form that is known" if columns.time else "",
        speakers_told=bool(columns.speaker),
        times_told=times is not None,
    )


def with_times(
    columns: Columns, names: Sequence[str], rows: Iterable[TableRow | BadRow], asked: Asked
) -> tuple[Columns, TimeForm | None]:
    """The column whose values are times, and how they are written.

    Of several known names the first counts whose values can be read.
    """
    others = [name for name in names if name not in (columns.text, columns.speaker)]
    candidates = [asked.time] if asked.time else all_known(others, TIMES)
    for column in candidates:
        values = [row.cells.get(column) for row in rows if isinstance(row, TableRow)]
        if form := time_form(column, values):
            return replace(columns, time=column), form
    return columns, None


def _texts(
    rows: Rows, columns: Columns, times: TimeForm | None, *, text_is_last: bool
) -> Iterator[TextRow | BadRow]:
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        text = row.cells.get(columns.text)
        if text is None:
            yield BadRow(row.line, "the row ends before its text.")
        elif row.surplus and not text_is_last:
            yield BadRow(row.line, "the row has more cells than the table has columns.")
        else:
            yield text_row(row, f"{text}{row.surplus}", columns, times)


def text_row(row: TableRow, text: str, columns: Columns, times: TimeForm | None) -> TextRow:
    """One row as a text."""
    cells = row.cells
    return TextRow(
        text,
        row.line,
        labels_in(cells.get(columns.labels)) if columns.labels else None,
        _word(cells.get(columns.language)),
        _word(cells.get(columns.speaker)),
        _word(cells.get(columns.call)),
        seconds_of(times, cells.get(columns.time)),
    )


def _word(value: Any) -> str:
    """A name, or the name or id of an object that stands for a person."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        keys = ("name", "display_name", "displayName", "username", "user_name", "id")
        value = next((value[key] for key in keys if value.get(key)), "")
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def in_pieces(value: Any) -> str | None:
    """The text of a value of JSON: a text, or a list of pieces as chat exports have it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value:
        pieces = [each.get("text") if isinstance(each, Mapping) else each for each in value]
        texts = [each for each in pieces if isinstance(each, str)]
        if len(texts) == len(pieces):
            return "".join(texts)
    return None


def columns_of_objects(rows: Iterable[TableRow | BadRow], asked: Asked) -> Columns:
    """The keys in use among objects that may differ; a text is looked for in each by itself."""
    names: dict[str, None] = {}
    texts: dict[str, None] = {}
    for row in rows:
        if isinstance(row, TableRow):
            names |= dict.fromkeys(row.cells)
            texts |= {key: None for key, value in row.cells.items() if in_pieces(value) is not None}
    text = asked.text or known(list(texts), TEXTS)
    others = [name for name in names if name not in (text, asked.labels)]
    from_names = columns_in(["text", *others], Asked())
    found = from_names if isinstance(from_names, Columns) else Columns(text)
    return Columns(
        text=text,
        speaker=asked.speaker or found.speaker,
        time=asked.time or found.time,
        labels=asked.labels,
        language=known(others, LANGUAGES),
        call=known(others, CALLS),
    )
