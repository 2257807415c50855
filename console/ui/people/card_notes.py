"""The notes about one person: read, written and taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QWidget

from console.domain.about_person import MAX_NOTE, Note
from console.protocol.people import Remembered, RemoveNote, WriteNote
from console.ui.people.card_words import note_line
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.text_rows import TextRows

_NOTE_ID = Qt.ItemDataRole.UserRole


class CardNotes(QWidget):
    """A list, newest first, and a field below it.

    ``whom`` gives the user id of the person whose card is shown; "" for nobody.
    """

    def __init__(self, context: WindowContext, whom: Callable[[], str]) -> None:
        super().__init__()
        self._context = context
        self._whom = whom
        self._notes: dict[str, Note] = {}
        self.list = TextRows("card-notes", "Notes")
        self.field = EntryField("Write a note, Enter keeps it", "A new note")
        self.field.setObjectName("new-note")
        self.field.left.connect(self.list.setFocus)
        self.field.setMaxLength(MAX_NOTE)
        self.field.returnPressed.connect(self._write)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        in_column((self.list, 1), self.field, owner=self, margins=(0, 0, 0, 6), spacing=4)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these, which come oldest first."""
        chosen = self._chosen()
        self._notes = {note.note_id: note for note in notes}
        self.list.clear()
        now = self._context.clock.now()
        for note in reversed(notes):
            row = QListWidgetItem(note_line(note, now))
            row.setData(_NOTE_ID, note.note_id)
            row.setToolTip(tip(f"{note.text}\nDelete takes this note back."))
            self.list.addItem(row)
            if note.note_id == chosen:
                self.list.setCurrentItem(row)

    def write(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chosen(self) -> str:
        row = self.list.currentItem()
        return str(row.data(_NOTE_ID)) if row is not None else ""

    def _write(self) -> None:
        text, user_id = self.field.text().strip(), self._whom()
        if not text or not user_id:
            return
        self.field.clear()
        done = partial(self._on_written, text)
        self._context.link.ask(WriteNote(new_id(), user_id, text), done)

    def _on_written(self, text: str, answer: Remembered) -> None:
        if not answer.sentence:
            return
        self._context.controller.say(f"The note was not kept: {answer.sentence}", "bad")
        if not self.field.text():
            self.field.setText(text)

    def _remove(self) -> None:
        note = self._notes.get(self._chosen())
        if note is None:
            return
        if not self.field.text():  # so that a slip of the hand costs no words
            self.field.setText(note.text)
        self._context.link.ask(RemoveNote(new_id(), note.note_id), self._on_removed)

    def _on_removed(self, answer: Remembered) -> None:
        if answer.sentence:
            self._context.controller.say(answer.sentence, "bad")
        else:
            self._context.controller.say("The note was taken back; its text is in the field.")
