"""The left side of the lab: the policy as text or as a form, and what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton

from console.protocol.lab import AskVocabulary, Vocabulary
from console.ui.lab.document import PolicyDocument
from console.ui.lab.editor import PolicyEditor
from console.ui.lab.entries import place_of
from console.ui.lab.find_bar import FindBar
from console.ui.lab.form import PolicyForm
from console.ui.lab.pages import FORM, TEXT
from console.ui.lab.problem_list import ProblemList
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.chip import Chip
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme

TAB_HINT = "Tab indents. Escape leaves the text, and F6 goes to the other side."


class PolicyPane(Surface):
    """Text and form are two views of the same document."""

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self.editor = PolicyEditor(theme)
        self.form = PolicyForm(document, link, theme)
        self.find_bar = FindBar(self.editor, theme)
        self.problems = ProblemList(theme)
        self.views = Segments(((TEXT, "Text"), (FORM, "Form")), "Show the policy as")
        self.hint = PlainLabel(TAB_HINT, ink="dim")
        self.hint.setContentsMargins(16, 4, 16, 4)
        self.hint.hide()
        self.name = ElidedLabel()
        self.name.strengthen(1.1)
        self.folder = ElidedLabel(ink="faint")
        self.folder.strengthen(0.9, bold=False)
        self.state = Chip(theme, "", "")
        self._live: str | None = None
        self.use = QPushButton("Use live…")
        self.use.setObjectName("use-live")
        self.use.setAccessibleName("Use this policy live")
        self.use.setToolTip(tip("Lets it judge your calls; shows first what changes."))
        self.stack = stacked(self.editor, self.form)
        self._lay_out()
        self._connect()
        link.ask(AskVocabulary(new_id()), self._on_vocabulary)

    def _on_vocabulary(self, answer: Vocabulary) -> None:
        self.editor.vocabulary = answer

    def show_view(self, view: str) -> None:
        """``text`` or ``form``."""
        self.views.choose(view)
        self.stack.setCurrentIndex(1 if view == FORM else 0)
        if view == FORM:
            self.find_bar.hide()
            self.form.take_focus()
        else:
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.problems.setVisible(view == TEXT and bool(self._document.errors))

    def show_live(self, text: str | None) -> None:
        """The text that judges live; None while it is not known."""
        self._live = text
        self._show_file()

    def begin_find(self) -> None:
        """Find in the text."""
        self.show_view(TEXT)
        self.find_bar.begin()

    def show_entry(self, rule: str, entry: str) -> bool:
        """Select an entry of the list called ``rule``; whether it is in the text."""
        place = place_of(self._document.text, rule, entry)
        if place is None:
            return False
        self.show_view(TEXT)
        self.editor.select(place.start, place.end)
        return True

    def go_to_next_problem(self) -> None:
        """Put the cursor at the next error in the text."""
        count = len(self.editor.marks)
        if not count:
            return
        self.show_view(TEXT)
        row = (self.problems.list.currentRow() + 1) % count
        here = self.editor.textCursor().blockNumber() + 1
        if here != self.editor.marks[self.problems.list.currentRow()].error.line:
            row = max(0, self.problems.list.currentRow())
        self.problems.list.setCurrentRow(row)
        self.editor.go_to_mark(row)

    def _lay_out(self) -> None:
        head = Surface("header")
        title = in_column(self.name, self.folder)
        in_row(
            (title, 1),
            (self.state, 0, Qt.AlignmentFlag.AlignVCenter),
            self.views,
            self.use,
            owner=head,
            margins=(16, 4, 12, 4),
        )
        in_column(head, self.find_bar, (self.stack, 1), self.hint, self.problems, owner=self)

    def _connect(self) -> None:
        document = self._document
        self.views.chosen.connect(self.show_view)
        self.editor.textChanged.connect(self._on_typed)
        self.editor.entered_by_key.connect(self.hint.setVisible)
        document.begun.connect(self._begin)
        document.text_wanted.connect(self.editor.replace_text)
        document.checked.connect(self._on_checked)
        document.file_changed.connect(self._show_file)
        self.problems.chosen.connect(self.editor.go_to_mark)
        self.find_bar.closed.connect(lambda: self.editor.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form.text_wanted.connect(self._show_first_problem)
        self.form.undo_wanted.connect(self.editor.undo)
        if document.text:  # it began before there was anything to show it
            self._begin(document.text)
            self._on_checked()
        self._show_file()

    def _begin(self, text: str) -> None:
        self.editor.setPlainText(text)
        self.editor.moveCursor(QTextCursor.MoveOperation.Start)

    def _on_typed(self) -> None:
        self._document.set_text(self.editor.toPlainText())
        self._show_file()

    def _on_checked(self) -> None:
        errors = self._document.errors
        self.editor.show_errors(errors)
        self.problems.show_errors(errors)
        if self.views.key() == FORM:
            self.problems.hide()
        self._show_state()

    def _show_first_problem(self) -> None:
        self.show_view(TEXT)
        self.editor.go_to_mark(0)

    def _show_file(self) -> None:
        document = self._document
        self.name.show_text(f"{document.name}{' •' if document.modified else ''}")
        where = "not saved yet" if document.modified else "the built-in default"
        if document.path is not None:
            where = str(document.path.parent)
        live = self._live is not None and self._live == document.text
        self.folder.show_text(f"judges live · {where}" if live else where)
        self._show_state()

    def _show_state(self) -> None:
        document = self._document
        count = len(document.errors)
        if count:
            words = "1 error" if count == 1 else f"{count} errors"
            self.state.show_state(
                "remove", words, "bad", "Results come from the last version without errors."
            )
        elif document.good:
            self.state.show_state("check", "no errors", "good", "Results come from this text.")
        else:
            self.state.show_state("hourglass", "checking", "text_faint")
