"""A policy written as a policy file; ``read_policy`` of it gives the policy back."""

from collections.abc import Mapping
from typing import Any

from console.domain.verdict import FLAG
from console.policy.fallback_lists import without_stand_ins
from console.policy.model import BlocklistRule, Policy
from console.policy.policy_file import PLAIN_KEYS
from console.policy.sections.registry import SECTION_NAMES
from console.policy.sections.words import ACTIONS, names
from console.policy.stream_config import to_wire
from console.policy.toml.text import toml_key, toml_pairs, toml_value


def write_policy(policy: Policy) -> str:
    """The TOML text of ``policy``. Values that TOML has no word for (null) are left out."""
    lines = [f"key = {toml_value(policy.key)}"]
    tables: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in policy.sections.items():
        if name in SECTION_NAMES:
            tables[name] = value
        elif name in PLAIN_KEYS and value is not None:
            lines.append(f"{name} = {toml_value(value)}")
        elif name not in PLAIN_KEYS:
            rest[name] = value
    lines += ["", "[block_list_config]", *toml_pairs(_section(policy))]
    for name, section in tables.items():
        lines += ["", f"[{toml_key(name)}]", *toml_pairs(section or {})]
    if rest:
        lines += ["", "[rest]", *toml_pairs(rest)]
    for each in without_stand_ins(policy.blocklists):
        wire = to_wire(each)
        # A list needs its words, even when they are of a type that is only handed on.
        known = {key: value for key, value in wire.items() if key not in each.rest}
        known.setdefault("words", list(each.words))
        lines += ["", "[[blocklists]]", *toml_pairs(_with_rest(known, each.rest))]
    told = policy.names.model_dump(exclude_defaults=True)
    if told:
        lines += ["", "[names]", *toml_pairs(told)]
    required = policy.required.model_dump(mode="json", exclude_defaults=True)
    if required:
        lines += ["", "[required]", *toml_pairs(required)]
    confidence = policy.confidence.model_dump(exclude_defaults=True)
    if confidence:
        confidence["rules"] = [rule.model_dump() for rule in policy.confidence.rules]
        lines += ["", "[confidence]", *toml_pairs(confidence)]
    for phrases in policy.semantic_filters:
        lines += ["", "[[semantic_filters]]", *toml_pairs(phrases.model_dump())]
    return "\n".join(lines) + "\n"


def _section(policy: Policy) -> dict[str, Any]:
    section: dict[str, Any] = {
        "enabled": policy.block_list_enabled,
        "match_substring": policy.match_substring,
        "rules": [_with_rest(*_rule(rule)) for rule in policy.block_list_rules],
    }
    rest = dict(policy.block_list_rest)
    if isinstance(rest.get("async"), bool):
        section["async"] = rest.pop("async")
    return _with_rest(section, rest)


def _rule(rule: BlocklistRule) -> tuple[dict[str, Any], dict[str, Any]]:
    """A rule and its rest; an action that no rule may have here goes with the rest."""
    known = rule.action in names(ACTIONS)
    table = {"name": rule.name, "action": rule.action if known else FLAG}
    if rule.team:
        table["team"] = rule.team
    return table, rule.rest if known else {"action": rule.action, **rule.rest}


def _with_rest(table: dict[str, Any], rest: Mapping[str, Any]) -> dict[str, Any]:
    return {**table, "rest": rest} if rest else table
