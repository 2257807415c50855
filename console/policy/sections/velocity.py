"""Too much in too short a time, and the same again and again (STREAM.md 6.3).

Judged over the earlier lines of a speaker; times are seconds (?).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from console.domain.local_models import LocalModels
from console.domain.verdict import REMOVE, SHADOW
from console.policy.model import Policy
from console.policy.sections.schema import Config, Count, Many
from console.policy.sections.section import Section, config_in
from console.policy.velocity import BAN, FloodConfig, VelocityFilter, VelocityRule

VELOCITY = "velocity_filter_config"
FLOOD = "flood_config"

# What these mean stands in no source read, or is about more than one call.
_OF_STREAM = ("first_message_only", "cids_per_user", "advanced_filters")
_OF_STREAM_IN_RULES = ("check_message_context", "probation_period")


class VelocityConfig(Config):
    """``velocity_filter_config``."""

    rules: Many[VelocityRule] = Field(default=(), description="What happens on a match.")
    first_message_only: bool = Field(default=False, description="Only somebody's first lines.")
    cascading_actions: bool = Field(default=False, description="Repeated matches do more.")
    cids_per_user: Count = Field(default=0, description="Channels one person may write to.")


def velocity_filter(sections: Mapping[str, Any]) -> VelocityFilter | None:
    """The filter that the sections of a policy describe; None when there is none or it is off."""
    velocity = config_in(sections, VELOCITY, VelocityConfig)
    flood = config_in(sections, FLOOD, FloodConfig)
    rules = [_rule(row, velocity) for row in velocity.rules] if velocity is not None else []
    return VelocityFilter(rules, flood) if rules or flood is not None else None


def _rule(row: VelocityRule, config: VelocityConfig) -> VelocityRule:
    """``row`` with what its actions mean for a line, and without those that do not count."""
    repeated = row.cascading_action if config.cascading_actions else ""
    actions = {"action": _action(row, row.action), "cascading_action": _action(row, repeated)}
    return row.model_copy(update=actions)


def _action(row: VelocityRule, action: str) -> str:
    """A ban is about the speaker. For the line it means that no one else may see it (?)."""
    if action != BAN:
        return action
    return SHADOW if row.shadow_ban else REMOVE


class OverTime(Section):
    """Judged on lines of a known speaker, not on a single text."""

    LOCAL = True

    def notes_of_texts(self, policy: Policy) -> Iterable[str]:
        return (f"{self.name} needs a speaker's earlier lines; single texts are judged without.",)

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
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
