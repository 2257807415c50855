"""JSON objects as texts: each says by its keys what it is; recorded events hold captions."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from msgspec.structs import replace

from console.policy.inputs.columns import TEXTS, Columns, known, used_twice
from console.policy.inputs.formats.format import MOST_AHEAD
from console.policy.inputs.recorded_captions import is_recorded, recorded_caption
from console.policy.inputs.table_rows import (
    PLAIN_TYPE,
    TableRow,
    columns_of_objects,
    in_pieces,
    of_columns,
    text_row,
    with_times,
)
from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.times import SECONDS, TimeForm
from console.policy.inputs.understood import Asked, Reading, Understood

MAX_KNOWN = 10_000
"""Captions remembered, so that one that was recorded again soon is one text."""

Value = tuple[int, Any]
"""A value of JSON with its line."""
_OF_CAPTION = Columns("text", "speaker_id", "start_time", "", "language", "cid")


def read_objects(form: str, values: Iterable[Value | BadRow], asked: Asked) -> Reading:
    """The texts of JSON values: objects with a text under a known or named key, and plain texts."""
    coming = iter(values)
    first = list(islice(coming, MOST_AHEAD))
    objects = [
        TableRow(each[0], each[1])
        for each in first
        if not isinstance(each, BadRow) and isinstance(each[1], dict)
    ]
    names = tuple(dict.fromkeys(name for row in objects for name in row.cells))
    recorded = [is_recorded(row.cells) for row in objects]
    if recorded and all(recorded):
        form = "recorded events"
        columns = _OF_CAPTION
        times: TimeForm | None = TimeForm("as Stream writes them", SECONDS.read)
    else:
        columns, times = with_times(columns_of_objects(objects, asked), names, objects, asked)
    if clash := used_twice(columns.text, asked):
        return Reading(Understood(form=form, columns=names), iter([BadRow(1, clash)]))
    understood = of_columns(form, names, columns, times)
    return Reading(understood, _Objects(columns, times, asked).rows(chain(first, coming)))


class _Objects:
    def __init__(self, columns: Columns, times: TimeForm | None, asked: Asked) -> None:
        self._columns = columns
        self._times = times
        self._asked = asked
        self._unseen = set(asked.columns)
        self._captions: OrderedDict[TextRow, None] = OrderedDict()

    def rows(self, values: Iterable[Value | BadRow]) -> Iterator[TextRow | BadRow]:
        for each in values:
            if isinstance(each, BadRow):
                yield each
                continue
            line, value = each
            if isinstance(value, str):
                yield TextRow(value, line)
            elif not isinstance(value, dict):
                yield BadRow(line, "neither a JSON object nor a text.")
            elif is_recorded(value):
                yield from self._event(value, line)
            else:
                yield from self._object(value, line)
        for name in sorted(self._unseen):
            yield BadRow(1, f"no object has a key called “{name}”.")

    def _object(self, value: dict[str, Any], line: int) -> Iterator[TextRow | BadRow]:
        self._unseen -= value.keys()
        text = in_pieces(value.get(self._columns.text))
        if text is None and not self._asked.text:
            keys = [key for key in value if in_pieces(value[key]) is not None]
            text = in_pieces(value.get(known(keys, TEXTS)))
        if text is not None:
            yield text_row(TableRow(line, value), text, self._columns, self._times)
        elif value.get("type", PLAIN_TYPE) == PLAIN_TYPE:
            wanted = f"“{self._asked.text}”" if self._asked.text else ", ".join(TEXTS[:7])
            yield BadRow(line, f"no key is called {wanted}.")

    def _event(self, value: Mapping[str, Any], line: int) -> Iterator[TextRow | BadRow]:
        """The caption of an event, the first time; sockets and retried webhooks bring it again."""
        try:
            caption = recorded_caption(value)
        except (ValueError, RecursionError):
            yield BadRow(line, "the recorded event is no JSON object.")
            return
        if caption is None:
            return
        if not isinstance(caption["text"], str):
            yield BadRow(line, "the caption has no text.")
            return
        found = text_row(TableRow(0, caption), caption["text"], _OF_CAPTION, SECONDS)
        if found not in self._captions:
            self._captions[found] = None
            if len(self._captions) > MAX_KNOWN:
                self._captions.popitem(last=False)
            yield replace(found, line=line)
