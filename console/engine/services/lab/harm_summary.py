"""What a form shows of a policy's rules about harms."""

from collections.abc import Mapping
from typing import Any

from console.domain.local_models import LocalModels, TextClassifier
from console.domain.verdict import Severity
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.ai_text import (
    EVERY_LABEL,
    OLD_SECTION,
    SECTION,
    AiTextConfig,
    AiTextRule,
    ai_text_rules,
)
from console.policy.sections.schema import lenient
from console.policy.sections.section import name_in
from console.policy.toml_lines import TomlLines
from console.protocol.lab_summary import HarmSummary


def harms_of(policy: Policy, models: LocalModels, lines: TomlLines) -> tuple[HarmSummary, ...]:
    """The rules in their order, whether or not their section is switched on."""
    name = name_in(policy.sections, SECTION, OLD_SECTION)
    rules = lenient(AiTextConfig, section_of(policy.sections)).rules
    known = {label_key(each) for each in models.text.labels} if models.text else set()
    return tuple(
        HarmSummary(
            index=at,
            label=rule.label,
            action=rule.action,
            by_severity={each.severity: each.action for each in rule.severity_rules},
            acts=_acts(rule),
            known=label_key(rule.label) in known,
            line=lines.line((name, "rules", at)),
        )
        for at, rule in enumerate(rules)
        if rule.label != EVERY_LABEL
    )


def section_of(sections: Mapping[str, Any]) -> Mapping[str, Any]:
    """The section, empty when it is missing."""
    section = sections.get(name_in(sections, SECTION, OLD_SECTION))
    return section if isinstance(section, Mapping) else {}


def harms_source(policy: Policy, classifier: TextClassifier | None) -> str:
    """What judges harms on this machine, in sentences."""
    if classifier is None:
        return "Needs a local model or Stream: nothing is judged here."
    every = any(rule.label == EVERY_LABEL for rule in ai_text_rules(policy.sections))
    more = " Its old severity_rules count for every other label." if every else ""
    return f"Judged by the {classifier_name(classifier.name)}; Stream's labels may differ.{more}"


def _acts(rule: AiTextRule) -> tuple[str, str, str, str]:
    return (
        rule.action_for(Severity.LOW),
        rule.action_for(Severity.MEDIUM),
        rule.action_for(Severity.HIGH),
        rule.action_for(Severity.CRITICAL),
    )
