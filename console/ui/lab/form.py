"""The policy as a form: its key, its lists and harms with their rules, and what else is in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.protocol.lab import AskWords, Edit, ListWords
from console.protocol.lab_summary import PolicySummary
from console.ui.lab import form_edits
from console.ui.lab.document import PolicyDocument
from console.ui.lab.harms_page import HarmsPage
from console.ui.lab.images_page import ImagesPage
from console.ui.lab.list_card import ListCard
from console.ui.lab.lists_columns import COLUMNS
from console.ui.lab.meanings_page import MeaningsPage
from console.ui.lab.rules_page import RulesPage
from console.ui.lab.segments import Segments
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.card_room import CardRoom
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme

LISTS, MEANINGS, HARMS, IMAGES = "lists", "meanings", "harms", "images"
_PARTS = {
    LISTS: "Words, patterns, domains and addresses (block_list_config)",
    MEANINGS: "Texts that mean what seed phrases mean (automod_semantic_filters_config)",
    HARMS: "Harms of a text, by severity (ai_text_config)",
    IMAGES: "What pictures show (ai_image_config)",
}

_NO_LIST = Blank(
    "search",
    "No list yet. A list says which words, patterns, domains or addresses count, and a rule what "
    "happens then.",
)


class PolicyForm(QFrame):
    """Changes single values of the text; everything else of it stays as its author wrote it.

    Signals:
        text_wanted: show the text, where the errors are.
        undo_wanted: take back the last step.
    """

    text_wanted = Signal()
    undo_wanted = Signal()

    def __init__(
        self,
        document: PolicyDocument,
        link: EngineLink,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._link = document, link
        self._wanted_list = ""
        self.setProperty("surface", "panel")
        self.warning = _Warning()
        self.warning.show_text.clicked.connect(self.text_wanted)
        self.warning.undo.clicked.connect(self.undo_wanted)
        self.key = QLineEdit()
        self.key.setAccessibleName("Key of the policy")
        self.key.setPlaceholderText("custom:captions")
        self.key.editingFinished.connect(self._set_key)
        self.enabled_box = QCheckBox("Lists count")
        self.enabled_box.toggled.connect(
            lambda on: self._edit(Edit(("block_list_config", "enabled"), "set", on))
        )
        self.substring_box = QCheckBox("Inside words too")
        self.substring_box.toggled.connect(
            lambda on: self._edit(Edit(("block_list_config", "match_substring"), "set", on))
        )
        self.add = QPushButton("Add list")
        self.add.clicked.connect(self._add)
        self.model = TableModel(COLUMNS, self)
        self.table = RowTable(self.model, "Lists of the policy", theme)
        self.table.setObjectName("policy-lists")
        self.card = ListCard()
        self.card.edits_wanted.connect(lambda edits: self._edit(*edits))
        self.card.words_wanted.connect(self._ask_words)
        self._room = CardRoom(self.card)
        self.meanings, self.harms = MeaningsPage(theme), HarmsPage(theme)
        self.images = ImagesPage(theme)
        self._rules: dict[str, RulesPage] = {
            MEANINGS: self.meanings,
            HARMS: self.harms,
            IMAGES: self.images,
        }
        for page in self._rules.values():
            page.edits_wanted.connect(lambda edits: self._edit(*edits))
        named = (LISTS, "Lists"), (MEANINGS, "Meanings"), (HARMS, "Harms"), (IMAGES, "Images")
        self.parts = Segments(named, "Show of the policy")
        for part, words in _PARTS.items():
            self.parts.button(part).setToolTip(tip(words))
        self.parts.chosen.connect(self.show_part)
        self._pages = QStackedWidget()
        self.notes = PlainLabel(ink="dim", wrap=True)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_card())
        self._body = QWidget()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self.blank = BlankPage(theme, low=True)
        self.blank.show_blank(_NO_LIST)
        self._lay_out()
        document.checked.connect(self.refresh)
        self.refresh()

    def show_part(self, part: str) -> None:
        """``lists``, ``meanings``, ``harms`` or ``images``."""
        self.parts.choose(part)
        self._pages.setCurrentIndex((LISTS, *self._rules).index(part))

    def take_focus(self) -> None:
        """Let keys go to the table that is shown."""
        page = self._rules.get(self.parts.key())
        table = page.table if page is not None else self.table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show what the engine last made of the text."""
        summary = self._document.summary
        wrong = bool(self._document.errors)
        self.warning.setVisible(wrong)
        if wrong:
            self.warning.tell(self._document.errors[0].sentence, len(self._document.errors))
        self._body.setEnabled(summary is not None and not wrong)
        if summary is None or wrong:
            return
        if not self.key.hasFocus():
            self.key.setText(summary.key)
        for box, on in (
            (self.enabled_box, summary.block_list_enabled),
            (self.substring_box, summary.match_substring),
        ):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        row = self.table.currentIndex().row()
        self.model.change_rows(summary.lists)
        wanted = self.model.find(lambda listed: listed.name == self._wanted_list)
        if wanted >= 0:
            self._wanted_list = ""
            row = wanted
        if self.model.rowCount():
            row = min(max(0, row), self.model.rowCount() - 1)
            if row != self.table.currentIndex().row():
                self.table.selectRow(row)
        self._show_card()
        for page in self._rules.values():
            page.show_summary(summary)
        self.notes.show_text(_notes(summary))
        self.notes.setVisible(bool(self.notes.text()))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(12)
        label = PlainLabel("Key", ink="dim")
        label.setBuddy(self.key)
        top.addWidget(label)
        top.addWidget(self.key, 1)
        top.addWidget(self.parts)
        switches = QHBoxLayout()
        switches.setContentsMargins(16, 0, 16, 10)
        switches.setSpacing(12)
        switches.addWidget(self.enabled_box)
        switches.addWidget(self.substring_box)
        switches.addStretch(1)
        switches.addWidget(self.add)
        split = self._split
        split.addWidget(self.table)
        split.addWidget(self._room)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(switches)
        column.addWidget(split, 1)
        column.addWidget(self.blank, 1)
        self._pages.addWidget(lists)
        for page in self._rules.values():
            self._pages.addWidget(page)
        body.addLayout(top)
        body.addWidget(self._pages, 1)
        self.notes.setContentsMargins(16, 4, 16, 10)
        body.addWidget(self.notes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.warning)
        whole.addWidget(self._body, 1)

    def _show_card(self) -> None:
        summary = self._document.summary
        if summary is None:
            return
        listed = self.model.row(self.table.currentIndex().row())
        self._room.setVisible(listed is not None)
        empty = self.model.rowCount() == 0
        self._split.setVisible(not empty)
        self.blank.setVisible(empty)
        self.card.show_list(summary, listed)

    def _edit(self, *edits: Edit) -> None:
        self._document.edit(*edits)

    def _set_key(self) -> None:
        summary, key = self._document.summary, self.key.text().strip()
        if summary is not None and key and key != summary.key:
            self._edit(Edit(("key",), "set", key))

    def _add(self) -> None:
        summary = self._document.summary
        if summary is not None:
            self._wanted_list = form_edits.free_name(summary, "new list")
            self._edit(*form_edits.new_list(summary, self._wanted_list))

    def _ask_words(self, name: str) -> None:
        def answered(answer: ListWords) -> None:
            if not answer.sentence:
                self.card.show_words(name, answer.words)

        self._link.ask(AskWords(new_id(), self._document.policy(), name), answered)


class _Warning(QFrame):
    """Why the form cannot be used now, and the two ways out."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "warn")
        self._words = PlainLabel(ink="warn", wrap=True)
        self.show_text = QPushButton("Show in the text")
        self.undo = QPushButton("Undo")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.show_text)
        self.hide()

    def tell(self, sentence: str, count: int) -> None:
        """Say what is wrong first."""
        more = f" And {count - 1} more." if count > 1 else ""
        self._words.show_text(f"The text has an error: {sentence}{more}")


def _notes(summary: PolicySummary) -> str:
    lines = []
    if summary.needs_stream:
        lines.append(
            f"Kept for Stream, which alone judges them: {', '.join(summary.needs_stream)}."
        )
    lines += [note for note in summary.notes if not any(n in note for n in summary.needs_stream)]
    return "\n".join(lines)
