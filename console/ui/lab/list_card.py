"""One list of the policy as a form: what it is called, what a match does, its entries."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from console.protocol.lab import Edit
from console.protocol.lab_summary import ListSummary, PolicySummary
from console.ui.lab import form_edits
from console.ui.lab.choice import Choice
from console.ui.lab.vocabulary import ACTIONS, FLAGS, LABELS, LIST_TYPES, SEVERITIES
from console.ui.widgets.card_room import card_column, card_foot
from console.ui.widgets.plain_text_widgets import PlainLabel, tip

WORDS_MS = 700
_FLAG_WORDS = {
    "is_leet_check_enabled": "Digits (1d10t)",
    "is_plural_check_enabled": "Plurals",
    "is_substring_matching_enabled": "Inside words",
    "is_confusable_folding_enabled": "Look-alike letters",
    "is_spacing_check_enabled": "Spaces (i d i o t)",
    "is_repetition_check_enabled": "Repeats (idiooot)",
    "is_ending_check_enabled": "Endings (-ed, -ing)",
}


class ListCard(QFrame):
    """Shows one list and asks for edits of the text.

    Signals:
        edits_wanted: a tuple of Edit.
        words_wanted: the name of a list whose entries are not all here.
    """

    edits_wanted = Signal(object)
    words_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._summary: PolicySummary | None = None
        self._listed: ListSummary | None = None
        self._words: tuple[str, ...] | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the list")
        self.name.editingFinished.connect(self._rename)
        self.action = Choice(ACTIONS, "Action of the list", empty="not used")
        self.severity = Choice(SEVERITIES, "Severity of the list", empty="none")
        self.label = Choice(LABELS, "Label of the list", empty="the list's name", free=True)
        self.type = Choice(LIST_TYPES, "Type of the list")
        self.language = QLineEdit()
        self.language.setAccessibleName("Language of the list")
        self.language.setPlaceholderText("all")
        self.words = QPlainTextEdit()
        self.words.setObjectName("list-words")
        self.words.setAccessibleName("Entries, one a line")
        self.words.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(96)
        self.words.textChanged.connect(self._on_words_typed)
        self.words.installEventFilter(self)
        self.count = PlainLabel(ink="dim")
        self.remove = QPushButton("Remove this list")
        self.remove.setProperty("tone", "careful")
        self.remove.clicked.connect(self._remove)
        self.flags = {name: QCheckBox(words) for name, words in _FLAG_WORDS.items()}
        self._timer = QTimer(self, singleShot=True, interval=WORDS_MS)
        self._timer.timeout.connect(self._commit_words)
        self._connect()
        self._lay_out()

    def show_list(self, summary: PolicySummary, listed: ListSummary | None) -> None:
        """Show ``listed``; nothing when there is none."""
        other = self._listed is None or listed is None or listed.index != self._listed.index
        if other and self._timer.isActive():
            self._commit_words()
        self._summary, self._listed = summary, listed
        if listed is None:
            return
        own = listed.index >= 0
        for part in (self.name, self.severity, self.label, self.type, self.language, self.remove):
            part.setEnabled(own)
        self.words.setReadOnly(not own)
        if not self.name.hasFocus() or other:
            self.name.setText(listed.name)
        if not self.language.hasFocus() or other:
            self.language.setText(listed.language)
        self.action.show_value(listed.action)
        self.severity.show_value("" if listed.severity.value == "none" else listed.severity.value)
        self.label.show_value(listed.label)
        self.type.show_value(listed.type)
        for flag, box in self.flags.items():
            box.setEnabled(own)
            box.blockSignals(True)
            box.setChecked(flag in listed.flags)
            box.blockSignals(False)
        if len(listed.words) == listed.count:
            self.show_words(listed.name, listed.words, other=other)
        else:
            if other:
                self.words.setReadOnly(True)
                self._fill(listed.words)
            self.words_wanted.emit(listed.name)
        place = "" if own else " · in another file, change it there"
        self.count.show_text(f"{listed.count:,} entries{place}")

    def show_words(self, name: str, words: tuple[str, ...], *, other: bool = False) -> None:
        """All entries of the list called ``name``."""
        if self._listed is None or self._listed.name != name:
            return
        self.words.setReadOnly(self._listed.index < 0)
        self._words = words
        typed = form_edits.lines_of(self.words.toPlainText())
        if typed != words and (other or not self._timer.isActive()):
            self._fill(words)

    def _fill(self, words: tuple[str, ...]) -> None:
        self.words.blockSignals(True)
        self.words.setPlainText("\n".join(words))
        self.words.blockSignals(False)

    def _connect(self) -> None:
        self.action.picked.connect(
            lambda value: self._edit(lambda s, li: form_edits.acting(s, li, value))
        )
        for part, name in ((self.severity, "severity"), (self.label, "label"), (self.type, "type")):
            part.picked.connect(
                lambda value, name=name: self._edit(
                    lambda _s, li: form_edits.field(li, name, value)
                )
            )
        self.language.editingFinished.connect(self._set_language)
        for flag, box in self.flags.items():
            box.toggled.connect(
                lambda on, flag=flag: self._edit(lambda _s, li: form_edits.switched(li, flag, on))
            )
            help_text = next(word.help for word in FLAGS if word.name == flag)
            box.setToolTip(tip(f"{help_text}\n{flag}"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields: list[list[tuple[str, QWidget]]] = [
            [("Name", self.name), ("Type", self.type), ("Language", self.language)],
            [("Action", self.action), ("Severity", self.severity), ("Label", self.label)],
        ]
        for row, parts in enumerate(fields):
            for column, (words, part) in enumerate(parts):
                head = PlainLabel(words, ink="dim")
                head.setBuddy(part)
                grid.addWidget(head, 2 * row, column)
                grid.addWidget(part, 2 * row + 1, column)
                grid.setColumnStretch(column, 1)
        also = QGridLayout()
        also.setHorizontalSpacing(12)
        also.setVerticalSpacing(2)
        for at, box in enumerate(self.flags.values()):
            also.addWidget(box, at // 3, at % 3)
            also.setColumnStretch(at % 3, 1)
        whole = card_column(self, grid)
        whole.addWidget(PlainLabel("Also finds", ink="dim"))
        whole.addLayout(also)
        whole.addWidget(PlainLabel("Entries, one a line", ink="dim"))
        whole.addWidget(self.words, 1)
        whole.addLayout(card_foot(self.count, self.remove))

    def _edit(self, make: Callable[[PolicySummary, ListSummary], tuple[Edit, ...]]) -> None:
        if self._summary is None or self._listed is None:
            return
        edits = make(self._summary, self._listed)
        if edits:
            self.edits_wanted.emit(edits)

    def _rename(self) -> None:
        listed, name = self._listed, self.name.text().strip()
        if listed is None or name == listed.name:
            return
        if not name:
            self.name.setText(listed.name)
            return
        self._edit(lambda s, li: form_edits.renamed(s, li, name))

    def _set_language(self) -> None:
        value = self.language.text().strip()
        if self._listed is not None and value != self._listed.language:
            self._edit(lambda _s, li: form_edits.field(li, "language", value))

    def _remove(self) -> None:
        self._timer.stop()
        self._edit(form_edits.without_list)

    def _on_words_typed(self) -> None:
        self._timer.start()

    def _commit_words(self) -> None:
        self._timer.stop()
        typed = form_edits.lines_of(self.words.toPlainText())
        if typed != self._words:
            self._words = typed
            self._edit(lambda _s, li: form_edits.words(li, typed))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and self._timer.isActive():
            self._commit_words()
        return False
