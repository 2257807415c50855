"""What was said around an item that the transcript in memory does not hold any more."""

from PySide6.QtWidgets import QAbstractItemView, QWidget

from console.domain.item import Item
from console.domain.verdict import JudgedItem
from console.protocol.raised import Around, AskAround
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel

_READING = "Said long ago; it is read from the store."
_READ = "Said long ago; read from the store. Nothing comes in here."


class AroundPage(QWidget):
    """Lines of the store, read only, with the item among them marked."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._item: Item | None = None
        self.note = PlainLabel(_READING, ink="faint", wrap=True)
        self.model = CardLinesModel(context.session, self)
        self.lines = CardLines(self.model, context.theme, compact=False)
        self.lines.setAccessibleName("What was said around the item")
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        in_column(self.note, (self.lines, 1), owner=self, margins=(16, 4, 0, 0), spacing=4)

    def show_item(self, item: Item) -> None:
        """Show ``item`` alone at once, and what was said around it once that is read."""
        self._item = item
        self.note.show_text(_READING)
        self._show_lines((JudgedItem(item),))
        self._context.link.ask(AskAround(new_id(), item.item_id), self._on_answer)

    def _on_answer(self, answer: Around) -> None:
        if self._item is None or (answer.item_id and answer.item_id != self._item.item_id):
            return  # another item is shown since
        if answer.sentence or not answer.lines:
            self.note.show_text(answer.sentence or "Nothing of that time is in the store.")
            return
        self.note.show_text(_READ)
        self._show_lines(answer.lines)

    def _show_lines(self, lines: tuple[JudgedItem, ...]) -> None:
        item = self._item
        self.model.show_items(lines[::-1], item.cid if item else "")  # the oldest on top
        for row in range(self.model.rowCount()):
            if item is not None and self.model.entry(row).item.item_id == item.item_id:
                index = self.model.index(row)
                self.lines.setCurrentIndex(index)
                self.lines.scrollTo(index)
