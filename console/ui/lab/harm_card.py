"""One rule about a harm as a form: its label, what it does, and what at each severity."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from console.base.plain_text import visible
from console.protocol.lab import Edit
from console.protocol.lab_summary import HarmSummary, PolicySummary
from console.ui.lab import harm_edits
from console.ui.lab.choice import Choice
from console.ui.lab.harms_model import SEVERITIES
from console.ui.lab.rules_page import RuleCard
from console.ui.lab.vocabulary import ACTIONS, KEEP, LABELS, Word
from console.ui.widgets.card_room import card_column, card_foot
from console.ui.widgets.plain_text_widgets import PlainLabel, tip


class HarmCard(RuleCard):
    """Shows one rule and asks for edits of the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: PolicySummary | None = None
        self._harm: HarmSummary | None = None
        self.label = Choice(LABELS, "Label of the harm", free=True)
        self.label.picked.connect(self._relabel)
        self.action = Choice((KEEP, *ACTIONS), "Action at every severity", empty="not named")
        self.action.picked.connect(
            lambda value: self._edit(lambda s, h: harm_edits.acting(s, h, value))
        )
        self.at = {
            severity: Choice((KEEP, *ACTIONS), f"Action at {severity}", empty="not named")
            for severity in SEVERITIES
        }
        for severity, choice in self.at.items():
            choice.picked.connect(
                lambda value, severity=severity: self._edit(
                    lambda s, h: harm_edits.acting_at(s, h, severity, value)
                )
            )
        self.source = PlainLabel(ink="dim", wrap=True)
        self.remove = QPushButton("Remove this rule")
        self.remove.setProperty("tone", "careful")
        self.remove.clicked.connect(lambda: self._edit(harm_edits.without_rule))
        self._lay_out()

    def show_rule(self, summary: PolicySummary, rule: HarmSummary) -> None:
        self._summary, self._harm = summary, rule
        harm = rule
        for name in summary.harm_labels:
            if self.label.findData(name) < 0:
                self.label.add_word(Word(name))
        self.label.show_value(harm.label)
        self.action.show_value(harm.action)
        for severity, choice in self.at.items():
            choice.show_value(harm.by_severity.get(severity, ""))
        self.source.show_text(_source(summary, harm))
        self.source.setToolTip(tip(_more(summary, harm)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (("Label", self.label), ("Action", self.action), *self._by_severity())
        for at, (words, part) in enumerate(fields):
            head = PlainLabel(words, ink="dim")
            head.setBuddy(part)
            grid.addWidget(head, 2 * (at // 2), at % 2)
            grid.addWidget(part, 2 * (at // 2) + 1, at % 2)
            grid.setColumnStretch(at % 2, 1)
        whole = card_column(self, grid)
        whole.addStretch(1)
        whole.addLayout(card_foot(self.source, self.remove))

    def _by_severity(self) -> list[tuple[str, Choice]]:
        return [(f"When {severity}", choice) for severity, choice in self.at.items()]

    def _edit(self, make: Callable[[PolicySummary, HarmSummary], tuple[Edit, ...]]) -> None:
        if self._summary is None or self._harm is None:
            return
        edits = make(self._summary, self._harm)
        if edits:
            self.edits_wanted.emit(edits)

    def _relabel(self, label: str) -> None:
        if self._harm is None:
            return
        if not label:
            self.label.show_value(self._harm.label)
            return
        self._edit(lambda s, h: harm_edits.labelled(s, h, label))


def _source(summary: PolicySummary, harm: HarmSummary) -> str:
    if harm.known:
        return "A severity not named follows the one below it, or “Action”."
    if not summary.harm_labels:
        return "No local model: only Stream judges by this rule."
    return "The local classifier does not know this label; only Stream may."


def _more(summary: PolicySummary, harm: HarmSummary) -> str:
    if harm.known:
        return "Whichever of the two is stronger. Stream's sources do not say what it does then."
    known = ", ".join(map(visible, summary.harm_labels))
    return f"The local classifier knows {known}." if known else ""
