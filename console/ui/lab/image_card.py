"""One rule about images as a form: its label, what happens, and from which confidence on."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from console.base.plain_text import visible
from console.protocol.lab import Edit
from console.protocol.lab_summary import ImageRuleSummary, PolicySummary
from console.ui.lab import image_edits
from console.ui.lab.choice import Choice
from console.ui.lab.number_box import NumberBox
from console.ui.lab.rules_page import RuleCard
from console.ui.lab.vocabulary import ACTIONS, IMAGE_LABELS, Word
from console.ui.widgets.card_room import card_column, card_foot
from console.ui.widgets.plain_text_widgets import PlainLabel

IMAGE_ACTIONS = tuple(word for word in ACTIONS if "mask" not in word.name)


class ImageCard(RuleCard):
    """Shows one rule and asks for edits of the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: PolicySummary | None = None
        self._rule: ImageRuleSummary | None = None
        self.label = Choice(IMAGE_LABELS, "Label of the image", free=True)
        self.label.picked.connect(self._relabel)
        self.action = Choice(IMAGE_ACTIONS, "Action for the image")
        self.action.picked.connect(
            lambda value: self._edit(lambda s, r: image_edits.acting(s, r, value))
        )
        self.confidence = NumberBox("Confidence from which it counts", 100.0, 5.0, 1)
        self.confidence.picked.connect(
            lambda value: self._edit(lambda s, r: image_edits.from_confidence(s, r, value))
        )
        self.note = PlainLabel(ink="dim", wrap=True)
        self.remove = QPushButton("Remove this rule")
        self.remove.setProperty("tone", "careful")
        self.remove.clicked.connect(lambda: self._edit(image_edits.without_rule))
        self._lay_out()

    def show_rule(self, summary: PolicySummary, rule: ImageRuleSummary) -> None:
        self._summary, self._rule = summary, rule
        for name in summary.image_labels:
            if self.label.findData(name) < 0:
                self.label.add_word(Word(name))
        self.label.show_value(rule.label)
        self.action.show_value(rule.action)
        self.confidence.show_value(rule.min_confidence)
        self.note.show_text(_note(summary, rule))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (
            ("Label", self.label, 3),
            ("Action", self.action, 2),
            ("From a confidence of", self.confidence, 1),
        )
        for column, (words, part, stretch) in enumerate(fields):
            head = PlainLabel(words, ink="dim")
            head.setBuddy(part)
            grid.addWidget(head, 0, column)
            grid.addWidget(part, 1, column)
            grid.setColumnStretch(column, stretch)
        whole = card_column(self, grid)
        whole.addStretch(1)
        whole.addLayout(card_foot(self.note, self.remove))

    def _edit(self, make: Callable[[PolicySummary, ImageRuleSummary], tuple[Edit, ...]]) -> None:
        if self._summary is not None and self._rule is not None:
            self.edits_wanted.emit(make(self._summary, self._rule))

    def _relabel(self, label: str) -> None:
        if self._rule is None:
            return
        if not label:
            self.label.show_value(self._rule.label)
            return
        self._edit(lambda s, r: image_edits.labelled(s, r, label))


def _note(summary: PolicySummary, rule: ImageRuleSummary) -> str:
    finer = f"Also {', '.join(map(visible, rule.finer))}. " if rule.finer else ""
    if rule.known:
        return finer.strip()
    if not summary.image_labels:
        return f"{finer}No local image classifier: only Stream judges by this rule."
    return f"{finer}The local classifier does not know this label; only Stream may."
