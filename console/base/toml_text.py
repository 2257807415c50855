"""TOML text as data, within bounds: how deep it nests and how large its whole numbers are.

``tomllib`` follows nested values by recursion and takes whole numbers of any size, which TOML keeps
to 64 bits (https://toml.io/en/v1.0.0#integer).
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from console.base.toml_map import Path, TomlMap

MAX_DEPTH = 64
NUMBER_BITS = 64

_END = 1 << (NUMBER_BITS - 1)
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]',
    re.DOTALL,
)
_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_DIGITS = re.compile(r"[0-9_]{4000,}")


class TomlRefusedError(ValueError):
    """A text is not TOML, or beyond the bounds. ``line``: where, from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


def toml_data(text: str) -> dict[str, Any]:
    """The tables of ``text``.

    Raises:
        TomlRefusedError: it is not TOML, nests deeper than MAX_DEPTH or holds a larger number.
    """
    _refuse_depth(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = _PLACE.search(said)
        line = int(found[1]) if found else text.count("\n") + 1
        sentence = said[: found.start()] if found else said.removesuffix(" (at end of document)")
        raise TomlRefusedError(line, f"{sentence}.") from error
    except RecursionError as error:
        raise TomlRefusedError(1, _too_deep()) from error
    except ValueError as error:  # Python makes no number of so many digits
        digits = _DIGITS.search(text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        raise TomlRefusedError(line, "A whole number has too many digits.") from error
    for path, value in _values(data):
        if len(path) > MAX_DEPTH:
            raise TomlRefusedError(_line(text, path[:1]), _too_deep())
        if isinstance(value, int) and not -_END <= value < _END:
            sentence = f"A whole number has more than {NUMBER_BITS} bits."
            raise TomlRefusedError(_line(text, path), sentence)
    return data


def _refuse_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        depth += sign in "[{"
        depth -= sign in "]}"
        if depth > MAX_DEPTH:
            raise TomlRefusedError(text.count("\n", 0, token.start()) + 1, _too_deep())


def _too_deep() -> str:
    return f"Values are nested more than {MAX_DEPTH} deep."


def _values(data: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every table, list and number with its path; below MAX_DEPTH nothing is looked at."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) > MAX_DEPTH:
            continue
        if isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in value.items() if _asked(each)]
        elif isinstance(value, list):
            waiting += [((*path, at), each) for at, each in enumerate(value) if _asked(each)]


def _asked(value: Any) -> bool:
    return isinstance(value, dict | list | int)


def _line(text: str, path: Path) -> int:
    places = TomlMap(text)
    starts = [
        span.start
        for found in (places.values, places.pairs, places.headers)
        for key, span in found.items()
        if key[: len(path)] == path
    ]
    return text.count("\n", 0, min(starts)) + 1 if starts else 1
