"""The rules of a Stream config as plain sentences, for whoever decides about an item. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from console.domain.review import ReviewItem
from console.policy.label import label_key

MAX_LINES = 200
MAX_LENGTH = 300

_TITLES = {
    "block_list_config": "Block list",
    "automod_toxicity_config": "Toxicity",
    "automod_platform_circumvention_config": "Platform circumvention",
    "automod_semantic_filters_config": "Semantic filter",
    "ai_text_config": "AI text",
    "bodyguard_config": "AI text",
    "ai_image_config": "AI image",
    "aws_rekognition_config": "AI image",
    "ai_video_config": "AI video",
    "ai_audio_config": "AI audio",
    "llm_config": "LLM",
    "velocity_filter_config": "Velocity filter",
    "video_call_rule_config": "Call rule",
    "rule_builder_config": "Rule",
}


def policy_lines(config: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each rule of the config as a sentence, with the names that it goes by."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for section, title in _TITLES.items():
        raw = config.get(section)
        if not isinstance(raw, dict) or raw.get("enabled") is False:
            continue
        for rule in _rules(raw):
            found.append(_line(title, rule))
    return tuple(found[:MAX_LINES])


def relevant(lines: Iterable[tuple[str, tuple[str, ...]]], item: ReviewItem) -> tuple[str, ...]:
    """Those sentences whose rule is named by what is flagged about ``item``."""
    named = {label_key(label) for label in item.labels}
    named |= {label_key(flag.rule) for flag in item.flags if flag.rule}
    return tuple(line for line, names in lines if named & set(map(label_key, names)))


def _rules(section: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in ("rules", "ocr_rules"):
        rules = section.get(key)
        yield from (rule for rule in (rules if isinstance(rules, list) else ()) if _named(rule))


def _named(rule: Any) -> bool:
    return isinstance(rule, dict) and bool(_names(rule) or _word(rule, "action"))


def _names(rule: Mapping[str, Any]) -> tuple[str, ...]:
    own = tuple(name for key in ("name", "label", "rule_name", "id") if (name := _word(rule, key)))
    harms = rule.get("harm_types")
    listed = harms if isinstance(harms, list) else []
    return own or tuple(one for one in listed if isinstance(one, str))


def _line(title: str, rule: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    names = _names(rule)
    parts = [title + (f" “{', '.join(names)}”" if names else "")]
    said = _word(rule, "description")
    if said:
        parts.append(f"({said})")
    parts.append(f": {', '.join(_what(rule)) or 'no action'}.")
    sentence = " ".join(parts[:-1]) + parts[-1]
    return sentence[:MAX_LENGTH], names


def _what(rule: Mapping[str, Any]) -> Iterator[str]:
    if action := _word(rule, "action"):
        yield _worded(action) + _limit(rule)
    severities = rule.get("severity_rules")
    for one in severities if isinstance(severities, list) else ():
        if isinstance(one, dict) and _word(one, "severity"):
            yield f"{_worded(_word(one, 'action') or 'keep')} from {_word(one, 'severity')}"
    steps = rule.get("action_sequences")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict) and _word(step, "action"):
            yield f"{_worded(_word(step, 'action'))} after {step.get('threshold', 1)} times"


def _limit(rule: Mapping[str, Any]) -> str:
    threshold, least = rule.get("threshold"), rule.get("min_confidence")
    if isinstance(threshold, int | float) and threshold:
        return f" from {threshold:g}"
    return f" from {least:g} %" if isinstance(least, int | float) and least else ""


def _worded(action: str) -> str:
    return action.replace("_", " and ")


def _word(rule: Mapping[str, Any], key: str) -> str:
    value = rule.get(key)
    return value if isinstance(value, str) else ""
