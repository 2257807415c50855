"""Policies from and to the JSON of a Stream app; what the engine does not know is kept."""

from collections.abc import Mapping
from typing import Any

from console.domain.verdict import FLAG, Severity
from console.policy.fallback_lists import without_stand_ins
from console.policy.model import FLAGS, STREAM_FLAGS, Blocklist, BlocklistRule, ListType, Policy
from console.policy.sections.semantic import semantic_rules


def without_defaults(value: Any) -> Any:
    """``value`` without the fields that say nothing: null, false, empty.

    A server gives such fields back where none were sent. ``enabled`` is true where it is missing,
    so false says something there.
    """
    if isinstance(value, Mapping):
        kept = {name: without_defaults(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if name == "enabled" or not _empty(each)}
    if isinstance(value, list | tuple):
        return [without_defaults(each) for each in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


# What the switches of a list are when nothing is said.
_USUAL = {flag: bool(Blocklist.model_fields[flag].default) for flag in FLAGS}
_RULE_KEYS = ("name", "action", "team")
_SECTION_KEYS = ("enabled", "match_substring", "rules")
_LIST_KEYS = ("name", "type", "words", "label", "severity", "language", "exceptions", *FLAGS)
# What the server adds to a config of its own accord.
_OF_SERVER = (
    "created_at",
    "updated_at",
    "supported_video_call_harm_types",
    "ai_image_label_definitions",
    "ai_image_subclassifications",
    "available_bodyguard_profiles",
)
_CONFIG_KEYS = ("key", "block_list_config", *_OF_SERVER)
_TYPES = frozenset(ListType)


def from_stream(config: Mapping[str, Any], blocklists: Mapping[str, Mapping[str, Any]]) -> Policy:
    """The policy of a config as Stream returns it, and the lists at hand by name.

    A rule whose list is missing stays in the policy and matches nothing.
    """
    section = config.get("block_list_config") or {}
    sections = _without(config, _CONFIG_KEYS)
    return Policy(
        key=str(config.get("key", "")),
        blocklists=tuple(_blocklist(name, each) for name, each in blocklists.items()),
        block_list_rules=tuple(
            BlocklistRule.model_construct(
                name=str(rule.get("name", "")),
                action=str(rule.get("action") or FLAG),
                team=str(rule.get("team") or ""),
                rest=_without(rule, _RULE_KEYS),
            )
            for rule in section.get("rules") or ()
        ),
        block_list_enabled=bool(section.get("enabled", True)),
        match_substring=bool(section.get("match_substring", False)),
        block_list_rest=_without(section, _SECTION_KEYS),
        semantic_rules=semantic_rules(sections),
        sections=sections,
    )


def to_stream(policy: Policy) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The config and the lists, by name, as Stream takes them; seed phrases have no place there.

    ``label``, ``severity``, ``language``, ``exceptions`` and our own flags go with a list only
    where they differ from nothing, so that a list that came from Stream goes back as it was.
    """
    config: dict[str, Any] = {"key": policy.key, **policy.sections}
    rules = []
    for rule in policy.block_list_rules:
        row: dict[str, Any] = {"name": rule.name, "action": rule.action, **rule.rest}
        if rule.team:
            row["team"] = rule.team
        rules.append(row)
    section = {"enabled": policy.block_list_enabled, "rules": rules, **policy.block_list_rest}
    if policy.match_substring:
        section["match_substring"] = True
    if without_defaults(section) != {"enabled": True}:  # which says as much as no section
        config["block_list_config"] = section
    return config, {each.name: to_wire(each) for each in without_stand_ins(policy.blocklists)}


def _blocklist(name: str, wire: Mapping[str, Any]) -> Blocklist:
    words = tuple(str(word) for word in wire.get("words") or ())
    rest = _without(wire, (*_LIST_KEYS, *_OF_SERVER))
    kind = wire.get("type") or ListType.WORD.value
    if kind not in _TYPES:
        # Taken for words its entries would match what Stream does not mean.
        rest |= {"type": kind, "words": list(words)}
        words = ()
    flags: dict[str, Any] = {flag: bool(wire.get(flag, usual)) for flag, usual in _USUAL.items()}
    # As an app has it: nothing is checked.
    return Blocklist.model_construct(
        name=name,
        words=words,
        type=_known(ListType, kind, ListType.WORD),
        label=str(wire.get("label") or ""),
        severity=_known(Severity, wire.get("severity"), Severity.NONE),
        language=str(wire.get("language") or ""),
        exceptions=tuple(str(phrase) for phrase in wire.get("exceptions") or ()),
        **flags,
        rest=rest,
    )


def _without(table: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in known}


def _known(kind: Any, value: Any, default: Any) -> Any:
    return kind(value) if value in {each.value for each in kind} else default


def to_wire(blocklist: Blocklist) -> dict[str, Any]:
    """One list as JSON: Stream's fields, ours where they say something, and the rest."""
    wire: dict[str, Any] = {
        "name": blocklist.name,
        "type": blocklist.type.value,
        "words": list(blocklist.words),
        **{flag: getattr(blocklist, flag) for flag in STREAM_FLAGS},
        **blocklist.rest,
    }
    if blocklist.label:
        wire["label"] = blocklist.label
    if blocklist.severity != Severity.NONE:
        wire["severity"] = blocklist.severity.value
    if blocklist.language:
        wire["language"] = blocklist.language
    if blocklist.exceptions:
        wire["exceptions"] = list(blocklist.exceptions)
    for flag, usual in _USUAL.items():
        if flag not in STREAM_FLAGS and getattr(blocklist, flag) != usual:
            wire[flag] = not usual
    return wire
