"""Harms with an action for each severity: the page of the form about ``ai_text_config``."""

from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary
from console.ui.lab import harm_edits
from console.ui.lab.harm_card import HarmCard
from console.ui.lab.harms_model import Column, HarmsModel
from console.ui.lab.rules_page import RulesPage
from console.ui.widgets.theme import Theme

_NOTHING = (
    "No rule about harms yet. A rule says what happens to insults, hate speech, scams, "
    "whatever the words are."
)


class HarmsPage(RulesPage):
    """Table of the rules, and the one that is selected as a form."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(HarmsModel(), HarmCard(), theme, "Harms count", "Add rule")
        self.dress("Rules about harms", _NOTHING, ((Column.LABEL, 152), (Column.HERE, 52)))

    def begin(self, summary: PolicySummary) -> tuple[str, tuple[Edit, ...]]:
        label = harm_edits.free_label(summary)
        return label, harm_edits.new_rule(summary, label)

    def switched(self, summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
        return harm_edits.switched(summary, on)

    def state(self, summary: PolicySummary) -> tuple[bool, str]:
        return summary.harms_enabled, summary.harms_source
