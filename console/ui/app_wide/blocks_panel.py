"""Whom the chosen person blocks: those cannot ring them any more, in the whole app."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from console.base.plain_text import visible
from console.protocol.app_wide import (
    AskUserBlocks,
    ChangeUserBlock,
    UserBlock,
    UserBlocksAnswer,
)
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.entry_field import EntryField
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.short_texts import count, moment
from console.ui.widgets.table_model import Column, TableModel

_NOBODY_CHOSEN = Blank("person", "Choose a person to see whom they block.")
_READING = Blank("hourglass", "Reading whom they block…")
_NOBODY = Blank("block", "They block nobody.")

COLUMNS = (
    Column[UserBlock]("Name", lambda block: visible(block.name)),
    Column[UserBlock]("Since", lambda b: moment(b.since), 124, key=lambda b: b.since),
)


class BlocksPanel(Panel):
    """Lists, blocks and unblocks for the one person who is chosen."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._user_id: str | None = None
        self._asked = ""
        self.model = TableModel(COLUMNS, self, row_tip=lambda block: block.user_id)
        self.table = self.rows = RowTable(self.model, "Blocked users", context.theme)
        self.table.setObjectName("user-blocks")
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._refresh())
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.blank, self.table)
        self.whose = PlainLabel(ink="dim", wrap=True)
        self.other = EntryField("Id of the user to be blocked", "Id of the user to be blocked")
        self.other.textChanged.connect(lambda _text: self._refresh())
        self.other.returnPressed.connect(self._block)
        self.other.left.connect(self.take_focus)
        self.block = QPushButton("Block for them")
        self.block.setAutoDefault(False)
        self.block.clicked.connect(self._block)
        self.unblock = QPushButton("Unblock")
        self.unblock.setAutoDefault(False)
        self.unblock.clicked.connect(self._unblock)
        self.words = PlainLabel(ink="warn", wrap=True)
        tail = in_column(
            in_row((self.other, 1), self.block, spacing=6),
            in_row(self.unblock, None, spacing=6),
            self.words,
            margins=(8, 6, 8, 8),
            spacing=6,
        )
        head = in_column(self.whose, margins=(8, 8, 8, 4))
        in_column(head, (self._stack, 1), tail, owner=self)
        context.controller.person_chosen.connect(self._on_person)
        context.session.cleared.connect(lambda: self._on_person(None))
        self._on_person(context.controller.target)

    def _on_person(self, target: Target | None) -> None:
        user_id = target.user_id if target else ""
        if user_id == self._user_id:
            return
        self._user_id = user_id
        self.words.show_text("")
        self.model.show_rows(())
        self._stack.setCurrentIndex(0)
        if target is None:
            self.whose.show_text("")
            self.blank.show_blank(_NOBODY_CHOSEN)
        else:
            self.whose.show_text(f"Blocked by {self._context.controller.called(target)}")
            self.blank.show_blank(_READING)
        self._asked = ""
        self._ask()
        self._refresh()

    def _ask(self) -> None:
        """Read whom they block, as soon as somebody looks."""
        if self.isVisible() and self._user_id and self._asked != self._user_id:
            self._asked = self._user_id
            self._context.link.ask(AskUserBlocks(new_id(), self._user_id), self._on_answer)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _on_answer(self, answer: UserBlocksAnswer) -> None:
        if answer.sentence:
            self.words.show_text(answer.sentence)
            self.blank.show_blank(Blank("lock", answer.sentence))
            self._refresh()
            return
        if answer.user_id != self._user_id:
            return
        self.words.show_text("")
        self.model.show_rows(answer.blocks)
        self.blank.show_blank(_NOBODY)
        self._stack.setCurrentIndex(1 if answer.blocks else 0)
        self.note_changed.emit(count(len(answer.blocks), "block") if answer.blocks else "")
        self._refresh()

    def _refresh(self) -> None:
        self.block.setEnabled(bool(self._user_id and self.other.text().strip()))
        self.unblock.setEnabled(self._chosen() is not None)

    def _chosen(self) -> UserBlock | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.row(rows[0].row()) if rows else None

    def _block(self) -> None:
        other = self.other.text().strip()
        if self._user_id and other:
            self._change(other, blocked=True)
            self.other.clear()

    def _unblock(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._change(chosen.user_id, blocked=False)

    def _change(self, other: str, *, blocked: bool) -> None:
        if self._user_id:
            question = ChangeUserBlock(new_id(), self._user_id, other, blocked)
            self._context.link.ask(question, self._on_answer)

    def sizeHint(self) -> QSize:
        return QSize(332, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)
