"""On which line of a TOML text each value stands; ``tomllib`` does not tell.

Reads only texts that ``tomllib`` has accepted, so it checks nothing.
"""

import re
from bisect import bisect_left

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

    def tables(self, path: Path) -> int:
        """How many tables the list of tables at ``path`` has."""
        number = 0
        while (*path, number) in self._starts:
            number += 1
        return number


def _starts(places: TomlMap) -> dict[Path, int]:
    """Where each value begins to be written: with its header, its key, or itself."""
    starts: dict[Path, int] = {}
    for table in places.tables[1:]:
        if isinstance(table.path[-1], int):
            starts.setdefault(table.path[:-1], table.head.start)
        starts[table.path] = table.head.start
    for path, span in places.pairs.items():
        starts.setdefault(path, span.start)
    for path, span in places.values.items():
        starts.setdefault(path, span.start)
    return starts
