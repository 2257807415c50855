"""Pages of rows in the order and selection that the window wants."""

from array import array
from collections.abc import Iterable, Sequence

from console.engine.services.lab.columns import Columns
from console.engine.services.lab.row_file import RowFile
from console.protocol.lab import MAX_ROWS
from console.protocol.lab_runs import AskRows, RowFilter, RowOrder, RunRow, RunRows

MAX_PAGE_TEXT = 1_000_000
"""Code points of text in one page; 16 MiB a line is the protocol's limit."""


class Selection:
    """Remembers the selection asked for last: scrolling asks for the same again and again."""

    def __init__(self, rows: RowFile, columns: Columns) -> None:
        self._rows = rows
        self._columns = columns
        self._known: tuple[RowOrder, bool, RowFilter, int] | None = None
        self._numbers: Sequence[int] = ()

    def page(self, ask: AskRows) -> RunRows:
        """The rows that ``ask`` wants; fewer when their texts are very long."""
        numbers = self.numbers(ask.order, ask.descending, ask.only)
        start = max(0, ask.start)
        rows: list[RunRow] = []
        size = 0
        for at in numbers[start : start + min(max(0, ask.count), MAX_ROWS)]:
            rows.append(self._rows.row(at))
            size += len(rows[-1].text)
            if size > MAX_PAGE_TEXT:
                break
        return RunRows(
            request_id=ask.request_id,
            run_id=ask.run_id,
            start=start,
            total=len(numbers),
            rows=tuple(rows),
        )

    def numbers(self, order: RowOrder, descending: bool, only: RowFilter) -> Sequence[int]:
        """The numbers of the selected rows in their order."""
        wanted = (order, descending, only, len(self._columns))
        if wanted != self._known:
            self._numbers = self._select(order, descending, only)
            self._known = wanted
        return self._numbers

    def each(self, only: RowFilter) -> Iterable[RunRow]:
        """The selected rows, one by one, in the order of the source."""
        for at in self.numbers(RowOrder.INDEX, False, only):
            yield self._rows.row(at)

    def _select(self, order: RowOrder, descending: bool, only: RowFilter) -> Sequence[int]:
        found: Sequence[int] = range(len(self._columns))
        if only != RowFilter():
            found = array("I", self._columns.selected(only))
        if only.contains:
            part = only.contains.casefold()
            found = array("I", (at for at in found if part in self._rows.text(at).casefold()))
        if order is RowOrder.INDEX:
            return found[::-1] if descending else found
        # Sorting is stable and keeps the order of the source, also where it is turned round.
        key = self._columns.sort_key(order)
        return array("I", sorted(found, key=key, reverse=descending))
