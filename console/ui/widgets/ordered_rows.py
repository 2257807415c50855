"""A list that orders and filters its own rows, and keeps them in place while held.

Sorting in the model and not in a QSortFilterProxyModel: one Python key per row instead of n log n
calls through a virtual method, and the hold decides over order and membership alike.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject

from console.ui.widgets.roles import Index


class OrderedRows(QAbstractListModel):
    """Rows named by keys. Subclasses give the wanted order and the data of a key.

    While held, rows keep their places: new ones come at the end, those that are over stay with
    ``Role.GONE``. Everything takes its place on ``release``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._gone: set[str] = set()
        self._holds: set[str] = set()
        self._stale = False

    @property
    def held(self) -> bool:
        """Whether rows keep their places now."""
        return bool(self._holds)

    @property
    def stale(self) -> bool:
        """Whether rows would move if they were released."""
        return self._stale

    def hold(self, reason: str = "pointer") -> None:
        """Keep every row in its place until each reason that was given is released."""
        self._holds.add(reason)

    def release(self, reason: str = "pointer") -> None:
        """End the hold for one reason; after the last one the rows take their places."""
        if reason not in self._holds:
            return
        self._holds.discard(reason)
        if not self._holds and self._stale:
            self.rearrange()

    def keys(self) -> Sequence[str]:
        """The keys in their order on the screen."""
        return tuple(self._keys)

    def key(self, row: int) -> str:
        """The key of a row; "" outside."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def row_of(self, key: str) -> int:
        """The row of a key, or -1."""
        return self._rows.get(key, -1)

    def rearrange(self) -> None:
        """Bring rows to the wanted order; while held, only let new ones in at the end."""
        wanted = self.wanted_keys()
        if self.held:
            self._hold_rows(wanted)
            return
        self._stale = False
        self._gone.clear()
        kept = set(wanted)
        self._remove([row for row, key in enumerate(self._keys) if key not in kept])
        if not self._keys:
            self._append(wanted)
            return
        new = [key for key in wanted if key not in self._rows]
        self._append(new)
        self._reorder(wanted)

    def touch(self, keys: Iterable[str]) -> None:
        """Repaint these rows, whose data changed."""
        rows = sorted(self._rows[key] for key in keys if key in self._rows)
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end] != rows[end - 1] + 1:
                first, last = rows[start], rows[end - 1]
                self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
                start = end

    def wanted_keys(self) -> list[str]:
        """All keys that pass the filter, in the order wanted now."""
        raise NotImplementedError

    def _hold_rows(self, wanted: list[str]) -> None:
        present = set(wanted)
        gone = {key for key in self._keys if key not in present}
        changed = gone ^ self._gone
        self._gone = gone
        self._append([key for key in wanted if key not in self._rows])
        self._stale = bool(gone) or self._keys != wanted
        self.touch(changed)

    def _append(self, keys: list[str]) -> None:
        if not keys:
            return
        first = len(self._keys)
        self.beginInsertRows(QModelIndex(), first, first + len(keys) - 1)
        self._keys.extend(keys)
        for row in range(first, len(self._keys)):
            self._rows[self._keys[row]] = row
        self.endInsertRows()

    def _remove(self, rows: list[int]) -> None:
        while rows:
            last = rows.pop()
            first = last
            while rows and rows[-1] == first - 1:
                first = rows.pop()
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._keys[first : last + 1]
            self._rows = {key: row for row, key in enumerate(self._keys)}
            self.endRemoveRows()

    def _reorder(self, wanted: list[str]) -> None:
        if self._keys == wanted:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        names = [self._keys[index.row()] for index in before]
        self._keys = wanted
        self._rows = {key: row for row, key in enumerate(wanted)}
        after = [self.index(self._rows[key], 0) for key in names]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)
