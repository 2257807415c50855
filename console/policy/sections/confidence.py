"""How sure a classifier of this computer has to be before its labels count, by label.

Ours: Stream's configs know nothing like it for texts. A confidence is how often such a label is
right on texts that the classifier had not seen, from 0 to 1.
"""

from typing import Annotated

from pydantic import Field

from console.policy.label import label_key
from console.policy.sections.schema import ASKED, Choice, Many, Name, Share, Table, unique
from console.policy.sections.words import LABELS

KEY = "confidence"
EVERY_LABEL = "*"
"""The label of the rule for every label that has none of its own."""


class ConfidenceRule(Table):
    """From which confidence on one label counts."""

    CLOSED = True

    label: Annotated[Name, Choice(LABELS, free=True)] = Field(
        description="The label; * for every other one."
    )
    least: Share = Field(
        default=0.5, description="0 to 1: how sure it has to be.", json_schema_extra=ASKED
    )


class ConfidenceConfig(Table):
    """The section."""

    CLOSED = True

    enabled: bool = Field(default=True, description="Whether this section counts.")
    rules: Annotated[Many[ConfidenceRule], unique("label", "a rule for", label_key)] = Field(
        default=(), description="From which confidence on labels count."
    )

    def enough(self, label: str, confidence: float | None) -> bool:
        """Whether a label of this confidence counts; one that nothing measured always does."""
        return confidence is None or confidence >= self.least_of(label)

    def least_of(self, label: str) -> float:
        """The confidence from which this label counts; 0.0 where it always does."""
        if not self.enabled:
            return 0.0
        by_label = {label_key(rule.label): rule.least for rule in self.rules}
        return by_label.get(label_key(label), by_label.get(EVERY_LABEL, 0.0))
