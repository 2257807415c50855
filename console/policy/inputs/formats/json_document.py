"""One JSON document: an array of texts, a transcript of a speech service, or an export of a chat.

The document is held in memory, so it has a limit; JSON lines have none.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from console.base.errors import WorldError
from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.object_rows import Value, read_objects
from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.transcripts.registry import transcript_of
from console.policy.inputs.understood import Asked, Reading, Understood, without_columns

MAX_DOCUMENT = 64 << 20
"""Code points of one document."""
_SPACE = re.compile(r"[\s,]*")


def _recognizes(head: Head) -> bool:
    if not head.said or head.suffix not in ("", ".json", ".txt"):
        return False
    begin = head.said[0].lstrip()
    if head.suffix == ".json":
        return begin[:1] in ("{", "[")
    # "[" also begins a time or a name in plain lines.
    return bool(re.match(r'\{\s*"|\[\s*[{"]', "\n".join(head.said[:3]).lstrip()))


def _read(lines: Iterator[str], _head: Head, asked: Asked) -> Reading:
    text = _whole(lines)
    begin = len(text) - len(text.lstrip())
    if text[begin : begin + 1] == "[":
        return read_objects("a JSON array", _elements(text, begin + 1), asked)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        said = getattr(error, "msg", "it is nested too deeply")
        return Reading(
            Understood(form="a JSON document"), iter([BadRow(line, f"not JSON: {said}.")])
        )
    if found := transcript_of(document):
        transcript, spoken = found
        understood = Understood(
            form=transcript.name,
            speakers_told=any(isinstance(each, TextRow) and each.speaker for each in spoken),
            times_told=any(isinstance(each, TextRow) and each.at for each in spoken),
        )
        told = Reading(understood, iter(spoken))
        return Reading(understood, chain(without_columns(told, asked), spoken))
    key, rows = _longest_list(document)
    if rows:
        values = ((number, row) for number, row in enumerate(rows, 1))
        return read_objects(f"the list “{key}” of a JSON document", values, asked)
    return read_objects("a JSON document", [(1, document)], asked)


def _whole(lines: Iterator[str]) -> str:
    parts, size = [], 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > MAX_DOCUMENT:
            raise WorldError(
                f"One JSON document of more than {MAX_DOCUMENT >> 20} MB is not read.",
                "Write it as JSON lines, one object a line.",
            )
    return "".join(parts)


def _elements(text: str, at: int) -> Iterator[Value | BadRow]:
    """The elements of an array one by one; what cannot be read costs the rest of its line."""
    decode = json.JSONDecoder().raw_decode
    line, counted = 1, 0
    while True:
        match = _SPACE.match(text, at)
        at = match.end() if match else at
        line += text.count("\n", counted, at)
        counted = at
        if at >= len(text):
            yield BadRow(line, "the JSON array is not closed.")
            return
        if text[at] == "]":
            return
        try:
            value, at = decode(text, at)
            yield line, value
        except (ValueError, RecursionError):
            yield BadRow(line, "not a JSON object.")
            end = text.find("\n", at)
            if end < 0:
                return
            at = end + 1


def _longest_list(document: Any) -> tuple[str, list[Any]]:
    """The longest list of objects among the values of an object, one level down at most."""
    found: tuple[str, list[Any]] = ("", [])
    if not isinstance(document, dict):
        return found
    for key, value in document.items():
        lists = [(key, value)]
        if isinstance(value, dict):
            lists += [(f"{key}.{inner}", each) for inner, each in value.items()]
        for name, each in lists:
            if isinstance(each, list) and len(each) > len(found[1]) and isinstance(each[0], dict):
                found = name, each
    return found


JSON_DOCUMENT = Format(_recognizes, _read, has_columns=True)
