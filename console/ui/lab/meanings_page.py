"""Seed phrases with what happens at texts like them: the page of the form about meanings."""

from enum import IntEnum

from console.base.plain_text import visible
from console.domain.verdict import Severity
from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary
from console.ui.lab import meaning_edits
from console.ui.lab.meaning_card import MeaningCard
from console.ui.lab.meaning_edits import Meaning, meanings_of
from console.ui.lab.rules_page import RulesModel, RulesPage
from console.ui.widgets.columns import SEVERITY_TONES
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.theme import Theme

_NOTHING = (
    "No seed phrases yet. Write some, and texts that mean nearly the same are found, "
    "whatever their words."
)


class Column(IntEnum):
    """What a cell tells."""

    NAME = 0
    ACTION = 1
    THRESHOLD = 2
    LABEL = 3
    SEVERITY = 4
    PHRASES = 5


class MeaningsModel(RulesModel):
    """One row a filter or a rule about one that is elsewhere."""

    HEADS = ("Meaning", "Action", "From", "Label", "Severity", "Phrases")
    TIPS = ("", "", "How like the phrases a text has to be: 0 is anything, 1 the same.")

    def rows_of(self, summary: PolicySummary) -> tuple[Meaning, ...]:
        return meanings_of(summary)

    def name_of(self, row: Meaning) -> str:
        return row.name

    def cell(self, row: Meaning, column: int) -> str:
        rule, phrases = row.rule, row.filter
        match column:
            case Column.NAME:
                return visible(row.name)
            case Column.ACTION:
                return visible(rule.action).replace("_", " + ") if rule else "not used"
            case Column.THRESHOLD:
                return f"{rule.threshold:g}" if rule else ""
            case Column.LABEL:
                return visible(phrases.label) if phrases else ""
            case Column.SEVERITY:
                known = phrases is not None and phrases.severity is not Severity.NONE
                return phrases.severity.value if phrases is not None and known else ""
        return f"{len(phrases.phrases):,}" if phrases else "at Stream"

    def tone(self, row: Meaning, column: int) -> str:
        if column == Column.ACTION:
            return tone_of(row.rule.action) if row.rule else "text_faint"
        if column == Column.SEVERITY and row.filter is not None:
            return SEVERITY_TONES[row.filter.severity]
        return "" if column == Column.NAME else "text_dim"


class MeaningsPage(RulesPage):
    """Table of the filters, and the one that is selected as a form."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(MeaningsModel(), MeaningCard(), theme, "Meanings count", "Add meaning")
        widths = ((Column.THRESHOLD, 56), (Column.SEVERITY, 76), (Column.PHRASES, 76))
        self.dress("Seed phrases of the policy", _NOTHING, widths)

    def begin(self, summary: PolicySummary) -> tuple[str, tuple[Edit, ...]]:
        name = meaning_edits.free_name(summary)
        return name, meaning_edits.new_meaning(name)

    def switched(self, summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
        return meaning_edits.switched(on)

    def state(self, summary: PolicySummary) -> tuple[bool, str]:
        return summary.semantic_enabled, summary.semantic_source
