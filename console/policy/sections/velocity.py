"""Too much in too short a time, and the same again and again (STREAM.md 6.3).

Judged over the earlier lines of a speaker; times are seconds (?).
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from console.domain.local_models import LocalModels
from console.domain.verdict import FLAG, REMOVE, SHADOW
from console.policy.model import Policy
from console.policy.sections.schema import (
    ASKED,
    Choice,
    Config,
    Count,
    Many,
    Period,
    Table,
    wrong,
)
from console.policy.sections.section import Section, config_in
from console.policy.sections.words import UNNAMED, VELOCITY_ACTIONS
from console.policy.text.folding import CONFUSABLE, words_of
from console.policy.velocity import FloodRule, VelocityFilter, VelocityRule

VELOCITY = "velocity_filter_config"
FLOOD = "flood_config"
BAN = "ban"

# What these mean stands in no source read, or is about more than one call.
_OF_STREAM = ("first_message_only", "cids_per_user", "advanced_filters")
_OF_STREAM_IN_RULES = ("check_message_context", "probation_period")


class VelocityRuleTable(Table):
    """A rule about one speaker."""

    action: Annotated[str, Choice(VELOCITY_ACTIONS)] = Field(
        default=FLAG, description="What happens on a match.", json_schema_extra=ASKED
    )
    cascading_action: Annotated[str, Choice((UNNAMED, *VELOCITY_ACTIONS))] = Field(
        default="", description="What repeated matches do."
    )
    fast_spam_threshold: Count = Field(default=0, description="Lines within the short window.")
    fast_spam_ttl: Count = Field(default=0, description="The short window, in seconds.")
    slow_spam_threshold: Count = Field(default=0, description="Lines within the long window.")
    slow_spam_ttl: Count = Field(default=0, description="The long window, in seconds.")
    ban_duration: Count = Field(default=0, description="With the action ban: for how long.")
    slow_spam_ban_duration: Count = Field(default=0, description="The same for the long window.")
    probation_period: Count = Field(default=0, description="How long somebody is watched after it.")
    cascading_threshold: Count = Field(default=0, description="How many matches that takes.")
    ip_ban: bool = Field(default=False, description="Bans the address too.")
    shadow_ban: bool = Field(default=False, description="The banned person does not notice.")
    url_only: bool = Field(default=False, description="Only lines with links.")
    check_message_context: bool = Field(default=False, description="Looks at the lines around it.")


class VelocityConfig(Config):
    """``velocity_filter_config``."""

    rules: Many[VelocityRuleTable] = Field(default=(), description="What happens on a match.")
    first_message_only: bool = Field(default=False, description="Only somebody's first lines.")
    cascading_actions: bool = Field(default=False, description="Repeated matches do more.")
    cids_per_user: Count = Field(default=0, description="Channels one person may write to.")


def _detector(value: Any) -> Any:
    """A detector as Stream has it, or only its threshold."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        wrong("expected a whole number or a table with a threshold.")
    if value < 0:
        wrong(f"{value} is not a whole number of at least 0.")
    return {"threshold": value}


class Detector(Table):
    """When lines of one speaker are too much alike."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
    action: Annotated[str, Choice(VELOCITY_ACTIONS, free=True)] = Field(
        default="", description="What happens on a match."
    )
    threshold: Count = Field(default=0, description="How many lines.")
    time_window: Period = Field(default=0.0, description="Within 30s, 5m, 24h.")


class SimilarDetector(Detector):
    """The same for lines that differ a little."""

    similarity_distance: Count | None = Field(default=None, description="How different.")


class FloodConfig(Table):
    """``flood_config``."""

    identical: Annotated[Detector, BeforeValidator(_detector)] = Field(
        default=Detector(), description="The same line again."
    )
    similar: Annotated[SimilarDetector, BeforeValidator(_detector)] = Field(
        default=SimilarDetector(), description="Nearly the same line again."
    )
    allowlist: Many[str] = Field(default=(), description="Lines that may be repeated.")


def velocity_filter(sections: Mapping[str, Any]) -> VelocityFilter | None:
    """The filter that the sections of a policy describe; None when there is none or it is off."""
    velocity = config_in(sections, VELOCITY, VelocityConfig)
    flood = config_in(sections, FLOOD, FloodConfig)
    rules = [_rule(row, velocity) for row in velocity.rules] if velocity is not None else []
    if not rules and flood is None:
        return None
    return VelocityFilter(rules, _flood(flood) if flood is not None else None)


def _rule(row: VelocityRuleTable, config: VelocityConfig) -> VelocityRule:
    return VelocityRule(
        action=_action(row, row.action),
        fast_spam_threshold=row.fast_spam_threshold,
        fast_spam_ttl=row.fast_spam_ttl,
        slow_spam_threshold=row.slow_spam_threshold,
        slow_spam_ttl=row.slow_spam_ttl,
        url_only=row.url_only,
        cascading_threshold=row.cascading_threshold if config.cascading_actions else 0,
        cascading_action=_action(row, row.cascading_action) if config.cascading_actions else "",
    )


def _action(row: VelocityRuleTable, action: str) -> str:
    """A ban is about the speaker. For the line it means that no one else may see it (?)."""
    if action != BAN:
        return action
    return SHADOW if row.shadow_ban else REMOVE


def _flood(config: FloodConfig) -> FloodRule:
    identical, similar = config.identical, config.similar
    usually = FloodRule()
    return FloodRule(
        identical=identical.threshold if identical.enabled else 0,
        identical_window=identical.time_window or usually.identical_window,
        identical_action=_flood_action(identical),
        similar=similar.threshold if similar.enabled else 0,
        similar_window=similar.time_window or usually.similar_window,
        similar_action=_flood_action(similar),
        distance=similar.similarity_distance,
        allowlist=frozenset(words_of(each, CONFUSABLE) for each in config.allowlist),
    )


def _flood_action(detector: Detector) -> str:
    return REMOVE if detector.action == BAN else detector.action or FLAG


class OverTime(Section):
    """Judged on lines of a known speaker, not on a single text."""

    def is_local(self, raw: Mapping[str, Any]) -> bool:
        return True

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        yield f"{self.name} needs a speaker's earlier lines; single texts are judged without."
        raw = policy.sections[self.name]
        rows = raw.get("rules") if isinstance(raw.get("rules"), list) else ()
        used = [name for name in _OF_STREAM if raw.get(name)]
        used += [
            name
            for name in _OF_STREAM_IN_RULES
            if any(isinstance(row, Mapping) and row.get(name) for row in rows)
        ]
        if used:
            yield f"{self.name}: only Stream uses {', '.join(used)}."
