"""What is known of one person besides their state: said, other sessions, done to them, notes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from console.protocol.people import PersonCard
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.people.card_notes import CardNotes
from console.ui.people.card_sessions import CardSessions
from console.ui.people.card_words import done_line
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.row_moves import NO_ROWS
from console.ui.widgets.text_rows import TextRows

LEAST_LINES = 72
"""Pixels of what they said that stay in sight, however low the window is."""
SAID, SESSIONS, DONE, NOTES = range(4)


class CardTabs(QWidget):
    """Four pages about one person. ``whom`` gives the user id whose card is shown."""

    def __init__(self, context: WindowContext, whom: Callable[[], str]) -> None:
        super().__init__()
        self._context = context
        self.bar = QTabBar()
        self.bar.setAccessibleName("Said, other sessions, done to them, or notes")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        for _ in range(4):
            self.bar.addTab("")
        self.said = CardLinesModel(context.session, self)
        self.sessions = CardSessions(context)
        self.done = TextRows("card-done", "What was done to them")
        self.done.setToolTip(tip("Enter shows the evidence of what was done."))
        self.notes = CardNotes(context, whom)
        lines = CardLines(self.said, context.theme)
        self._pages = stacked(lines, self.sessions, self.done, self.notes)
        self._pages.setMinimumHeight(LEAST_LINES)
        self.bar.currentChanged.connect(self._pages.setCurrentIndex)
        in_column(self.bar, (self._pages, 1), owner=self)
        self.show_card(None)

    def take_focus(self) -> None:
        """Put the keyboard on the tabs."""
        self.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_card(self, card: PersonCard | None) -> None:
        """Show what ``card`` knows; nothing for None."""
        self.said.show_card(card)
        others = self.sessions.show_card(card)
        self.done.clear()
        now = self._context.clock.now()
        acts = card.acts if card is not None else ()
        self.done.addItems([done_line(progress, now) for progress in reversed(acts)])
        notes = card.notes if card is not None else ()
        self.notes.show_notes(notes)
        said = self.said.rowCount()
        counts = (
            (SAID, "Said", said, "What they said and wrote in this session"),
            (SESSIONS, "Earlier", others, "Other sessions in which they spoke"),
            (DONE, "Done", len(acts), "What was done to them, by whom and why"),
            (NOTES, "Notes", len(notes), "What moderators wrote about them"),
        )
        for tab, title, many, help_text in counts:
            self.bar.setTabText(tab, f"{title} {many}" if many else title)
            self.bar.setTabToolTip(tab, help_text)

    def step(self, by: int) -> str:
        """Move the current row of the page that is shown."""
        shown = {SESSIONS: self.sessions.list, DONE: self.done, NOTES: self.notes.list}
        rows = shown.get(self.bar.currentIndex())
        return "" if rows is not None and rows.step(by) else NO_ROWS

    def activate(self) -> str:
        """Go deeper into the current row."""
        if self.bar.currentIndex() == SESSIONS:
            return self.sessions.open_session()
        if self.bar.currentIndex() == DONE and self.done.count():
            self._context.commands.run("evidence.show")
            return ""
        return "There is nothing more to see behind a row of this list."

    def write_note(self) -> None:
        """Show the notes and put the keyboard into the field for a new one."""
        self.bar.setCurrentIndex(NOTES)
        self.notes.write()
