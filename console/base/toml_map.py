"""Where every value of a TOML text stands, so that one value can be changed and the rest kept.

Reads only texts that ``tomllib`` accepts, so it checks nothing. Offsets are code points.
"""

import re
from typing import NamedTuple

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE_KEY = re.compile(r"[\w-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")


class Span(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


class TomlMap:
    """The places in one text.

    Attributes:
        values: path to the span of the value. pairs: path to the span of ``key = value``.
        headers: path to the span of the header of each table, in their order; with the number of
            the table where there are several: ``("blocklists", 2)``.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Path, int] = {}
        self.values: dict[Path, Span] = {}
        self.pairs: dict[Path, Span] = {}
        self.headers: dict[Path, Span] = {}
        self._read()

    def _skip(self, blank: re.Pattern[str]) -> None:
        match = blank.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _read(self) -> None:
        path: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._peek("["):
                start = self._at
                path = self._header()
                self.headers[path] = Span(start, self._at)
            else:
                self._pair(path)
            self._skip(_BLANK)

    def _header(self) -> Path:
        many = self._peek("[[")
        self._at += 2 if many else 1
        path = self._resolve(self._keys())
        self._at += 2 if many else 1
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            return (*path, self._counts[path])
        return path

    def _resolve(self, keys: list[str]) -> Path:
        """Header keys as a path: below an array of tables its last table is meant."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path])
        return (*path, keys[-1])

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_INLINE_BLANK)
            match = _STRING.match(self._text, self._at) or _BARE_KEY.match(self._text, self._at)
            if match is None:
                return keys or [""]
            self._at = match.end()
            keys.append(match.group().strip("\"'"))
            self._skip(_INLINE_BLANK)
            if not self._peek("."):
                return keys
            self._at += 1

    def _pair(self, table: Path) -> None:
        start = self._at
        path: Path = (*table, *self._keys())
        self._at += 1  # the equals sign
        self._skip(_INLINE_BLANK)
        self._value(path)
        self.pairs[path] = Span(start, self._at)

    def _value(self, path: Path) -> None:
        start = self._at
        if self._peek("["):
            self._items(path)
        elif self._peek("{"):
            self._inline_table(path)
        else:
            match = _STRING.match(self._text, self._at)
            if match is not None:
                self._at = match.end()
            else:
                bare = _BARE_VALUE.match(self._text, self._at)
                written = bare.group().rstrip() if bare else ""
                self._at += max(1, len(written))
        self.values[path] = Span(start, self._at)

    def _items(self, path: Path) -> None:
        self._at += 1
        number = 0
        self._skip(_BLANK)
        while self._at < len(self._text) and not self._peek("]"):
            self._value((*path, number))
            number += 1
            self._skip(_BLANK)
            if self._peek(","):
                self._at += 1
                self._skip(_BLANK)
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while self._at < len(self._text) and not self._peek("}"):
            self._pair(path)
            self._skip(_BLANK)
            if self._peek(","):
                self._at += 1
                self._skip(_BLANK)
        self._at += 1
