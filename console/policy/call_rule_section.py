"""Call rules out of a policy's sections, and out of rules as Stream keeps them (STREAM.md 6.3, 7).

Lenient: what cannot be used is passed over; ``handed_on_sections`` reports what is wrong.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.verdict import Severity
from console.policy.call_rules import (
    CALL_PROPERTY,
    CALL_TYPE,
    CAPTION,
    KEY_FRAME,
    ActionSequence,
    CallRule,
    Condition,
    Group,
)
from console.policy.label import label_key

SECTION = "video_call_rule_config"
BUILDER = "rule_builder_config"
FLAG_ACTION = "flag_content"

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PERIOD = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_LONGEST = 1e12
_SEVERITIES = list(Severity)

Row = Mapping[str, Any]


def call_rules(sections: Row) -> tuple[CallRule, ...]:
    """The call rules of a config's sections, in their order.

    ``video_call_rule_config`` holds the older form with ``harm_types``, or rules as section 7 of
    STREAM.md has them; ``rule_builder_config`` holds those of every type.
    """
    section = _row(sections.get(SECTION))
    rules: list[CallRule] = []
    if section.get("enabled", True) is not False:
        rules += _flagging(section)
        for at, row in enumerate(_rows(section.get("rules"))):
            newer = "conditions" in row or "groups" in row
            rules.append(stored_rule(row, at) if newer else _older(row, at))
    builder = _rows(_row(sections.get(BUILDER)).get("rules"))
    rules += [
        stored_rule(row, at) for at, row in enumerate(builder) if row.get("rule_type") == "call"
    ]
    return tuple(rule for rule in rules if rule.groups)


def stored_rule(row: Row, at: int = 0) -> CallRule:
    """A rule as ``moderation_rule`` takes it; one that is switched off has no conditions."""
    parts = [Group((condition,)) for condition in _conditions(row)]
    for group in _rows(row.get("groups")):
        parts.append(Group(tuple(_conditions(group)), _is_or(group)))
    return CallRule(
        name=_text(row.get("name")) or _text(row.get("id")) or f"call rule {at + 1}",
        groups=()
        if row.get("enabled") is False
        else tuple(part for part in parts if part.conditions),
        any=_is_or(row),
        cooldown_period=seconds_of(row.get("cooldown_period")),
        action_sequences=tuple(
            ActionSequence(
                violation_number=max(1, _whole(each.get("violation_number"))),
                actions=_texts(each.get("actions")),
                warning_text=_text(_row(each.get("call_options")).get("warning_text")),
            )
            for each in _rows(row.get("action_sequences"))
        ),
    )


def _older(row: Row, at: int) -> CallRule:
    """A rule with ``harm_types``; what is heard and what is seen both count (?)."""
    harms = _texts(row.get("harm_types"))
    shared: dict[str, Any] = {
        "labels": frozenset(map(label_key, harms)),
        "severity": _severity(row.get("severity")),
        "threshold": max(1, _whole(row.get("threshold"))),
    }
    either = (Condition(kind=CAPTION, **shared), Condition(kind=KEY_FRAME, **shared))
    return CallRule(
        name=", ".join(harms) or f"call rule {at + 1}",
        groups=(Group(either, any=True),),
        cooldown_period=seconds_of(row.get("cooldown_period")),
        action_sequences=tuple(
            _older_sequence(each, place)
            for place, each in enumerate(_rows(row.get("action_sequences")))
        ),
    )


def _older_sequence(row: Row, place: int) -> ActionSequence:
    """``threshold`` counts violations; without one the sequences follow one another (?)."""
    named = [_text(row.get("action"))]
    named += [name for name in ("warning", "blur") if row.get(name) is True]
    return ActionSequence(
        violation_number=_whole(row.get("threshold")) or place + 1,
        actions=tuple(dict.fromkeys(name for name in named if name)),
        warning_text=_text(row.get("warning_text")),
        time_window=seconds_of(row.get("time_window")),
        cooldown_period=seconds_of(row.get("cooldown_period")),
    )


def _flagging(section: Row) -> Iterator[CallRule]:
    """``flag_all_labels`` and ``flagged_labels``: each hit flags the call (?)."""
    every = section.get("flag_all_labels") is True
    labels = frozenset(map(label_key, _texts(section.get("flagged_labels"))))
    if every or labels:
        wanted = frozenset() if every else labels
        kinds = (Condition(kind=kind, labels=wanted) for kind in (CAPTION, KEY_FRAME))
        yield CallRule(
            name="flag_all_labels" if every else "flagged_labels",
            groups=(Group(tuple(kinds), any=True),),
            action_sequences=(ActionSequence(violation_number=1, actions=(FLAG_ACTION,)),),
        )


def _conditions(row: Row) -> Iterator[Condition]:
    for each in _rows(row.get("conditions")):
        params = parameters(each)
        kind = _text(each.get("type"))
        labels = {*_texts(params.get("harm_labels")), *_row(params.get("llm_harm_labels"))}
        value = {CALL_TYPE: "call_type", CALL_PROPERTY: "property_key"}.get(kind, "")
        yield Condition(
            kind=kind,
            labels=frozenset(label_key(str(label)) for label in labels),
            severity=_severity(params.get("severity")),
            threshold=max(1, _whole(params.get("threshold"))),
            time_window=seconds_of(params.get("time_window")),
            value=_text(params.get(value)) if value else "",
            negated=_text(params.get("operator")).startswith("not"),
        )


def parameters(condition: Row) -> Row:
    """The parameters of a condition, whatever their key is called for its type."""
    return next(
        (
            value
            for name, value in condition.items()
            if name.endswith("_params") and isinstance(value, Mapping)
        ),
        {},
    )


def seconds_of(period: Any) -> float:
    """``30s``, ``5m``, ``24h``, ``7d`` or a number of seconds; 0.0 for what is none."""
    if isinstance(period, str):
        found = _PERIOD.fullmatch(period.strip())
        period = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if isinstance(period, bool) or not isinstance(period, int | float):
        return 0.0
    return float(period) if 0 < period < _LONGEST else 0.0


def _severity(value: Any) -> Severity:
    """By name, by number from 0 to 4, or from 5 to 100 as review items have it (?)."""
    if isinstance(value, str):
        name = value.strip().casefold()
        return Severity(name) if name in {each.value for each in Severity} else Severity.NONE
    number = _whole(value)
    rank = number if number < len(_SEVERITIES) else math.ceil(min(number, 100) / 25)
    return _SEVERITIES[rank]


def _is_or(row: Row) -> bool:
    return _text(row.get("logic")).upper() == "OR"


def _row(value: Any) -> Row:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Any) -> list[Row]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if 0 < value < 1e9 else 0
