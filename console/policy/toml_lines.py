"""On which line of a TOML text each value stands; ``tomllib`` does not tell.

Reads only texts that ``tomllib`` has accepted, so it checks nothing.
"""

import re
from bisect import bisect_right

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE_KEY = re.compile(r"[\w-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")


class TomlLines:
    """The line numbers, from 1, of the values of one TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read()

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest enclosing value that has one; at least 1."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def tables(self, path: Path) -> int:
        """How many tables the list of tables at ``path`` has."""
        if path in self._counts:
            return self._counts[path] + 1
        number = 0
        while (*path, number) in self._lines:
            number += 1
        return number

    def _here(self) -> int:
        return bisect_right(self._ends, self._at - 1) + 1

    def _skip(self, blank: re.Pattern[str]) -> None:
        match = blank.match(self._text, self._at)
        assert match is not None  # both patterns match the empty string
        self._at = match.end()

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _read(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Path:
        line = self._here()
        many = self._peek("[[")
        self._at += 2 if many else 1
        path = self._resolve(self._keys())
        self._at += 2 if many else 1
        if many:
            number = self._counts.get(path, -1) + 1
            self._counts[path] = number
            self._lines.setdefault(path, line)
            path = (*path, number)
        self._lines[path] = line
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
        self._value(self._key_of_pair(table))

    def _key_of_pair(self, table: Path) -> Path:
        line = self._here()
        path: Path = (*table, *self._keys())
        self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip(_INLINE_BLANK)
        return path

    def _value(self, path: Path) -> None:
        self._lines.setdefault(path, self._here())
        if self._peek("["):
            self._items(path)
        elif self._peek("{"):
            self._inline_table(path)
        else:
            match = _STRING.match(self._text, self._at) or _BARE_VALUE.match(self._text, self._at)
            self._at = max(match.end() if match else 0, self._at + 1)

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
