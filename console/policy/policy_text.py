"""A policy written as a policy file; ``read_policy`` of it gives the policy back."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from console.policy.model import Policy
from console.policy.policy_file import PLAIN_KEYS, SECTIONS
from console.policy.stand_in import without_stand_ins
from console.policy.stream_config import to_wire

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 96


def write_policy(policy: Policy) -> str:
    """The TOML text of ``policy``. Values that TOML has no word for (null) are left out."""
    lines = [f"key = {_text(policy.key)}"]
    tables: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in policy.sections.items():
        if name in SECTIONS:
            tables[name] = value
        elif name in PLAIN_KEYS and value is not None:
            lines.append(f"{name} = {_value(value)}")
        elif name not in PLAIN_KEYS:
            rest[name] = value
    lines += ["", "[block_list_config]", *_pairs(_section(policy))]
    for name, section in tables.items():
        lines += ["", f"[{_key(name)}]", *_pairs(section or {})]
    if rest:
        lines += ["", "[rest]", *_pairs(rest)]
    for each in without_stand_ins(policy.blocklists):
        wire = to_wire(each)
        known = {key: value for key, value in wire.items() if key not in each.rest}
        lines += ["", "[[blocklists]]", *_pairs(_with_rest(known, each.rest))]
    for phrases in policy.semantic_filters:
        lines += ["", "[[semantic_filters]]", *_pairs(msgspec.structs.asdict(phrases))]
    return "\n".join(lines) + "\n"


def _section(policy: Policy) -> dict[str, Any]:
    section: dict[str, Any] = {
        "enabled": policy.block_list_enabled,
        "match_substring": policy.match_substring,
        "rules": [
            _with_rest(
                {"name": rule.name, "action": rule.action}
                | ({"team": rule.team} if rule.team else {}),
                rule.rest,
            )
            for rule in policy.block_list_rules
        ],
    }
    rest = dict(policy.block_list_rest)
    if isinstance(rest.get("async"), bool):
        section["async"] = rest.pop("async")
    return _with_rest(section, rest)


def _with_rest(table: dict[str, Any], rest: Mapping[str, Any]) -> dict[str, Any]:
    return {**table, "rest": rest} if rest else table


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
