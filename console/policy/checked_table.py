"""A table of a policy file read value by value, so that all errors are found at once."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from console.base.toml_map import Path
from console.domain.results import PolicyError
from console.policy.toml_lines import TomlLines

MAX_NUMBER = 1e12
"""The largest number that anything in a policy may be."""
_PERIOD = re.compile(r"\d+(\.\d+)?(ms|s|m|h|d)")
_MISSPELT = 0.88  # of difflib: one letter wrong or missing, no more


class ErrorList:
    """The errors of one file, in the order in which they were found."""

    def __init__(self, place: str, text: str) -> None:
        self.errors: list[PolicyError] = []
        self._place = place
        self._text = text
        self._lines: TomlLines | None = None

    def add(self, path: Path, sentence: str) -> None:
        if self._lines is None:  # only now: it takes longer than reading the file
            self._lines = TomlLines(self._text)
        self.errors.append(PolicyError(self._place, self._lines.line(path), dotted(path), sentence))


def dotted(path: Path) -> str:
    """``("blocklists", 0, "words")`` as ``blocklists[0].words``."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out


class CheckedTable:
    """One table with its place; every ``take`` removes a key, ``close`` reports what is left."""

    def __init__(self, table: Any, path: Path, errors: ErrorList) -> None:
        self.path = path
        self._errors = errors
        self._rest = dict(table) if isinstance(table, dict) else {}
        self._keys = frozenset(self._rest)
        self._is_table = True
        if not isinstance(table, dict):
            self.complain("", f"expected a table, not {kind_of(table)}.")
            self._is_table = False

    def __contains__(self, key: str) -> bool:
        """Whether ``key`` is there and was not taken yet."""
        return key in self._rest

    def keys_left(self) -> tuple[str, ...]:
        """What was not taken yet."""
        return tuple(self._rest)

    def complain(self, key: str | int, sentence: str, *deeper: str | int) -> None:
        """Report ``sentence`` about the value of ``key``, or about the table itself."""
        if not self._is_table:
            return  # said already, and nothing else about it makes sense
        steps = (key,) if key != "" else ()
        self._errors.add((*self.path, *steps, *deeper), sentence)

    def text(self, key: str, default: str | None = "") -> str:
        """A string; None as default makes it required."""
        value = self._rest.pop(key, None)
        if value is None:
            if default is None:
                self.complain("", f"“{key}” is missing.")
            return default or ""
        if not isinstance(value, str):
            self.complain(key, f"expected text in quotes, not {kind_of(value)}.")
            return default or ""
        if default is None and not value.strip():
            self.complain(key, "must not be empty.")
        return value

    def truth(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._rest.pop(key, default)
        if isinstance(value, bool):
            return value
        self.complain(key, f"expected true or false, not {kind_of(value)}.")
        return default

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str:
        """One of ``choices``."""
        if default is not None and key not in self._rest:
            return default
        return self.picked(key, choices) or default or choices[0]

    def picked(self, key: str, choices: Sequence[str]) -> str:
        """One of ``choices``; required. Empty after a complaint."""
        value = self.text(key, None)
        if value and value not in choices:
            self.complain(key, f"“{value}” is unknown; expected one of {', '.join(choices)}.")
        return value if value in choices else ""

    def maybe_picked(self, key: str, choices: Sequence[str]) -> str:
        """One of ``choices``, or empty, as Stream writes what nobody chose."""
        if self._rest.get(key, "") == "":
            return str(self._rest.pop(key, ""))
        return self.picked(key, choices)

    def number(
        self, key: str, least: float = 0, most: float = MAX_NUMBER, *, whole: bool = True
    ) -> None:
        """Report what is no number from ``least`` to ``most``; nothing when absent."""
        value = self._rest.pop(key, None)
        if value is None:
            return
        ends = f"from {least:g} to {most:g}" if most < MAX_NUMBER else f"of at least {least:g}"
        kind = "a whole number" if whole and most == MAX_NUMBER else "a number"
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            self.complain(key, f"expected {kind} {ends}.")
        elif not least <= value <= most:
            self.complain(key, f"{value} is not {kind} {ends}.")

    def period(self, key: str) -> None:
        """Report what is neither seconds nor ``30s``, ``5m``, ``24h``; nothing when absent."""
        if not isinstance(self._rest.get(key), str):
            self.number(key, whole=False)
            return
        value = self.text(key)
        if value and not _PERIOD.fullmatch(value):
            self.complain(key, f"“{value}” is no time such as 30s, 5m or 24h.")

    def texts(self, key: str) -> tuple[str | None, ...]:
        """A list of strings; required. None stands for an item that was complained of."""
        value = self._rest.pop(key, None)
        if not isinstance(value, list):
            if value is None:
                self.complain("", f"“{key}” is missing.")
            else:
                self.complain(key, f"expected a list of texts, not {kind_of(value)}.")
            return ()
        for at, item in enumerate(value):
            if not isinstance(item, str):
                self.complain(key, f"expected text in quotes, not {kind_of(item)}.", at)
        return tuple(item if isinstance(item, str) else None for item in value)

    def tables(self, key: str) -> "list[CheckedTable]":
        """A list of tables; empty when absent."""
        value = self._rest.pop(key, [])
        if not isinstance(value, list):
            self.complain(key, f"expected a list of tables, not {kind_of(value)}.")
            return []
        return [
            CheckedTable(item, (*self.path, key, at), self._errors) for at, item in enumerate(value)
        ]

    def table(self, key: str) -> "CheckedTable | None":
        """A table, or None when absent."""
        if key not in self._rest:
            return None
        return self.nested(key, self._rest.pop(key))

    def nested(self, key: str, value: Any) -> "CheckedTable":
        """``value``, which was taken from ``key``, as a table of its own."""
        return CheckedTable(value, (*self.path, key), self._errors)

    def rest(self) -> dict[str, Any]:
        """The table ``rest``: what Stream has here and this program only hands on."""
        value = self._rest.pop("rest", {})
        if isinstance(value, dict):
            return value
        self.complain("rest", f"expected a table, not {kind_of(value)}.")
        return {}

    def whole(self, key: str) -> Any:
        """The value as it stands, unchecked; None when absent."""
        return self._rest.pop(key, None)

    def suspect(self, known: Sequence[str]) -> None:
        """Report keys that look like a misspelling of one of ``known``; others are Stream's own.

        For tables that are handed on as they stand: what is unknown here may well mean something.
        """
        for key in self._rest:
            missing = [each for each in known if each not in self._keys]
            if close := get_close_matches(key, missing, 1, _MISSPELT):
                self.complain(key, f"is unknown; did you mean “{close[0]}”?")

    def close(self, known: Sequence[str]) -> None:
        """Report every key that was not taken; ``known`` are the names that would have been."""
        for key in self._rest:
            close = get_close_matches(key, known, 1)
            self.complain(
                key, f"is unknown; did you mean “{close[0]}”?" if close else "is unknown here."
            )


def kind_of(value: object) -> str:
    """What ``value`` is, in TOML's words."""
    match value:
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case None:
            return "nothing"
        case _:
            return "a date"
