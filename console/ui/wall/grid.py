"""Where tiles of one size stand in rows that fill a width. Pure; all measures are pixels."""

from msgspec import Struct, structs


class Grid(Struct, frozen=True):
    """``count`` tiles, at least ``least`` wide and ``height`` high, ``gap`` apart, in ``width``."""

    count: int
    width: int
    least: int
    height: int
    gap: int

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(1, (self.width - self.gap) // (self.least + self.gap))

    def widened(self, height: int, most: int) -> "Grid":
        """The same with tiles up to ``most`` wide, where all rows still fit into ``height``."""
        best = self
        for columns in range(self.columns - 1, 0, -1):
            least = (self.width - self.gap) // columns - self.gap
            wider = structs.replace(self, least=least)
            if least > most or wider.total > height:
                break
            best = wider
        return best

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return -(-self.count // self.columns)

    @property
    def pitch(self) -> int:
        """From the top of one row to the top of the next."""
        return self.height + self.gap

    @property
    def total(self) -> int:
        """The height of all rows with the gaps around them."""
        return self.rows * self.pitch + self.gap if self.count else 0

    def place(self, tile: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a tile; the tiles share the width among them."""
        row, column = divmod(tile, self.columns)
        room = self.width - self.gap
        left = self.gap + room * column // self.columns
        right = self.gap + room * (column + 1) // self.columns - self.gap
        return left, self.gap + row * self.pitch, right - left, self.height

    def at(self, x: int, y: int) -> int:
        """The tile at a point, or -1."""
        if not 0 <= x < self.width or y < 0:
            return -1
        row = (y - self.gap) // self.pitch
        for column in range(self.columns):
            tile = row * self.columns + column
            if row < 0 or tile >= self.count:
                return -1
            left, top, width, height = self.place(tile)
            if left <= x < left + width and top <= y < top + height:
                return tile
        return -1

    def between(self, top: int, bottom: int) -> range:
        """The tiles of the rows that ``top`` to ``bottom`` (without it) touch."""
        first = max(0, (top - self.gap) // self.pitch) * self.columns
        last = (max(0, bottom - self.gap - 1) // self.pitch + 1) * self.columns
        return range(min(first, self.count), min(last, self.count))

    def moved(self, tile: int, *, rows: int = 0, columns: int = 0) -> int:
        """The tile so many rows or columns from ``tile``; the same one where there is none.

        One column on from the end of a row is the beginning of the next.
        """
        wanted = tile + columns + rows * self.columns
        if rows > 0 and wanted >= self.count and tile // self.columns < self.rows - 1:
            return self.count - 1  # the last row is not full
        if 0 <= wanted < self.count:
            return wanted
        if abs(rows) > 1:  # a page: as far as it goes
            steps = tile // self.columns if rows < 0 else (self.count - 1 - tile) // self.columns
            return tile + (-steps if rows < 0 else steps) * self.columns
        return tile
