"""The semantic parts of a policy file: filters with seed phrases, and the rules that use them."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.verdict import FLAG, Severity
from console.policy.checked_table import CheckedTable
from console.policy.model import RULE_ACTIONS, SemanticFilter, SemanticRule

SECTION = "automod_semantic_filters_config"
THRESHOLD = 0.75
FILTER_KEYS = ("name", "phrases", "label", "severity")


def read_semantic_filters(tables: Sequence[CheckedTable]) -> tuple[SemanticFilter, ...]:
    """``[[semantic_filters]]``: name, phrases, label, severity. Ours; Stream keeps its own."""
    filters: list[SemanticFilter] = []
    for table in tables:
        name = table.text("name", None)
        if name and any(name == other.name for other in filters):
            table.complain("name", f"there is a semantic filter called “{name}” already.")
        severities = [each.value for each in Severity]
        filters.append(
            SemanticFilter(
                name=name,
                phrases=tuple(each for each in table.texts("phrases") if each),
                label=table.text("label"),
                severity=Severity(table.choice("severity", severities, Severity.NONE.value)),
            )
        )
        table.close(FILTER_KEYS)
    return tuple(filters)


def check_semantic_section(section: CheckedTable) -> None:
    """Report what is wrong with the section. A filter may live at Stream only, so any name goes."""
    section.truth("enabled", True)
    section.truth("async", False)
    for table in section.tables("rules"):
        table.text("name", None)
        table.choice("action", RULE_ACTIONS, None)
        threshold = table.whole("threshold")
        if threshold is None:
            table.complain("", "“threshold” is missing.")
        elif isinstance(threshold, bool) or not isinstance(threshold, int | float):
            table.complain("threshold", "expected a number from 0 to 1.")
        elif not 0 <= threshold <= 1:
            table.complain("threshold", f"{threshold} is not a number from 0 to 1.")
        table.close(("name", "action", "threshold"))
    section.close(("enabled", "async", "rules"))


def semantic_rules(sections: Mapping[str, Any]) -> tuple[SemanticRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off."""
    section = sections.get(SECTION)
    if not isinstance(section, Mapping) or not section.get("enabled", True):
        return ()
    return rules_in(section)


def rules_in(section: Mapping[str, Any]) -> tuple[SemanticRule, ...]:
    """The rules of the section, switched on or not."""
    rows = section.get("rules")
    return tuple(
        SemanticRule(
            name=str(row.get("name", "")),
            action=str(row.get("action") or FLAG),
            threshold=_share(row.get("threshold")),
        )
        for row in (rows if isinstance(rows, list | tuple) else ())
        if isinstance(row, Mapping)
    )


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return THRESHOLD
    return float(value)
