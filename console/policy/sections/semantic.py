"""Semantic filters: seed phrases, and what happens when a text means what they mean."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from console.domain.local_models import LocalModels
from console.domain.verdict import FLAG, Severity
from console.policy.model import Policy, SemanticRule
from console.policy.sections.schema import (
    Choice,
    Config,
    Many,
    Name,
    Share,
    Table,
    unique,
    usual,
)
from console.policy.sections.section import Matcher, Section, config_in
from console.policy.sections.words import ACTIONS, LABELS
from console.policy.semantic_matcher import SemanticMatcher, semantic_rules_in_force

SECTION = "automod_semantic_filters_config"
FILTERS = "semantic_filters"
THRESHOLD = 0.75


class SemanticFilterTable(Table):
    """One of the ``semantic_filters``. Ours; Stream keeps its own."""

    CLOSED: ClassVar[bool] = True

    name: Name = Field(description="What rules call this filter.")
    phrases: Many[str] = Field(description="Texts that show what is meant.")
    label: Annotated[str, Choice(LABELS, free=True)] = Field(
        default="", description="What a match is called."
    )
    severity: Severity = Field(
        default=Severity.NONE, strict=False, description="How grave a match is."
    )


class SemanticRuleTable(Table):
    """A rule. Its filter may live at Stream only, so any name goes."""

    CLOSED: ClassVar[bool] = True

    name: Annotated[Name, Choice(names_of=FILTERS)] = Field(
        description="The filter that the rule is about."
    )
    action: Annotated[str, Choice(ACTIONS)] = Field(
        description="What happens on a match.", json_schema_extra=usual(FLAG)
    )
    threshold: Share = Field(
        description="0 to 1: how sure it has to be.", json_schema_extra=usual(THRESHOLD)
    )


class SemanticConfig(Config):
    """The section."""

    CLOSED: ClassVar[bool] = True

    rules: Many[SemanticRuleTable] = Field(default=(), description="What happens on a match.")


SemanticFilters = Annotated[Many[SemanticFilterTable], unique("name", "a semantic filter called")]


def semantic_rules(sections: Mapping[str, Any]) -> tuple[SemanticRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off."""
    config = config_in(sections, SECTION, SemanticConfig)
    return tuple(SemanticRule(**dict(rule)) for rule in config.rules) if config is not None else ()


class Semantic(Section):
    """Judged by meaning where a sentence model is on this computer, else by words in common."""

    def is_local(self, raw: Mapping[str, Any]) -> bool:
        return True

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        return ()

    def wants_models(self, policy: Policy) -> bool:
        return bool(semantic_rules_in_force(policy))

    def matcher(self, policy: Policy, models: LocalModels) -> Matcher:
        return SemanticMatcher(semantic_rules_in_force(policy), models.embedder)

    def rule_names(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        return (rule.name for rule in policy.semantic_rules)
