"""What each control about images changes in the text of the policy. Pure."""

from console.protocol.lab import Edit
from console.protocol.lab_summary import ImageRuleSummary, PolicySummary
from console.ui.lab.vocabulary import IMAGE_LABELS

Path = tuple[str | int, ...]


def new_rule(summary: PolicySummary) -> tuple[str, tuple[Edit, ...]]:
    """A label that no rule is about, and a rule that flags it when it is rather sure."""
    taken = {rule.label.casefold() for rule in summary.images}
    known = (*summary.image_labels, *(word.name for word in IMAGE_LABELS), "New label")
    label = next((each for each in known if each.casefold() not in taken), "")
    number = 2
    while not label:
        named = f"New label {number}"
        label = "" if named.casefold() in taken else named
        number += 1
    rule = {"label": label, "action": "flag", "min_confidence": 80}
    return label, (Edit(_rules(summary), "append", rule),)


def without_rule(summary: PolicySummary, rule: ImageRuleSummary) -> tuple[Edit, ...]:
    """The rule goes."""
    return (Edit(_rule(summary, rule), "remove"),)


def labelled(summary: PolicySummary, rule: ImageRuleSummary, label: str) -> tuple[Edit, ...]:
    """Another label."""
    return (Edit((*_rule(summary, rule), "label"), "set", label),)


def acting(summary: PolicySummary, rule: ImageRuleSummary, action: str) -> tuple[Edit, ...]:
    """What happens."""
    return (Edit((*_rule(summary, rule), "action"), "set", action),)


def from_confidence(
    summary: PolicySummary, rule: ImageRuleSummary, least: float
) -> tuple[Edit, ...]:
    """How sure the classifier has to be."""
    value = int(least) if least == int(least) else least
    return (Edit((*_rule(summary, rule), "min_confidence"), "set", value),)


def switched(summary: PolicySummary, on: bool) -> tuple[Edit, ...]:
    """Whether the rules count at all."""
    return (Edit((summary.images_section, "enabled"), "set", on),)


def _rules(summary: PolicySummary) -> Path:
    return (summary.images_section, "rules")


def _rule(summary: PolicySummary, rule: ImageRuleSummary) -> Path:
    return (*_rules(summary), rule.index)
