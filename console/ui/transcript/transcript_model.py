"""The transcript of one call or of all: rows come once a frame, and wait while somebody reads."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from console.ui.state.entries import (
    Entry,
    FoldedEntry,
    ItemEntry,
    NoticeEntry,
    Row,
    concerns,
)
from console.ui.state.history import FIRST
from console.ui.state.session_state import SessionState
from console.ui.transcript.folded_rows import folded, is_coming
from console.ui.transcript.row_facts import RowFacts
from console.ui.transcript.row_text import entry_spoken, entry_text
from console.ui.widgets.folding import fold
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.timers import one_shot

FRAME_MS = 16
MAX_IN_A_FRAME = 1000


def _serial(entry: Row) -> int:
    return entry.serial


class TranscriptModel(QAbstractListModel):
    """Entries of the history that pass the filter, in order of arrival.

    While held, rows keep their places: new entries wait and are counted, lines that stop passing
    the filter stay, nothing is trimmed. Verdicts still change in place.

    Signals:
        pending_changed: how many new lines wait.
        filter_changed: the call or the filter is another one.
    """

    pending_changed = Signal(int)
    filter_changed = Signal()

    def __init__(self, session: SessionState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.facts = RowFacts(session)
        self.by_begin = False
        """Rows tell when a line began, not when it ended."""
        self._cid = ""
        self._raised_only = False
        self._show_notices = True
        self._rows: list[Row] = []
        self._opened: set[int] = set()
        self._incoming: list[Entry] = []
        self._waiting: list[Entry] = []
        self._held = False
        self._trim_below = 0
        self._frame = one_shot(FRAME_MS, self)
        self._frame.timeout.connect(self._flush)
        session.entries_added.connect(self._on_entries_added)
        session.entries_changed.connect(self._on_entries_changed)
        session.entries_trimmed.connect(self._on_entries_trimmed)
        session.raised.changed.connect(self._on_raised_changed)
        session.cleared.connect(self._reset)
        self._reset()

    @property
    def cid(self) -> str:
        """Whose transcript; "" for all calls."""
        return self._cid

    @property
    def raised_only(self) -> bool:
        """Whether lines that the policy keeps are hidden."""
        return self._raised_only

    @property
    def held(self) -> bool:
        """Whether new entries wait."""
        return self._held

    @property
    def pending_count(self) -> int:
        """How many new lines wait."""
        return sum(1 for entry in self._waiting if isinstance(entry, ItemEntry))

    def set_cid(self, cid: str) -> None:
        """Show the transcript of ``cid``, or of all calls for ""; ends a hold."""
        if cid != self._cid:
            self._cid = cid
            self._reset()

    def set_raised_only(self, on: bool) -> None:
        """Hide what the policy keeps, and events; ends a hold."""
        if on != self._raised_only:
            self._raised_only = on
            self._reset()

    def set_show_notices(self, on: bool) -> None:
        """Show or hide events that are not speech; ends a hold."""
        if on != self._show_notices:
            self._show_notices = on
            self._reset()

    def hold(self) -> None:
        """The reader looks back: let new entries wait."""
        self._flush_all()
        self._held = True

    def release(self) -> None:
        """The reader is at the end again: insert what waited."""
        if not self._held:
            return
        self._held = False
        waiting, self._waiting = self._waiting, []
        self._remove_failing()
        self._insert(waiting)
        if self._trim_below:
            self._on_entries_trimmed(self._trim_below)
        if waiting:
            self.pending_changed.emit(0)

    def let_in(self, fits: Callable[[Entry], bool]) -> None:
        """Show below the last row what waits, oldest first, while ``fits`` says so of the next.

        For a list whose rows do not fill it: no row moves by that, so the hold goes on.
        """
        newest = self._rows[-1].serial if self._rows else 0
        shown: list[Entry] = []
        for entry in tuple(self._waiting):
            if entry.serial <= newest:
                continue  # its place is between rows, and would move them
            if not fits(entry):
                break
            self._waiting.remove(entry)
            self._append([entry])
            shown.append(entry)
        if shown:
            self._session.entries_shown.emit(tuple(shown))
            self.pending_changed.emit(self.pending_count)

    def open(self, row: int) -> bool:
        """Show one by one who came and went in a row; False where it is one row anyway."""
        entry = self.entry(row)
        if not isinstance(entry, FoldedEntry):
            return False
        self._opened |= {member.serial for member in entry.members}
        self._remove(row, row)
        self.beginInsertRows(QModelIndex(), row, row + len(entry.members) - 1)
        self._rows[row:row] = entry.members
        self.endInsertRows()
        return True

    def entry(self, row: int) -> Row | None:
        """The entry of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of_line(self, item_id: str) -> int:
        """The row of a line, or -1."""
        line = self._session.history.line(item_id)
        return self._row_of(line.serial) if line else -1

    def open_after(self, row: int) -> int:
        """The first row after ``row`` that holds an open item, else the first before it; or -1."""
        return self._search((*range(row + 1, len(self._rows)), *range(max(0, row))))

    def open_before(self, row: int) -> int:
        """The last row before ``row`` that holds an open item, else the last after it; or -1."""
        rows = len(self._rows)
        row = row if row >= 0 else rows
        return self._search((*range(row - 1, -1, -1), *range(rows - 1, row, -1)))

    def find(self, text: str, row: int, *, backwards: bool = False) -> int:
        """The nearest row beyond ``row`` whose text holds ``text``, once around; -1 for none."""
        wanted = fold(text)
        count = len(self._rows)
        if not wanted or not count:
            return -1
        step = -1 if backwards else 1
        for distance in range(1, count + 1):
            place = (row + step * distance) % count
            if wanted in fold(entry_text(self._rows[place], self.facts.who(self._rows[place]))):
                return place
        return -1

    def _search(self, rows: Iterable[int]) -> int:
        return next((row for row in rows if self.facts.is_open(self._rows[row])), -1)

    def _on_raised_changed(self, item_ids: tuple[str, ...]) -> None:
        if not item_ids and self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        for row in map(self.row_of_line, item_ids):
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _passes(self, entry: Row) -> bool:
        if not concerns(entry, self._cid):
            return False
        if isinstance(entry, ItemEntry):
            return entry.raised or not self._raised_only
        if isinstance(entry, NoticeEntry | FoldedEntry):
            return not self._raised_only and (self._show_notices or not is_coming(entry))
        return True

    def _row_of(self, serial: int) -> int:
        row = bisect_left(self._rows, serial, key=_serial)
        return row if row < len(self._rows) and self._rows[row].serial == serial else -1

    def _on_entries_added(self, entries: tuple[Entry, ...]) -> None:
        mine = [entry for entry in entries if self._passes(entry)]
        older = [entry for entry in mine if entry.serial < FIRST]
        if older:  # whoever reads back wants them now, and no row that they look at moves
            self.beginInsertRows(QModelIndex(), 0, len(older) - 1)
            self._rows[:0] = older
            self.endInsertRows()
            mine = mine[len(older) :]
        if not mine:
            return
        if self._held:
            self._wait(mine)
            return
        self._incoming += mine
        if not self._frame.isActive():
            self._flush()

    def _flush(self) -> None:
        if not self._incoming:
            return
        batch = self._incoming[:MAX_IN_A_FRAME]
        del self._incoming[:MAX_IN_A_FRAME]
        self._frame.start()
        self._insert(batch)
        self._session.entries_shown.emit(tuple(batch))

    def _flush_all(self) -> None:
        while self._incoming:
            self._flush()

    def _wait(self, entries: list[Entry]) -> None:
        self._waiting = sorted(
            {entry.serial: entry for entry in (*self._waiting, *entries)}.values(), key=_serial
        )
        self.pending_changed.emit(self.pending_count)

    def _insert(self, entries: list[Entry]) -> None:
        newest = self._rows[-1].serial if self._rows else 0
        late = [entry for entry in entries if entry.serial < newest]
        for entry in late:
            row = bisect_left(self._rows, entry.serial, key=_serial)
            if self._rows[row].serial == entry.serial:
                continue
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, entry)
            self.endInsertRows()
        fresh = [entry for entry in entries if entry.serial > newest]
        if fresh:
            self._append(fresh)

    def _append(self, fresh: list[Entry]) -> None:
        """Add to the end; who comes and goes joins the last row, if that is of the same sort."""
        last = self._rows[-1] if self._rows else None
        rows = self._fold(fresh, last)
        if last is not None and rows and rows[0].serial == last.serial:
            self._rows[-1] = rows.pop(0)
            index = self.index(len(self._rows) - 1)
            self.dataChanged.emit(index, index)
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def _fold(self, entries: Iterable[Entry], last: Row | None = None) -> list[Row]:
        """The rows of ``entries``; the first takes the place of ``last`` where it joined it."""
        rows: list[Row] = []
        for entry in entries:
            before = rows[-1] if rows else last
            together = folded(before, entry, self._opened) if before is not None else None
            if together is None:
                rows.append(entry)
            elif rows:
                rows[-1] = together
            else:
                rows.append(together)
        return rows

    def _on_entries_changed(self, lines: tuple[Entry, ...]) -> None:
        late: list[Entry] = []
        for line in lines:
            passes = self._passes(line)
            row = self._row_of(line.serial)
            if row >= 0:
                self._rows[row] = line
                if passes or self._held:
                    index = self.index(row)
                    self.dataChanged.emit(index, index)
                else:
                    self._remove(row, row)
                continue
            if passes and not self._changed_unshown(line):
                late.append(line)
        if late and self._held:
            self._wait(late)
        elif late:
            self._insert(late)
            self._session.entries_shown.emit(tuple(late))

    def _changed_unshown(self, line: Entry) -> bool:
        """Put ``line`` in the place of its earlier self among those that are no rows yet."""
        for entries in (self._incoming, self._waiting):
            place = bisect_left(entries, line.serial, key=_serial)
            if place < len(entries) and entries[place].serial == line.serial:
                entries[place] = line
                return True
        return False

    def _on_entries_trimmed(self, smallest: int) -> None:
        for entries in (self._incoming, self._waiting):
            del entries[: bisect_left(entries, smallest, key=_serial)]
        if self._held:
            self._trim_below = smallest
            return
        self._trim_below = 0
        over = bisect_left(self._rows, smallest, key=_serial)
        if over:
            self._remove(0, over - 1)

    def _remove_failing(self) -> None:
        for row in range(len(self._rows) - 1, -1, -1):
            if not self._passes(self._rows[row]):
                self._remove(row, row)

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._rows[first : last + 1]
        self.endRemoveRows()

    def _reset(self) -> None:
        fresh = self._incoming
        self.beginResetModel()
        self._held = False
        self._trim_below = 0
        self._incoming, self._waiting = [], []
        self._opened.clear()
        self._rows = self._fold(filter(self._passes, self._session.history))
        self.endResetModel()
        self.filter_changed.emit()
        self.pending_changed.emit(0)
        if shown := tuple(entry for entry in fresh if self._row_of(entry.serial) >= 0):
            self._session.entries_shown.emit(shown)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        facts = self.facts
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry_text(entry, facts.who(entry))
            case Qt.ItemDataRole.AccessibleTextRole:
                call_name = "" if self._cid else facts.call_name(entry)
                watched = "watched, " if facts.watched(entry) else ""
                said = entry_spoken(
                    entry, call_name, facts.who(entry), facts.became(entry), by_begin=self.by_begin
                )
                return watched + said
            case Role.ENTRY:
                return entry
            case Role.TARGET:
                return facts.target(entry)
            case Role.WHO:
                return facts.who(entry)
            case Role.WATCHED:
                return facts.watched(entry)
            case Role.CALL_NAME:
                return facts.call_name(entry)
            case Role.MARK:
                return facts.mark(entry)
            case _:
                return None
