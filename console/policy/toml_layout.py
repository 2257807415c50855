"""Where in a TOML text each value, pair and table stands, so that one can be replaced alone."""

from msgspec import Struct

from console.policy.toml_lines import Path, TomlLines


class Stretch(Struct, frozen=True):
    """``text[start:end]``."""

    start: int
    end: int


class TomlLayout(TomlLines):
    """The layout of a text that ``tomllib`` has accepted.

    Attributes:
        values: of every value, item of a list, and inline table.
        pairs: from a key to the end of its value; ``inline`` holds those within braces.
        headers: from ``[`` to ``]`` of every table; ``ends``: the end of its last pair.
        counts: tables of each list of tables, less one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, Stretch] = {}
        self.pairs: dict[Path, Stretch] = {}
        self.inline: set[Path] = set()
        self.headers: dict[Path, Stretch] = {}
        self.ends: dict[Path, int] = {}
        self._depth = 0
        super().__init__(text)

    @property
    def counts(self) -> dict[Path, int]:
        """The number of the last table of each list of tables."""
        return self._counts

    def items(self, path: Path) -> list[Stretch]:
        """The items of the list that is the value at ``path``."""
        found: list[Stretch] = []
        while (at := (*path, len(found))) in self.values:
            found.append(self.values[at])
        return found

    def members(self, path: Path) -> list[Path]:
        """The pairs directly within the braces at ``path``, in order."""
        own = [each for each in self.inline if self._holder(each) == path]
        return sorted(own, key=lambda each: self.pairs[each].start)

    def _holder(self, path: Path) -> Path:
        """The braces that a pair stands in."""
        above = path[:-1]
        while above not in self.values:  # a dotted key
            above = above[:-1]
        return above

    def _header(self) -> Path:
        start = self._at
        path = super()._header()
        self.headers[path] = Stretch(start, self._at)
        self.ends[path] = self._at
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = self._key_of_pair(table)
        self._value(path)
        self.pairs[path] = Stretch(start, self.values[path].end)
        if self._depth:
            self.inline.add(path)
        else:
            self.ends[table] = self.values[path].end

    def _value(self, path: Path) -> None:
        start = self._at
        super()._value(path)
        written = self.text[start : self._at].rstrip()
        self.values[path] = Stretch(start, start + len(written))

    def _inline_table(self, path: Path) -> None:
        self._depth += 1
        super()._inline_table(path)
        self._depth -= 1

    def _items(self, path: Path) -> None:
        self._depth += 1
        super()._items(path)
        self._depth -= 1
