"""What of a policy this engine does not evaluate; Stream does. Said wherever its result shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.local_models import NO_MODELS, LocalModels
from console.policy import ai_image_section, ai_text_section
from console.policy.ai_image_section import ai_image_rules
from console.policy.ai_text_section import EVERY_LABEL, ai_text_rules
from console.policy.call_rule_section import BUILDER, call_rules
from console.policy.call_rule_section import SECTION as CALL_SECTION
from console.policy.classifier_name import classifier_name
from console.policy.label import label_key
from console.policy.model import Policy
from console.policy.policy_file import PLAIN_KEYS
from console.policy.semantic_section import SECTION
from console.policy.velocity_section import of_stream_alone

_JUDGED_OVER_TIME = ("velocity_filter_config", "flood_config")
"""Evaluated by ``velocity``, which knows a speaker's earlier lines; not on a single text."""

_OVER_CALLS = (CALL_SECTION, BUILDER)
"""Evaluated by ``call_watch`` over the lines of calls, as far as they hold call rules."""

_OLD_NAMES = {
    ai_text_section.OLD_SECTION: ai_text_section.SECTION,
    ai_image_section.OLD_SECTION: ai_image_section.SECTION,
}
_BY_MODEL = (*_OLD_NAMES, *_OLD_NAMES.values())
"""Evaluated where a classifier for them is on this computer."""


def unevaluated(policy: Policy, models: LocalModels = NO_MODELS) -> tuple[str, ...]:
    """One sentence for each part of ``policy`` that ``Evaluator`` with ``models`` passes over."""
    out: list[str] = []
    for name, section in policy.sections.items():
        if name in PLAIN_KEYS or name == SECTION or not _is_on(section):
            continue
        if _OLD_NAMES.get(name) in policy.sections:
            out.append(f"{name} is the old name of {_OLD_NAMES[name]}, which alone counts here.")
        elif name in _BY_MODEL:
            out += _by_model(name, policy, models)
        elif name in _OVER_CALLS and call_rules({name: section}):
            out.append(f"{name} needs lines with a call, a speaker and a time; only runs tell.")
        elif name in _JUDGED_OVER_TIME:
            out.append(f"{name} needs a speaker's earlier lines; single texts are judged without.")
            if fields := of_stream_alone({name: section}):
                out.append(f"{name}: Stream alone heeds {', '.join(fields)}.")
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
    """The names of the sections that only Stream evaluates, whatever is on this computer."""
    known = (*PLAIN_KEYS, SECTION, *_JUDGED_OVER_TIME, *_BY_MODEL)
    return tuple(
        name
        for name, section in policy.sections.items()
        if name not in known and _is_on(section)
        if name not in _OVER_CALLS or not call_rules({name: section})
    )


def _by_model(name: str, policy: Policy, models: LocalModels) -> list[str]:
    if name in (ai_image_section.SECTION, ai_image_section.OLD_SECTION):
        return _images(name, policy, models)
    if models.text is None:
        return [f"{name} needs a local model or Stream; it is not evaluated here."]
    rules = [rule for rule in ai_text_rules(policy.sections) if rule.label != EVERY_LABEL]
    unknown = _unknown((rule.label for rule in rules), models.text.labels)
    idle = [rule.label for rule in rules if not rule.action and not rule.severity_rules]
    out = [_not_known(name, models.text.name, unknown)] if unknown else []
    return out + [f"{name}: the rule for “{label}” names no action." for label in idle]


def _images(name: str, policy: Policy, models: LocalModels) -> list[str]:
    if models.image is None:
        return [f"{name} needs a local image classifier or Stream; it is not evaluated here."]
    rules = ai_image_rules(policy.sections)
    known = models.image.labels
    unknown = [
        rule.label
        for rule in rules
        if len(_unknown((rule.label, *rule.subclassifications), known))
        > len(rule.subclassifications)
    ]
    out = [_not_known(name, models.image.name, unknown)] if unknown else []
    rows = policy.sections[name].get("ocr_rules")
    return [*out, f"{name}: text inside images is read by Stream alone."] if rows else out


def _unknown(labels: Iterable[str], known: Iterable[str]) -> list[str]:
    keys = {label_key(each) for each in known}
    return [label for label in labels if label_key(label) not in keys]


def _not_known(section: str, name: str, labels: list[str]) -> str:
    listed = ", ".join(f"“{label}”" for label in labels)
    return f"{section}: the {classifier_name(name)} does not know {listed}; Stream may."


def _is_on(section: Any) -> bool:
    return isinstance(section, Mapping) and bool(section) and bool(section.get("enabled", True))
