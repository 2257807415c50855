"""``velocity_filter_config`` and ``flood_config`` read into a filter (STREAM.md 6.3).

Lenient: what cannot be used is passed over; ``handed_on_sections`` reports what is wrong.
"""

from collections.abc import Mapping
from typing import Any

from console.domain.verdict import FLAG, REMOVE, SHADOW
from console.policy.call_rule_section import seconds_of
from console.policy.folding import CONFUSABLE, words_of
from console.policy.velocity import FloodRule, VelocityFilter, VelocityRule

VELOCITY = "velocity_filter_config"
FLOOD = "flood_config"
BAN = "ban"

# What these mean stands in no source read, or is about more than one call.
_OF_STREAM = ("first_message_only", "cids_per_user", "advanced_filters")
_OF_STREAM_IN_RULES = ("check_message_context", "probation_period")

Row = Mapping[str, Any]


def velocity_filter(sections: Row) -> VelocityFilter | None:
    """The filter that the sections of a policy describe; None when there is none or it is off."""
    rules = _velocity(_row(sections.get(VELOCITY)))
    flood = _row(sections.get(FLOOD))
    if not rules and not flood:
        return None
    return VelocityFilter(rules, _flood(flood) if flood else None)


def of_stream_alone(sections: Row) -> tuple[str, ...]:
    """The fields in use that :func:`velocity_filter` passes over."""
    section = _row(sections.get(VELOCITY))
    used = [name for name in _OF_STREAM if section.get(name)]
    used += [
        name
        for name in _OF_STREAM_IN_RULES
        if any(row.get(name) for row in _rows(section.get("rules")))
    ]
    return tuple(used)


def _velocity(section: Row) -> list[VelocityRule]:
    if not section.get("enabled", True):
        return []
    cascading = bool(section.get("cascading_actions", False))
    return [_rule(row, cascading=cascading) for row in _rows(section.get("rules"))]


def _rule(row: Row, *, cascading: bool) -> VelocityRule:
    return VelocityRule(
        action=_action(row, "action") or FLAG,
        fast_spam_threshold=int(_number(row.get("fast_spam_threshold"))),
        fast_spam_ttl=_number(row.get("fast_spam_ttl")),
        slow_spam_threshold=int(_number(row.get("slow_spam_threshold"))),
        slow_spam_ttl=_number(row.get("slow_spam_ttl")),
        url_only=bool(row.get("url_only", False)),
        cascading_threshold=int(_number(row.get("cascading_threshold"))) if cascading else 0,
        cascading_action=_action(row, "cascading_action") if cascading else "",
    )


def _action(row: Row, name: str) -> str:
    """A ban is about the speaker; of the line it says that nobody else shall have it (?)."""
    action = str(row.get(name) or "")
    if action != BAN:
        return action
    return SHADOW if row.get("shadow_ban") is True else REMOVE


def _flood(section: Row) -> FloodRule:
    identical, similar = _detector(section.get("identical")), _detector(section.get("similar"))
    distance = similar.get("similarity_distance")
    given = isinstance(distance, int) and not isinstance(distance, bool) and distance >= 0
    return FloodRule(
        identical=int(_number(identical.get("threshold"))),
        identical_window=seconds_of(identical.get("time_window")) or FloodRule().identical_window,
        identical_action=_action(identical, "action") or FLAG,
        similar=int(_number(similar.get("threshold"))),
        similar_window=seconds_of(similar.get("time_window")) or FloodRule().similar_window,
        similar_action=_action(similar, "action") or FLAG,
        distance=distance if given else None,
        allowlist=frozenset(
            words_of(str(each), CONFUSABLE) for each in section.get("allowlist") or ()
        ),
    )


def _detector(value: Any) -> Row:
    """A detector as Stream has it, or only its threshold; one that is off has none."""
    if isinstance(value, Mapping):
        return value if value.get("enabled", True) else {}
    return {"threshold": value}


def _row(value: Any) -> Row:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Any) -> list[Row]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _number(value: Any) -> float:
    """A finite number of at least zero; zero for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value < 1e12 else 0.0
