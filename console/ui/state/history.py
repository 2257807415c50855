"""The bounded memory of the window: every entry once, in order of arrival. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct, structs

from console.domain.item import Item, same_words
from console.domain.verdict import Source, Verdict, counts_more, outlasts, with_earlier_stages
from console.protocol.to_window import Gap, Notice
from console.ui.state.entries import Entry, GapEntry, ItemEntry, NoticeEntry, spans_of

CAPACITY = 50_000

FIRST = 1
"""The serial of the entry that came first; what was put before it has smaller ones."""

E = TypeVar("E", ItemEntry, NoticeEntry, GapEntry)


class Tally(Struct):
    """Counts since the sign-in. Replayed lines are in none.

    Attributes:
        lines: different items heard. own: those of them that Stream did not send as words.
        revised: lines whose text changed later.
        duplicated: lines that came again unchanged; shown once all the same.
        strays: verdicts of lines the window does not hold.
        trimmed: entries dropped because the memory is full. trimmed_lines: of these, new lines.
    """

    lines: int = 0
    own: int = 0
    revised: int = 0
    duplicated: int = 0
    strays: int = 0
    trimmed: int = 0
    trimmed_lines: int = 0


class History:
    """Entries by serial and by item id."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._entries: dict[int, Entry] = {}
        self._serial_of: dict[str, int] = {}
        self._next = FIRST
        self._first = FIRST
        self._horizon = 0.0
        self.tally = Tally()

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def line(self, item_id: str) -> ItemEntry | None:
        """The line with this id, if it is still held."""
        serial = self._serial_of.get(item_id)
        entry = self._entries.get(serial) if serial is not None else None
        return entry if isinstance(entry, ItemEntry) else None

    def lines(self) -> Iterator[ItemEntry]:
        """All lines, oldest first."""
        return (entry for entry in self._entries.values() if isinstance(entry, ItemEntry))

    def actions(self) -> Counter[str]:
        """How many of the new lines have which recommended action now."""
        return Counter(
            line.verdict.action
            for line in self.lines()
            if line.verdict is not None and not line.replay
        )

    def judged(self, kind: str) -> int:
        """How many of the new lines of this kind have their deciding verdict."""
        return sum(
            1
            for line in self.lines()
            if line.item.kind == kind and not line.replay and not line.waiting
        )

    def of_kind(self, kind: str) -> int:
        """How many of the new lines are of this kind."""
        return sum(1 for line in self.lines() if line.item.kind == kind and not line.replay)

    def waiting(self) -> int:
        """How many of the new lines have no deciding verdict yet."""
        return sum(1 for line in self.lines() if line.waiting and not line.replay)

    def hear(
        self, item: Item, *, replay: bool, before: str = "", marks_only: bool = False
    ) -> tuple[ItemEntry | None, bool]:
        """Take in one item; ``before`` and ``marks_only`` as in JudgedItem.

        Returns its entry and whether it is new; the entry is None when nothing changed.
        """
        known = self.line(item.item_id)
        if known is not None:
            if not known.replay:  # what was heard here first, and captioned later
                self.tally.own -= not known.item.by_stream and item.by_stream
            if item.revision > known.item.revision:
                self.tally.revised += 1
                before = before or known.item.text
                return self._put(structs.replace(known, item=item, marked=(), before=before)), False
            marked = item.revision == known.item.revision and item.body != known.item.body
            if marked and same_words(item.body, known.item.body):
                return self._put(structs.replace(known, item=item)), False
            if not replay:
                self.tally.duplicated += 1
            return None, False
        if marks_only or (replay and item.received_at <= self._horizon):
            return None, False
        entry = self._put(ItemEntry(serial=self._take(), item=item, replay=replay, before=before))
        self._serial_of[item.item_id] = entry.serial
        self.tally.lines += not replay
        self.tally.own += not replay and not item.by_stream
        return entry, True

    def put_before(self, items: Sequence[Item]) -> list[ItemEntry]:
        """Take in items, oldest first, that are older than all that is held; returns the new ones.

        Their serials are below those of all others.
        """
        new = [item for item in items if item.item_id not in self._serial_of]
        self._first -= len(new)
        entries = [
            ItemEntry(serial=serial, item=item, replay=True)
            for serial, item in enumerate(new, self._first)
        ]
        self._entries = {entry.serial: entry for entry in entries} | self._entries
        self._serial_of |= {entry.item.item_id: entry.serial for entry in entries}
        return entries

    def notice_before(self, notice: Notice) -> NoticeEntry:
        """Take in a notice about all that is held."""
        self._first -= 1
        entry = NoticeEntry(serial=self._first, notice=notice)
        before: dict[int, Entry] = {entry.serial: entry}
        self._entries = before | self._entries
        return entry

    def judge(self, verdict: Verdict) -> tuple[ItemEntry, ItemEntry] | None:
        """Take in one verdict; returns the line before and after, or None when nothing changed."""
        line = self.line(verdict.item_id)
        if line is None:
            self.tally.strays += 1
            return None
        if verdict.revision < line.item.revision or not counts_more(line.verdict, verdict):
            return None
        if line.verdict is not None and outlasts(line.verdict, verdict):
            verdict = structs.replace(line.verdict, provisional=False)
        if line.verdict is not None and line.verdict.revision == verdict.revision:
            verdict = with_earlier_stages(verdict, line.verdict)
        marked = spans_of((verdict,)) or line.marked
        return line, self._put(structs.replace(line, verdict=verdict, marked=marked))

    def change_line(self, line: ItemEntry) -> ItemEntry:
        """Put ``line``, which is held, in the place of its earlier self."""
        return self._put(line)

    def carry(self, before: Verdict | None, after: Verdict) -> list[ItemEntry]:
        """Note in earlier lines where matches of ``after`` begin; returns the lines that changed.

        What ``before``, an earlier verdict of the same line, noted goes, unless only who judged
        is another: then the words are the same.
        """
        later = after.item_id
        wanted = {each.item: each for match in after.matches for each in match.earlier}
        if before is not None and (
            after.source is Source.LOCAL or after.revision != before.revision
        ):
            known = {each.item for match in before.matches for each in match.earlier}
        else:
            known = set()
        changed: list[ItemEntry] = []
        for item_id in dict.fromkeys((*known, *wanted)):
            line = self.line(item_id)
            if line is None:
                continue
            noted = tuple(each for each in line.carried_on if each[0] != later)
            if item_id in wanted:
                noted += ((later, wanted[item_id]),)
            if noted != line.carried_on:
                changed.append(self._put(structs.replace(line, carried_on=noted)))
        return changed

    def notice(self, notice: Notice) -> NoticeEntry:
        """Take in one event."""
        return self._put(NoticeEntry(serial=self._take(), notice=notice))

    def gap(self, gap: Gap) -> GapEntry:
        """Take in one gap."""
        return self._put(GapEntry(serial=self._take(), gap=gap))

    def change_gap(self, entry: GapEntry) -> GapEntry:
        """Put ``entry`` in the place of its earlier self, if that is still held."""
        return self._put(entry) if entry.serial in self._entries else entry

    def trim(self) -> list[Entry]:
        """Drop what is over the capacity, oldest first, and return it.

        Waits until it is over by a fiftieth: dropping many at once costs a view no more than one.
        """
        dropped: list[Entry] = []
        if len(self._entries) <= self._capacity + self._capacity // 50:
            return dropped
        while len(self._entries) > self._capacity:
            serial = next(iter(self._entries))
            entry = self._entries.pop(serial)
            dropped.append(entry)
            if isinstance(entry, ItemEntry):
                del self._serial_of[entry.item.item_id]
                self.tally.trimmed_lines += not entry.replay
                if serial >= FIRST:
                    self._horizon = max(self._horizon, entry.item.received_at)
        self.tally.trimmed += len(dropped)
        return dropped

    def clear(self) -> None:
        """Forget everything, as for another account; serials go on."""
        self._entries.clear()
        self._serial_of.clear()
        self._horizon = 0.0
        self.tally = Tally()

    def _take(self) -> int:
        serial = self._next
        self._next += 1
        return serial

    def _put(self, entry: E) -> E:
        self._entries[entry.serial] = entry
        return entry
