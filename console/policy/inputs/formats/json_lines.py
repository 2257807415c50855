"""JSON lines: one JSON object, or one text, on each line; also Stream's transcripts and tapes."""

import json
from collections.abc import Iterator

from console.policy.inputs.columns import TEXTS, known
from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.object_rows import Value, read_objects
from console.policy.inputs.recorded_captions import is_recorded
from console.policy.inputs.text_row import BadRow
from console.policy.inputs.transcripts.registry import is_transcript
from console.policy.inputs.understood import Asked, Reading

_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")


def _recognizes(head: Head) -> bool:
    if head.suffix in _SUFFIXES:
        return True
    if head.suffix not in ("", ".json", ".txt", ".log") or not head.said:
        return False
    first = _decoded(head.said[0])
    if isinstance(first, str) and head.suffix == ".json":
        return True
    if not isinstance(first, dict):
        return head.suffix == ".json" and head.said[0].lstrip()[:1] not in ("{", "[")
    if len(head.said) > 1:
        return True
    return not is_transcript(first) and (bool(known(list(first), TEXTS)) or is_recorded(first))


def _read(lines: Iterator[str], _head: Head, asked: Asked) -> Reading:
    return read_objects("JSON lines", _values(lines), asked)


def _values(lines: Iterator[str]) -> Iterator[Value | BadRow]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):  # a number of too many digits is a ValueError too
            yield BadRow(number, "not a JSON object on one line.")


def _decoded(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


JSON_LINES = Format(_recognizes, _read, has_columns=True)
