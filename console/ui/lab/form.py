"""The policy as a form: its key, its sections as tables with cards, and what else is in it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.domain.policy_form import SectionForm
from console.protocol.lab import AskWords, Edit, ListWords, PolicySummary
from console.ui.lab.document import PolicyDocument
from console.ui.lab.section_page import SectionPage
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme


class PolicyForm(Surface):
    """Changes single values of the text; everything else of it stays as its author wrote it.

    Signals:
        text_wanted: show the text, where the errors are.
        undo_wanted: take back the last step.
    """

    text_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        super().__init__()
        self._document, self._link, self._theme = document, link, theme
        self.warning = Surface("warn")
        self._wrong = PlainLabel(ink="warn", wrap=True)
        self.undo = push_button("Undo", self.undo_wanted.emit)
        self.show_text = push_button("Show in the text", self.text_wanted.emit)
        self.key = line_field("Key of the policy", "custom:captions")
        self.key.editingFinished.connect(self._set_key)
        self._described: dict[str, SectionForm] = {}
        self.pages = _Pages(self._make_page)
        """By the key of the section, each made when it is asked for. What the engine has not
        described has none."""
        self.parts = Segments((), "Show of the policy")
        self.parts.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        self.notes = PlainLabel(ink="dim", wrap=True)
        self._body = QWidget()
        self._lay_out()
        document.checked.connect(self.refresh)
        self.refresh()

    def show_part(self, key: str) -> None:
        """Show the section with this key."""
        self.parts.choose(key)
        self._stack.setCurrentWidget(self.pages[key])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_chosen()

    def take_focus(self) -> None:
        """Let keys go to the table that is shown."""
        if (page := self.pages.get(self.parts.key())) is not None:
            page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show what the engine last made of the text."""
        summary = self._document.summary
        errors = self._document.errors
        self.warning.setVisible(bool(errors))
        if errors:
            more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
            self._wrong.show_text(f"The text has an error: {errors[0].sentence}{more}")
        self._body.setEnabled(summary is not None and not errors)
        if summary is None or errors:
            return
        if not self.key.hasFocus():
            self.key.setText(summary.key)
        self._offer(summary)
        for key, page in self.pages.items():
            page.show_form(self._described[key])
        if self.isVisible():
            self._show_chosen()
        self.notes.show_text(_notes(summary))
        self.notes.setVisible(bool(self.notes.text()))

    def _lay_out(self) -> None:
        label = PlainLabel("Key", ink="dim")
        label.setBuddy(self.key)
        self.notes.setContentsMargins(16, 4, 16, 10)
        in_column(
            in_row(label, (self.key, 1), self.parts, margins=(16, 10, 16, 10), spacing=12),
            (self._stack, 1),
            self.notes,
            owner=self._body,
        )
        in_row(
            (self._wrong, 1), self.undo, self.show_text, owner=self.warning, margins=(16, 8, 16, 8)
        )
        in_column(self.warning, (self._body, 1), owner=self)

    def _offer(self, summary: PolicySummary) -> None:
        for form in summary.sections:
            if form.key not in self._described:
                self.parts.offer(form.key, form.title)
                self.parts.button(form.key).setToolTip(tip(form.help))
            self._described[form.key] = form

    def _show_chosen(self) -> None:
        if (key := self.parts.key()) in self._described:
            self.show_part(key)

    def _make_page(self, key: str) -> SectionPage:
        form = self._described[key]
        page = SectionPage(form, self._theme)
        page.edit_wanted.connect(self._document.edit)
        page.lines_wanted.connect(lambda name: self._ask_words(page, name))
        self._stack.addWidget(page)
        page.show_form(form)
        return page

    def _set_key(self) -> None:
        summary, key = self._document.summary, self.key.text().strip()
        if summary is not None and key and key != summary.key:
            self._document.edit(Edit(("key",), "set", key))

    def _ask_words(self, page: SectionPage, name: str) -> None:
        def answered(answer: ListWords) -> None:
            if not answer.sentence:
                page.card.show_lines(name, answer.words)

        self._link.ask(AskWords(new_id(), self._document.policy(), name), answered)


class _Pages(dict[str, SectionPage]):
    def __init__(self, make: Callable[[str], SectionPage]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> SectionPage:
        page = self[key] = self._make(key)
        return page


def _notes(summary: PolicySummary) -> str:
    lines = []
    if summary.needs_stream:
        lines.append(
            f"Kept for Stream, which alone judges them: {', '.join(summary.needs_stream)}."
        )
    lines += [note for note in summary.notes if not any(n in note for n in summary.needs_stream)]
    return "\n".join(lines)
