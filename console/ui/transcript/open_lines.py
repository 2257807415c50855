"""The open items among the lines of a transcript: walked by key, and decided about."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from console.base.plain_text import visible
from console.domain.raised import RaisedItem
from console.ui.state.entries import ItemEntry
from console.ui.state.raised_order import neighbour
from console.ui.state.raised_words import NO_OTHER, NOTHING_OPEN
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_list import TranscriptList
from console.ui.transcript.transcript_model import TranscriptModel


class OpenLines(QObject):
    """Belongs to one transcript. ``show_line`` goes to a line of any call (cid, item id)."""

    def __init__(
        self,
        context: WindowContext,
        rows: TranscriptList,
        model: TranscriptModel,
        show_line: Callable[[str, str], None],
    ) -> None:
        super().__init__(rows)
        self._context = context
        self._list = rows
        self._model = model
        self._show_line = show_line
        rows.selectionModel().currentChanged.connect(self.choose)
        context.session.raised.changed.connect(self._on_raised_changed)

    def next(self, by: int) -> str:
        """To the next open item in this transcript, around its end, or else in another call."""
        raised = self._context.session.raised
        if not raised.count():
            return NOTHING_OPEN
        row = self._row(by) if self._list.isVisible() else -1
        if row >= 0:
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._list.go_to(row)
            return ""
        desk = self._context.desk
        return self._go_to_other_call(neighbour(raised.open_ones(), desk.me, {*desk.chosen}, by))

    def choose(self) -> None:
        """The keys of decisions are for the current line."""
        entry = self._model.entry(self._list.currentIndex().row())
        raised = isinstance(entry, ItemEntry) and self._context.session.raised.find(
            entry.item.item_id
        )
        self._context.desk.choose((raised.item_id,) if raised else (), self)

    def leave(self) -> None:
        """The transcript is not in sight any more."""
        self._context.desk.leave(self)

    def _row(self, by: int) -> int:
        current = self._list.currentIndex()
        start = current.row() if current.isValid() else -1
        if by < 0:
            return self._model.open_before(start)
        return self._model.open_after(start if start >= 0 else self._list.last_visible_row())

    def _go_to_other_call(self, one: RaisedItem | None) -> str:
        if one is None:
            return NO_OTHER
        if self._context.session.history.line(one.item_id) is None:
            self._context.desk.item_wanted.emit(one.item_id)
            return ""
        self._show_line(one.item.cid, one.item_id)
        call = self._context.session.call(one.item.cid)
        self._context.controller.say(f"In {visible(call.name if call else one.item.cid)}.")
        return ""

    def _on_raised_changed(self) -> None:
        # The current line may have been raised since.
        if self._list.isVisible() and self._list.currentIndex().isValid():
            self.choose()
