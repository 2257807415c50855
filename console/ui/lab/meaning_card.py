"""One meaning as a form: its name, what happens from which likeness on, its seed phrases."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary
from console.ui.lab import form_edits, meaning_edits
from console.ui.lab.choice import Choice
from console.ui.lab.meaning_edits import Meaning
from console.ui.lab.number_box import NumberBox
from console.ui.lab.rules_page import RuleCard
from console.ui.lab.vocabulary import ACTIONS, LABELS, SEVERITIES
from console.ui.widgets.card_room import card_column, card_foot
from console.ui.widgets.plain_text_widgets import PlainLabel

PHRASES_MS = 700


class MeaningCard(RuleCard):
    """Shows one filter with its rule and asks for edits of the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning: Meaning | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the meaning")
        self.name.editingFinished.connect(self._rename)
        self.action = Choice(ACTIONS, "Action of the meaning", empty="not used")
        self.threshold = NumberBox("Likeness from which it counts", 1.0, 0.05)
        self.label = Choice(LABELS, "Label of the meaning", empty="its name", free=True)
        self.severity = Choice(SEVERITIES, "Severity of the meaning", empty="none")
        self.phrases = QPlainTextEdit()
        self.phrases.setAccessibleName("Seed phrases, one a line")
        self.phrases.setTabChangesFocus(True)
        self.phrases.setMinimumHeight(96)
        self.phrases.textChanged.connect(self._on_typed)
        self.phrases.installEventFilter(self)
        self.note = PlainLabel(ink="dim", wrap=True)
        self.remove = QPushButton("Remove this meaning")
        self.remove.setProperty("tone", "careful")
        self.remove.clicked.connect(self._remove)
        self._timer = QTimer(self, singleShot=True, interval=PHRASES_MS)
        self._timer.timeout.connect(self.commit_phrases)
        self._connect()
        self._lay_out()

    def show_rule(self, summary: PolicySummary, rule: Meaning) -> None:
        other = self._meaning is None or rule.name != self._meaning.name
        if other and self._timer.isActive():
            self.commit_phrases()
        self._meaning = rule
        here = rule.filter
        if other or not self.name.hasFocus():
            self.name.setText(rule.name)
        self.action.show_value(rule.rule.action if rule.rule else "")
        self.threshold.setEnabled(rule.rule is not None)
        self.threshold.show_value(rule.rule.threshold if rule.rule else meaning_edits.THRESHOLD)
        self.label.show_value(here.label if here else "")
        self.severity.show_value(
            here.severity.value if here and here.severity.value != "none" else ""
        )
        for part in (self.label, self.severity, self.phrases):
            part.setEnabled(here is not None)
        wanted = here.phrases if here else ()
        typed = form_edits.lines_of(self.phrases.toPlainText())
        if other or (typed != wanted and not self._timer.isActive()):
            self.phrases.blockSignals(True)
            self.phrases.setPlainText("\n".join(wanted))
            self.phrases.blockSignals(False)
        self.note.show_text("" if here else "The phrases are at Stream, which judges by them.")

    def commit_phrases(self) -> None:
        """Write what was typed."""
        self._timer.stop()
        typed = form_edits.lines_of(self.phrases.toPlainText())
        meaning = self._meaning
        if meaning is None or meaning.filter is None or typed == meaning.filter.phrases:
            return
        self._edit(lambda each: meaning_edits.phrases(each, typed))

    def _connect(self) -> None:
        self.action.picked.connect(
            lambda value: self._edit(lambda each: meaning_edits.acting(each, value))
        )
        self.threshold.picked.connect(
            lambda value: self._edit(lambda each: meaning_edits.from_likeness(each, value))
        )
        for part, name in ((self.label, "label"), (self.severity, "severity")):
            part.picked.connect(
                lambda value, name=name: self._edit(
                    lambda each: meaning_edits.field(each, name, value)
                )
            )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        rows: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            (("Name", self.name), ("Action", self.action)),
            (("Label", self.label), ("Severity", self.severity)),
        )
        for row, fields in enumerate(rows):
            for column, (words, part) in enumerate(fields):
                head = PlainLabel(words, ink="dim")
                head.setBuddy(part)
                grid.addWidget(head, 2 * row, column)
                grid.addWidget(part, 2 * row + 1, column)
                grid.setColumnStretch(column, 1)
        head = PlainLabel("From a likeness of", ink="dim")
        head.setBuddy(self.threshold)
        grid.addWidget(head, 0, 2)
        grid.addWidget(self.threshold, 1, 2)
        whole = card_column(self, grid)
        whole.addWidget(PlainLabel("Seed phrases, one a line", ink="dim"))
        whole.addWidget(self.phrases, 1)
        whole.addLayout(card_foot(self.note, self.remove))

    def _edit(self, make: Callable[[Meaning], tuple[Edit, ...]]) -> None:
        edits = make(self._meaning) if self._meaning is not None else ()
        if edits:
            self.edits_wanted.emit(edits)

    def _rename(self) -> None:
        meaning, name = self._meaning, self.name.text().strip()
        if meaning is None or name == meaning.name:
            return
        if not name:
            self.name.setText(meaning.name)
            return
        self._edit(lambda each: meaning_edits.renamed(each, name))

    def _remove(self) -> None:
        self._timer.stop()
        self._edit(meaning_edits.without)

    def _on_typed(self) -> None:
        self._timer.start()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and self._timer.isActive():
            self.commit_phrases()
        return False
