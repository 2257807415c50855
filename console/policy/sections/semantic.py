"""Semantic filters: seed phrases, and what happens when a text means what they mean."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from console.domain.local_models import LocalModels
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow, Tone
from console.domain.verdict import FLAG, Severity
from console.policy.matchers.semantic import SemanticMatcher, semantic_rules_in_force
from console.policy.model import THRESHOLD, Policy, SemanticFilter, SemanticRule
from console.policy.sections.form import (
    NO,
    Form,
    Place,
    Step,
    action_cell,
    form_field,
    free_name,
    severity_cell,
)
from console.policy.sections.schema import (
    Config,
    Many,
    lenient,
    unique,
)
from console.policy.sections.section import Matcher, Section, config_in

SECTION = "automod_semantic_filters_config"
FILTERS = "semantic_filters"
_LEXICAL = "Likeness of words, without a model: an approximation of Stream's semantic filters."


class SemanticConfig(Config):
    """The section."""

    CLOSED: ClassVar[bool] = True

    rules: Many[SemanticRule] = Field(default=(), description="What happens on a match.")


SemanticFilters = Annotated[Many[SemanticFilter], unique("name", "a semantic filter called")]


def semantic_rules(sections: Mapping[str, Any]) -> tuple[SemanticRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off."""
    config = config_in(sections, SECTION, SemanticConfig)
    return config.rules if config is not None else ()


class Semantic(Section):
    """Judged by meaning where a sentence model is on this computer, else by words in common."""

    LOCAL = True

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        return ()

    def wants_models(self, policy: Policy) -> bool:
        return bool(semantic_rules_in_force(policy))

    def matcher(self, policy: Policy, models: LocalModels) -> Matcher:
        return SemanticMatcher(semantic_rules_in_force(policy), models.embedder)

    def rule_names(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        return (rule.name for rule in policy.semantic_rules)


class SemanticForm(Form):
    """The filters with the rule about each, then the rules about filters that only Stream has."""

    KEY = SECTION
    TITLE = "Semantic filters"
    HELP = "Texts that mean what seed phrases mean"
    NOUN = "semantic filter"
    COUNTS = "Semantic filters count"
    BLANK = (
        "No seed phrases yet. Write some, and texts that mean nearly the same are found, "
        "whatever their words."
    )
    COLUMNS = (
        FormColumn(title="Filter"),
        FormColumn(title="Action"),
        FormColumn(
            title="From",
            width=56,
            tip="How like the phrases a text has to be: 0 is anything, 1 the same.",
        ),
        FormColumn(title="Label"),
        FormColumn(title="Severity", width=76),
        FormColumn(title="Phrases", width=76),
    )
    ITEMS = FILTERS
    NAME = "name"
    ITEM = SemanticFilter
    RULE = SemanticRule
    LINES_TITLE = "Seed phrases, one a line"

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        each, rule = SemanticFilter, SemanticRule
        of = "of the semantic filter"
        return (
            form_field(each, "name", "Name", f"Name {of}"),
            form_field(rule, "action", "Action", f"Action {of}", empty="not used"),
            form_field(
                rule,
                "threshold",
                "From a likeness of",
                "Likeness from which it counts",
                most=1.0,
                step=0.05,
            ),
            form_field(each, "label", "Label", f"Label {of}", empty="its name"),
            form_field(each, "severity", "Severity", f"Severity {of}", empty="none"),
            form_field(each, "phrases", self.LINES_TITLE, self.LINES_TITLE),
        )

    def source(self, policy: Policy, models: LocalModels) -> str:
        if not policy.semantic_filters:
            return ""
        if models.embedder is None:
            return _LEXICAL
        return f"By meaning, with the local model {models.embedder.name}; Stream's may differ."

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        rules = lenient(SemanticConfig, policy.sections.get(SECTION)).rules
        by_name = {rule.name: at for at, rule in reversed(list(enumerate(rules)))}
        filters = policy.semantic_filters
        for at, each in enumerate(filters):
            rule = by_name.get(each.name, NO)
            yield Place(_row(each.name, each, rules[rule] if rule != NO else None), at, rule)
        for at, only in enumerate(rules):
            if all(only.name != each.name for each in filters):
                yield Place(_row(only.name, None, only), NO, at)

    def new_rule(self, name: str) -> dict[str, Any]:
        return {"name": name, "action": FLAG, "threshold": THRESHOLD}

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        taken = [each.name for each in policy.semantic_filters]
        taken += [rule.name for rule in policy.semantic_rules]
        name = free_name(("new filter",), taken)
        yield Step("append", (FILTERS,), {"name": name, "phrases": ["what is meant"]})
        yield Step("append", self._rules(policy), self.new_rule(name))


def _row(name: str, each: SemanticFilter | None, rule: SemanticRule | None) -> FormRow:
    own = each or SemanticFilter(name=name)
    action = rule.action if rule is not None else ""
    fixed = () if each is not None else ("label", "severity", "phrases")
    return FormRow(
        name=name,
        cells=(
            FormCell(name),
            action_cell(action, "not used"),
            FormCell(f"{rule.threshold:g}" if rule is not None else "", Tone.DIM),
            FormCell(own.label, Tone.DIM),
            severity_cell(own.severity),
            FormCell(f"{len(own.phrases):,}" if each is not None else "at Stream", Tone.DIM),
        ),
        values={
            "name": name,
            "action": action,
            "threshold": rule.threshold if rule is not None else THRESHOLD,
            "label": own.label,
            "severity": "" if own.severity is Severity.NONE else own.severity.value,
            "phrases": own.phrases,
        },
        fixed=fixed if rule is not None else (*fixed, "threshold"),
        note="" if each is not None else "The phrases are at Stream, which judges by them.",
    )
