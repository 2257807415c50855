"""How a query that is being written can go on. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from console.domain.search.fields import BY_KEY, FIELDS
from console.domain.search.parse import Part, parts_of

MOST = 12
"""Choices that are offered at once."""


class Choice(Struct, frozen=True):
    """One way to go on. ``text`` takes the place of what stands from ``start`` to ``end``.

    ``shown`` and ``text`` are hostile where they name people or calls.
    """

    shown: str
    help: str
    text: str
    start: int
    end: int


class Wanted(Struct, frozen=True):
    """Which field's values are asked for at the cursor, and how they begin."""

    key: str
    begun: str


def wanted_at(text: str, cursor: int) -> Wanted | None:
    """The field whose value is being written; None where none is."""
    part = _part_at(text, cursor)
    if part is None or not part.key or cursor < part.value_start:
        return None
    key = part.key.casefold()
    return Wanted(key, _begun(text, part, cursor)) if key in BY_KEY else None


def choices_at(
    text: str, cursor: int, known: Mapping[str, Sequence[str]] | None = None
) -> list[Choice]:
    """How the query can go on at ``cursor`` (code points), at most MOST ways.

    Args:
        known: values of fields beside those that the table of fields has, best first.
    """
    part = _part_at(text, cursor)
    if part is None:
        return []
    if part.quoted and not part.key:
        return []
    wanted = wanted_at(text, cursor)
    if wanted is not None:
        values = (*BY_KEY[wanted.key].values, *(known or {}).get(wanted.key, ()))
        return _values(part, wanted, values)
    if part.key:
        return []
    begun = text[part.start + part.negated : cursor].casefold()
    sign = "-" if part.negated else ""
    return [
        Choice(f"{sign}{field.key}:", field.help, f"{sign}{field.key}:", part.start, part.end)
        for field in FIELDS
        if field.key.startswith(begun) and (begun or not text)
    ][:MOST]


def _part_at(text: str, cursor: int) -> Part | None:
    """The piece that ends at or holds the cursor; an empty one where nothing is there yet."""
    for part in parts_of(text):
        if part.start < cursor <= part.end:
            whole = part.quoted and part.closed and cursor == part.end
            return None if whole else part
    if cursor and not text[cursor - 1].isspace():
        return None
    return Part(start=cursor, end=cursor, value="", value_start=cursor)


def _begun(text: str, part: Part, cursor: int) -> str:
    return text[part.value_start : cursor].lstrip('"').casefold()


def _values(part: Part, wanted: Wanted, values: Iterable[str]) -> list[Choice]:
    begun = wanted.begun
    fitting = [value for value in dict.fromkeys(values) if begun in value.casefold()]
    fitting.sort(key=lambda value: not value.casefold().startswith(begun))
    field = BY_KEY[wanted.key]
    return [
        Choice(value, field.help, f"{quoted(value)} ", part.value_start, part.end)
        for value in fitting[:MOST]
        if value
    ]


def quoted(value: str) -> str:
    """``value`` as it can stand behind a key."""
    if value and not any(char.isspace() or char in '"\\' for char in value):
        return value
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
