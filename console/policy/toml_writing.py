"""Values written as TOML (https://toml.io/en/v1.0.0); null has no word there and is left out."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

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
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case float() if not math.isfinite(value):
            return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
        case int() | float():
            return repr(value)
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case Mapping():
            return _inline(value)
        case _:
            return _items([each for each in value if each is not None])


def _inline(table: Mapping[str, Any]) -> str:
    return f"{{ {', '.join(toml_pairs(table))} }}" if table else "{}"


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
