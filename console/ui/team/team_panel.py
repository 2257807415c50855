"""Who of the team is there, what they did lately, and the sheet for the next shift."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidgetItem

from console.domain.names import plain_name
from console.domain.team import Colleague, Told
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.team.colleagues_delegate import COLLEAGUE, ColleaguesDelegate
from console.ui.team.team_words import place_words, status_words, told_line
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, split
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.row_moves import NO_ROWS
from console.ui.widgets.short_texts import count
from console.ui.widgets.text_rows import TextRows

SHOWN = 300
"""Rows of what was done lately."""


class TeamPanel(Panel):
    """Enter on a colleague shows the call that they look at."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self.status = PlainLabel(ink="dim", wrap=True)
        self.status.setObjectName("team-status")
        show_sheet = context.commands.action("session.handover").trigger
        self.sheet = push_button("Hand-over sheet…", show_sheet, name="show-handover")
        self.people = TextRows("team-people", "Colleagues")
        self.people.setSpacing(0)
        self.people.setViewportMargins(0, 0, 0, 0)
        self.lately = TextRows("team-lately", "What the team did lately")
        self.people.setItemDelegate(ColleaguesDelegate(context.theme, self.people))
        self.people.itemDoubleClicked.connect(self._go_to)
        head = in_row((self.status, 1), self.sheet, margins=(12, 6, 12, 6))
        both = split(Qt.Orientation.Horizontal, (self.people, 2), (self.lately, 3))
        in_column(head, (both, 1), owner=self)
        team = context.session.team
        team.changed.connect(self._show)
        team.told.connect(self._add)
        context.session.calls_changed.connect(self._show)
        context.session.cleared.connect(self.lately.clear)
        self._show()
        self._add(tuple(team.lately))

    def take_focus(self) -> None:
        shown = self.people if self.people.count() else self.sheet
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> str:
        rows = self.lately if self.lately.hasFocus() else self.people
        return "" if rows.step(by) else NO_ROWS

    def activate(self) -> str:
        row = self.people.currentItem()
        if row is None or not self.people.hasFocus():
            return "There is nothing more to see behind a row of this list."
        return self._go_to(row)

    def _call_name(self, cid: str) -> str:
        call = self._context.session.call(cid)
        return call.name if call else cid

    def _show(self) -> None:
        session = self._context.session
        words, ink = status_words(session.team.now)
        self.status.show_text(words)
        self.status.set_ink(ink)
        colleagues, me = session.team.now.colleagues, session.state.user_id
        known = [self.people.item(row).data(COLLEAGUE) for row in range(self.people.count())]
        at = self.people.currentRow()
        lines = [self._line(one, me) for one in colleagues]
        texts = [self.people.item(row).text() for row in range(self.people.count())]
        if lines != texts or list(colleagues) != known:
            self.people.clear()
            for colleague, line in zip(colleagues, lines, strict=True):
                row = QListWidgetItem(line)
                row.setData(COLLEAGUE, colleague)
                row.setToolTip(tip("Enter shows the call that they look at."))
                self.people.addItem(row)
            self.people.setCurrentRow(min(at, len(lines) - 1))
        others = sum(one.user_id != me for one in colleagues)
        self.note_changed.emit(count(others, "colleague") if session.team.now.joined else "")

    def _line(self, colleague: Colleague, me: str) -> str:
        name = plain_name(colleague.name, colleague.user_id)
        return f"{name}\n{place_words(colleague, me, self._call_name)}"

    def _add(self, told: tuple[Told, ...]) -> None:
        for each in told[-SHOWN:]:
            self.lately.insertItem(0, told_line(each))
        while self.lately.count() > SHOWN:
            self.lately.takeItem(self.lately.count() - 1)

    def _go_to(self, row: QListWidgetItem) -> str:
        colleague: Colleague = row.data(COLLEAGUE)
        if not colleague.cid or self._context.session.call(colleague.cid) is None:
            return "They look at no call that is known here."
        self._context.controller.choose_call(colleague.cid)
        return ""

    def sizeHint(self) -> QSize:
        return QSize(900, 190)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 90)
