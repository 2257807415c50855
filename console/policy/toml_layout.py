"""The layout of a TOML text as edits need it: what stands where, and what holds it."""

from console.base.toml_map import Path, Span, TomlMap


class TomlLayout(TomlMap):
    """The layout of a text that ``tomllib`` has accepted.

    Attributes:
        headers: from ``[`` to ``]`` of every table. ends: the end of each table's last pair.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.headers: dict[Path, Span] = {table.path: table.head for table in self.tables[1:]}
        self.ends: dict[Path, int] = {
            table.path: table.end for table in self.tables if table.path or table.end
        }

    def items(self, path: Path) -> list[Span]:
        """The items of the list that is the value at ``path``."""
        found: list[Span] = []
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
