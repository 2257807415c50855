"""Where in the text of a policy each of its errors is underlined. Pure."""

import re

from msgspec import Struct

from console.base.toml_map import Path, Span, TomlMap
from console.base.toml_text import TomlRefusedError, toml_data
from console.domain.results import PolicyError

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Mark(Struct, frozen=True):
    """An error and the code points it is underlined at."""

    error: PolicyError
    start: int
    end: int


def path_of(key: str) -> Path:
    """``blocklists[0].words`` as ``("blocklists", 0, "words")``."""
    return tuple(
        int(match.group(2)) if match.group(2) else match.group(1) for match in _STEP.finditer(key)
    )


def marks_of(text: str, errors: tuple[PolicyError, ...]) -> list[Mark]:
    """A mark for every error whose line is in ``text``."""
    if not errors:
        return []
    places = _places(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    marks = []
    for error in errors:
        if not 1 <= error.line <= len(starts):
            continue
        start = starts[error.line - 1]
        line = text[start:].split("\n", 1)[0]
        span = _span(places, error) if places is not None else None
        if span is not None and not start <= span.start <= start + len(line):
            span = None  # the text has changed since
        if span is None or "\n" in text[span.start : span.end]:
            body = line.split("#")[0].rstrip() or line
            lead = len(body) - len(body.lstrip())
            span = Span(start + lead, start + max(len(body), lead + 1))
        marks.append(Mark(error, *span))
    return marks


def _span(places: TomlMap, error: PolicyError) -> Span | None:
    path = path_of(error.key)
    if error.sentence.startswith("is unknown") and path in places.pairs:
        start = places.pairs[path].start  # the key itself is wrong
        return Span(start, start + len(str(path[-1])))
    return places.values.get(path)


def _places(text: str) -> TomlMap | None:
    try:
        toml_data(text)
    except TomlRefusedError:
        return None
    return TomlMap(text)
