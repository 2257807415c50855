"""Other sessions that one person spoke in, and what they said there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QStackedWidget, QWidget

from console.domain.about_person import PersonSession
from console.protocol.people import AskPersonSession, PersonCard, PersonSessionLines
from console.ui.people.card_lines import CardLines, CardLinesModel
from console.ui.people.card_words import session_line
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, tip
from console.ui.widgets.text_rows import TextRows

_SESSION = Qt.ItemDataRole.UserRole


class CardSessions(QStackedWidget):
    """A list of sessions; Enter or a click opens one, Esc or the button goes back."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._user_id = ""
        self._asked = ""
        self.list = TextRows("card-sessions", "Other sessions in which they spoke")
        self.list.itemClicked.connect(self._open)
        self.lines_model = CardLinesModel(context.session, self)
        self.lines = CardLines(self.lines_model, context.theme)
        self.lines.setAccessibleName("What they said in that session")
        self.title = ElidedLabel(ink="dim")
        self.back = push_button("Back", self.close_session, name="back-to-sessions")
        page = QWidget()
        head = in_row(self.back, (self.title, 1), margins=(8, 2, 8, 2))
        in_column(head, (self.lines, 1), owner=page)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close_session)
        self.addWidget(self.list)
        self.addWidget(page)

    def show_card(self, card: PersonCard | None) -> int:
        """The sessions of a card but the one that it shows itself; returns how many."""
        if card is None or card.user_id != self._user_id:
            self.close_session()
        self._user_id = card.user_id if card is not None else ""
        others = _others(card) if card is not None else []
        now = self._context.clock.now()
        at = self.list.currentRow()
        self.list.clear()
        for session in others:
            call = self._context.session.calls.get(session.cid)
            running = call is not None and call.session_id == session.session_id != ""
            row = QListWidgetItem(session_line(session, now, running=running))
            row.setData(_SESSION, session)
            row.setToolTip(tip("Enter shows what they said there."))
            self.list.addItem(row)
        self.list.setCurrentRow(min(at, len(others) - 1))
        return len(others)

    def open_session(self) -> str:
        """Show what they said in the session that is chosen; why not, in a sentence."""
        row = self.list.currentItem()
        if self.currentIndex() or row is None:
            return "There is no session to open here."
        self._open(row)
        return ""

    def close_session(self) -> None:
        """Back to the list."""
        self._asked = ""
        if self.currentIndex():
            self.setCurrentIndex(0)
            self.lines_model.show_items((), "")
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: QListWidgetItem) -> None:
        session: PersonSession = row.data(_SESSION)
        self.title.show_text(row.text())
        question = AskPersonSession(new_id(), session.cid, self._user_id, session.session_id)
        self._asked = question.request_id
        self._context.link.ask(question, self._on_lines)

    def _on_lines(self, answer: PersonSessionLines) -> None:
        if answer.request_id != self._asked:
            return
        if answer.sentence:
            self._context.controller.say(answer.sentence, "bad")
            return
        cid = answer.items[0].item.cid if answer.items else ""
        self.lines_model.show_items(answer.items, cid)
        had_focus = self.list.hasFocus()
        self.setCurrentIndex(1)
        if had_focus:
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)


def _others(card: PersonCard) -> Sequence[PersonSession]:
    shown = (card.cid, card.session_id)
    return [each for each in card.sessions if (each.cid, each.session_id) != shown]
