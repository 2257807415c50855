"""What each control about seed phrases changes in the text of the policy. Pure.

A meaning is a filter with seed phrases and the rule that uses it; either may be missing: a filter
that no rule uses, or a rule about a filter that only Stream has.
"""

from collections.abc import Sequence

from msgspec import Struct

from console.protocol.lab import Edit
from console.protocol.lab_summary import PolicySummary, RuleSummary, SemanticSummary

FILTERS = "semantic_filters"
SECTION = "automod_semantic_filters_config"
RULES = (SECTION, "rules")
THRESHOLD = 0.75
"""Of a new rule."""


class Meaning(Struct, frozen=True):
    """A filter, the rule about it, or both."""

    name: str
    filter: SemanticSummary | None = None
    rule: RuleSummary | None = None


def meanings_of(summary: PolicySummary) -> tuple[Meaning, ...]:
    """The filters in their order, then the rules about filters that are not here."""
    rules = {rule.name: rule for rule in reversed(summary.semantic_rules)}
    found = [Meaning(each.name, each, rules.get(each.name)) for each in summary.semantic_filters]
    here = {each.name for each in found}
    found += [
        Meaning(rule.name, None, rule) for rule in summary.semantic_rules if rule.name not in here
    ]
    return tuple(found)


def free_name(summary: PolicySummary) -> str:
    """A name that nothing has yet."""
    taken = {each.name for each in meanings_of(summary)}
    if "new meaning" not in taken:
        return "new meaning"
    number = 2
    while f"new meaning {number}" in taken:
        number += 1
    return f"new meaning {number}"


def new_meaning(name: str) -> tuple[Edit, ...]:
    """A filter with one phrase, and a rule that flags."""
    rule = {"name": name, "action": "flag", "threshold": THRESHOLD}
    return (
        Edit((FILTERS,), "append", {"name": name, "phrases": ["what is meant"]}),
        Edit(RULES, "append", rule),
    )


def without(meaning: Meaning) -> tuple[Edit, ...]:
    """The filter goes, and the rule about it."""
    edits = []
    if meaning.filter is not None:
        edits.append(Edit((FILTERS, meaning.filter.index), "remove"))
    if meaning.rule is not None:
        edits.append(Edit((*RULES, meaning.rule.index), "remove"))
    return tuple(edits)


def renamed(meaning: Meaning, name: str) -> tuple[Edit, ...]:
    """Another name, in both."""
    edits = []
    if meaning.filter is not None:
        edits.append(Edit((FILTERS, meaning.filter.index, "name"), "set", name))
    if meaning.rule is not None:
        edits.append(Edit((*RULES, meaning.rule.index, "name"), "set", name))
    return tuple(edits)


def acting(meaning: Meaning, action: str) -> tuple[Edit, ...]:
    """What happens; empty: no rule uses the filter."""
    if meaning.rule is not None:
        path = (*RULES, meaning.rule.index)
        return (Edit((*path, "action"), "set", action),) if action else (Edit(path, "remove"),)
    if not action:
        return ()
    rule = {"name": meaning.name, "action": action, "threshold": THRESHOLD}
    return (Edit(RULES, "append", rule),)


def from_likeness(meaning: Meaning, threshold: float) -> tuple[Edit, ...]:
    """How like the phrases a text has to be."""
    if meaning.rule is None:
        return ()
    return (Edit((*RULES, meaning.rule.index, "threshold"), "set", threshold),)


def field(meaning: Meaning, name: str, value: str) -> tuple[Edit, ...]:
    """Label or severity of the filter; an empty one is taken away."""
    if meaning.filter is None or (not value and not getattr(meaning.filter, name)):
        return ()
    path = (FILTERS, meaning.filter.index, name)
    return (Edit(path, "set", value),) if value else (Edit(path, "remove"),)


def phrases(meaning: Meaning, wanted: Sequence[str]) -> tuple[Edit, ...]:
    """The seed phrases."""
    if meaning.filter is None:
        return ()
    return (Edit((FILTERS, meaning.filter.index, "phrases"), "set", list(wanted)),)


def switched(on: bool) -> tuple[Edit, ...]:
    """Whether the rules count at all."""
    return (Edit((SECTION, "enabled"), "set", on),)
