"""What of a policy this engine does not evaluate; Stream does. Said wherever its result shows."""

from collections.abc import Mapping
from typing import Any

from console.policy.model import Policy
from console.policy.policy_file import PLAIN_KEYS
from console.policy.semantic_section import SECTION

_JUDGED_OVER_TIME = ("velocity_filter_config", "flood_config")
"""Evaluated by ``velocity``, which knows a speaker's earlier lines; not on a single text."""


def unevaluated(policy: Policy) -> tuple[str, ...]:
    """One sentence for each part of ``policy`` that ``Evaluator`` passes over."""
    out = []
    for name, section in policy.sections.items():
        if name in PLAIN_KEYS or name == SECTION or not _is_on(section):
            continue
        if name in _JUDGED_OVER_TIME:
            out.append(f"{name} needs a speaker's earlier lines; single texts are judged without.")
        else:
            out.append(f"{name} needs Stream; it is not evaluated here.")
    lists = {each.name for each in policy.blocklists}
    out += [
        f"The list “{rule.name}” is not at hand; its rule matches nothing here."
        for rule in policy.block_list_rules
        if policy.block_list_enabled and rule.name not in lists
    ]
    filters = {each.name for each in policy.semantic_filters}
    out += [
        f"The semantic filter “{rule.name}” has no phrases here; Stream keeps its own."
        for rule in policy.semantic_rules
        if rule.name not in filters
    ]
    return tuple(out)


def needs_stream(policy: Policy) -> tuple[str, ...]:
    """The names of the sections that only Stream evaluates."""
    known = (*PLAIN_KEYS, SECTION, *_JUDGED_OVER_TIME)
    return tuple(
        name for name, section in policy.sections.items() if name not in known and _is_on(section)
    )


def _is_on(section: Any) -> bool:
    return isinstance(section, Mapping) and bool(section) and bool(section.get("enabled", True))
