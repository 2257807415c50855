"""A policy written as a policy file; ``read_policy`` of it gives the policy back."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from console.policy.model import Policy
from console.policy.stream_config import to_stream

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 96


def write_policy(policy: Policy) -> str:
    """The TOML text of ``policy``. Values that TOML has no word for (null) are left out."""
    config, blocklists = to_stream(policy)
    lines = [
        f"{_key(name)} = {_value(value)}"
        for name, value in config.items()
        if not isinstance(value, Mapping) and value is not None
    ]
    for name, section in config.items():
        if isinstance(section, Mapping):
            lines += ["", f"[{_key(name)}]", *_pairs(section)]
    for wire in blocklists.values():
        lines += ["", "[[blocklists]]", *_pairs(wire)]
    for each in policy.semantic_filters:
        wire = {"name": each.name, "phrases": each.phrases, "label": each.label}
        lines += ["", "[[semantic_filters]]", *_pairs({**wire, "severity": each.severity})]
    return "\n".join(lines) + "\n"


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(each)}" for name, each in table.items() if each is not None]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
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
    return f"{{ {', '.join(_pairs(table))} }}" if table else "{}"


def _items(items: Iterable[Any]) -> str:
    written = [_value(each) for each in items]
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
