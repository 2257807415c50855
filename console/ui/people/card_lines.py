"""What one person said, with verdicts, in the look of the transcript."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from console.base.plain_text import visible
from console.domain.verdict import JudgedItem
from console.protocol.people import PersonCard
from console.ui.state.entries import ItemEntry, spans_of
from console.ui.state.session_state import SessionState
from console.ui.transcript.row_facts import RowFacts
from console.ui.transcript.row_text import entry_spoken
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_list import RowList
from console.ui.widgets.theme import Theme


class CardLinesModel(QAbstractListModel):
    """The lines of one card, newest first."""

    def __init__(self, session: SessionState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facts = RowFacts(session)
        self._lines: list[ItemEntry] = []
        self._serials: dict[str, int] = {}
        self._numbers = count(1)
        self._cid = ""
        session.raised.changed.connect(self._on_raised_changed)

    def show_card(self, card: PersonCard | None) -> None:
        """The lines of ``card``; none for None."""
        if card is None:
            self.show_items((), "")
        else:
            self.show_items(card.items, card.cid)

    def show_items(self, items: Sequence[JudgedItem], cid: str) -> None:
        """These lines, which come oldest first; those of ``cid`` do not name their call."""
        self.beginResetModel()
        self._cid = cid
        # The delegate keeps layouts by serial, so a number must never stand for two lines.
        known = self._serials
        ids = [judged.item.item_id for judged in items]
        self._serials = {key: known.get(key) or next(self._numbers) for key in ids}
        self._lines = [
            ItemEntry(
                serial=self._serials[judged.item.item_id],
                item=judged.item,
                verdict=judged.standing,
                marked=spans_of(judged.verdicts),
            )
            for judged in reversed(items)
        ]
        self.endResetModel()

    def raised_count(self) -> int:
        """How many of the lines a moderator should look at."""
        return sum(line.raised for line in self._lines)

    def entry(self, row: int) -> ItemEntry:
        """The line of a row."""
        return self._lines[row]

    def _on_raised_changed(self, item_ids: tuple[str, ...]) -> None:
        shown = [row for row, line in enumerate(self._lines) if line.item.item_id in item_ids]
        for row in shown if item_ids else range(len(self._lines)):
            self.dataChanged.emit(self.index(row), self.index(row))

    def _call_name(self, entry: ItemEntry) -> str:
        """The name of another call than the card's; "" for the card's own."""
        if entry.item.cid == self._cid:
            return ""
        call = self._session.call(entry.item.cid)
        return visible(call.name if call else entry.item.cid)

    def _who(self, entry: ItemEntry) -> str:
        item = entry.item
        return self._session.names.shown(item.cid, item.author_id, item.author_name)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        entry = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(entry.item.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                became = self._facts.became(entry)
                return entry_spoken(entry, self._call_name(entry), self._who(entry), became)
            case Role.ENTRY:
                return entry
            case Role.WHO:
                return self._who(entry)
            case Role.MARK:
                return self._facts.mark(entry)
            case Role.CALL_NAME:
                return self._call_name(entry)
            case _:
                return None


class CardLines(RowList):
    """Shows a CardLinesModel. ``compact``: one person said everything, so rows do not name them."""

    def __init__(
        self,
        model: CardLinesModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        compact: bool = True,
    ) -> None:
        super().__init__(parent)
        self._lines = model
        self._delegate = TranscriptDelegate(theme, lambda _kind: "", quick=(), parent=self)
        self._delegate.compact = compact
        self._delegate.set_font(self.font())
        self.setObjectName("card-lines")
        self.setAccessibleName("What they said")
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setModel(model)

    def estimate_rows(self, first: int, last: int) -> list[int]:
        entries = (self._lines.entry(row) for row in range(first, last + 1))
        return self._delegate.estimate(entries, self._width())

    def measure_row(self, row: int) -> int:
        return self._delegate.height(self._lines.entry(row), self._width())

    def _width(self) -> int:
        return max(120, self.viewport().width())

    def reset(self) -> None:
        super().reset()
        self._at_end = False
        self.verticalScrollBar().setValue(0)
