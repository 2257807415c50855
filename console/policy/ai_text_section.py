"""The AI text part of a policy file: what happens at which harm of which severity.

Names are Stream's (STREAM.md 6.3). Nobody wrote down what counts for a severity that no severity
rule names (?). Stream's own example gives actions for low and high alone, so a severity rule is
read as "from here up, until the next". Where the rule has an ``action`` beside it, the stronger
of both counts: a worse text is never treated more mildly than a better one for want of a line.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from console.domain.verdict import KEEP, Severity, action_rank
from console.policy.checked_table import CheckedTable
from console.policy.label import label_key
from console.policy.model import RULE_ACTIONS

SECTION = "ai_text_config"
OLD_SECTION = "bodyguard_config"
"""What Stream called the section before."""

AI_TEXT_ACTIONS = (KEEP, *RULE_ACTIONS)
SEVERITIES = tuple(each.value for each in Severity if each is not Severity.NONE)
SECTION_KEYS = ("enabled", "async", "profile", "rules", "severity_rules")
RULE_KEYS = ("label", "action", "severity_rules")
SEVERITY_RULE_KEYS = ("severity", "action")

EVERY_LABEL = "*"
"""The label of the rule that the deprecated ``severity_rules`` of the section make."""


class AiTextRule(Struct, frozen=True, kw_only=True):
    """What happens when a text does the harm called ``label``.

    Attributes:
        action: whatever the severity; empty when the rule names none.
        severity_rules: actions by severity, which win over ``action``.
    """

    label: str
    action: str = ""
    severity_rules: tuple[tuple[Severity, str], ...] = ()

    def action_for(self, severity: Severity) -> str:
        """What happens at a harm of ``severity``; empty when the rule has nothing to say of it."""
        named = dict(self.severity_rules)
        if severity in named:
            return named[severity]
        below = [each for each in named if each.rank < severity.rank]
        nearest = named[max(below, key=lambda each: each.rank)] if below else ""
        return max((self.action, nearest), key=lambda each: action_rank(each) if each else -1)


def check_ai_text_section(section: CheckedTable) -> None:
    """Report what is wrong with ``ai_text_config``; what is unknown in it is kept."""
    section.truth("enabled", True)
    section.truth("async", False)
    section.text("profile")
    check_harm_rules(section.tables("rules"))
    check_severity_rules(section)
    section.suspect(SECTION_KEYS)


def check_harm_rules(rules: Sequence[CheckedTable], more: Sequence[str] = ()) -> None:
    """Report what is wrong with rules of ``label``, ``action`` and ``severity_rules``.

    ``more``: further keys of such a rule, all texts.
    """
    labels: set[str] = set()
    for table in rules:
        label = table.text("label", None)
        if label and label_key(label) in labels:
            table.complain("label", f"there is a rule for “{label}” already.")
        labels.add(label_key(label))
        table.maybe_picked("action", AI_TEXT_ACTIONS)
        for key in more:
            table.text(key)
        check_severity_rules(table)
        table.suspect((*RULE_KEYS, *more))


def check_severity_rules(table: CheckedTable) -> None:
    """Report what is wrong with the ``severity_rules`` of ``table``."""
    named: set[str] = set()
    for row in table.tables("severity_rules"):
        severity = row.picked("severity", SEVERITIES)
        if severity and severity in named:
            row.complain("severity", f"there is an action for “{severity}” already.")
        named.add(severity)
        row.picked("action", AI_TEXT_ACTIONS)
        row.suspect(SEVERITY_RULE_KEYS)


def ai_text_rules(sections: Mapping[str, Any]) -> tuple[AiTextRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off.

    The old name counts where the new one is missing. Deprecated ``severity_rules`` of the section
    come last, as a rule for EVERY_LABEL: they speak of harms that no other rule decides (?).
    """
    section = sections.get(section_name(sections))
    if not isinstance(section, Mapping) or not section.get("enabled", True):
        return ()
    return rules_in(section)


def rules_in(section: Mapping[str, Any]) -> tuple[AiTextRule, ...]:
    """The rules of the section, switched on or not."""
    rules = [
        AiTextRule(
            label=str(row["label"]),
            action=str(row.get("action") or ""),
            severity_rules=_severity_rules(row.get("severity_rules")),
        )
        for row in _rows(section.get("rules"))
        if row.get("label")
    ]
    if everywhere := _severity_rules(section.get("severity_rules")):
        rules.append(AiTextRule(label=EVERY_LABEL, severity_rules=everywhere))
    return tuple(rules)


def section_name(sections: Mapping[str, Any]) -> str:
    """The name that the section has in ``sections``; the new one when it is missing."""
    return OLD_SECTION if sections.get(OLD_SECTION) and not sections.get(SECTION) else SECTION


def _severity_rules(rows: Any) -> tuple[tuple[Severity, str], ...]:
    return tuple(
        (Severity(row["severity"]), str(row["action"]))
        for row in _rows(rows)
        if row.get("severity") in SEVERITIES and row.get("action")
    )


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = value if isinstance(value, list | tuple) else ()
    return [row for row in rows if isinstance(row, Mapping)]
