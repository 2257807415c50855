"""The text of a TOML file: on which line a value stands, and how a value is written.

Reads only texts that ``tomllib`` has accepted, so it checks nothing. Null has no word in TOML
(https://toml.io/en/v1.0.0) and is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit

from console.base.toml_map import Path, TomlMap


class TomlLines:
    """The line numbers, from 1, of the values of one TOML text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._starts = _starts(TomlMap(text))

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest enclosing value that has one; at least 1."""
        while path:
            if path in self._starts:
                return bisect_left(self._ends, self._starts[path]) + 1
            path = path[:-1]
        return 1


def _starts(places: TomlMap) -> dict[Path, int]:
    """Where each value begins to be written: with its header, its key, or itself."""
    starts: dict[Path, int] = {}
    for path, header in places.headers.items():
        if isinstance(path[-1], int):
            starts.setdefault(path[:-1], header.start)
        starts[path] = header.start
    for path, span in places.pairs.items():
        starts.setdefault(path, span.start)
    for path, span in places.values.items():
        starts.setdefault(path, span.start)
    return starts


_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 96


def toml_pairs(table: Mapping[str, Any]) -> list[str]:
    """One ``name = value`` for each entry."""
    return [
        f"{toml_key(name)} = {toml_value(each)}" for name, each in table.items() if each is not None
    ]


def toml_key(name: str) -> str:
    """``name``, quoted where it has to be."""
    return name if _BARE.fullmatch(name) else _text(name)


def toml_value(value: Any) -> str:
    """Text, numbers, dates, lists and tables (inline)."""
    match value:
        case str():
            return _text(value)
        case Mapping():
            return f"{{ {', '.join(toml_pairs(value))} }}" if value else "{}"
        case list() | tuple():
            return _items([each for each in value if each is not None])
        case _:
            return str(tomlkit.item(value).as_string())


def _items(items: Iterable[Any]) -> str:
    written = [toml_value(each) for each in items]
    if sum(map(len, written)) + 2 * len(written) <= _WIDTH // 2:
        return f"[{', '.join(written)}]"
    rows: list[str] = []
    for each in written:
        if rows and len(rows[-1]) + len(each) + 3 <= _WIDTH:
            rows[-1] += f" {each},"
        else:
            rows.append(f"  {each},")
    return "\n".join(("[", *rows, "]"))


def _text(text: str) -> str:
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"  # patterns stay readable
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    if char.isprintable() and char != "\ufffe":
        return char
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"  # TOML cannot carry half of a surrogate pair
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
