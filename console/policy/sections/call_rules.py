"""Call rules: out of a policy's sections, and out of rules as Stream keeps them (STREAM.md 6.3, 7).

Names of actions and conditions are Stream's to add to, and are not checked; a word that is none of
them does nothing anywhere, which shows when tried.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator

from console.domain.local_models import LocalModels
from console.domain.policy_form import Word
from console.domain.verdict import Severity
from console.policy.calls.rules import (
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
from console.policy.model import Policy
from console.policy.sections.schema import (
    Choice,
    Count,
    Many,
    Ordinal,
    Period,
    Problem,
    Share,
    Table,
    lenient,
    problems,
    wrong,
)
from console.policy.sections.section import Section, config_in
from console.policy.sections.words import SEVERITIES

SECTION = "video_call_rule_config"
BUILDER = "rule_builder_config"
FLAG_ACTION = "flag_content"

_LOGIC = Choice(tuple(map(Word, ("", "AND", "OR"))))
_RULE_TYPES = Choice(tuple(map(Word, ("", "user", "content", "call", "flood"))))
_SEVERITIES = list(Severity)


def _severity(value: Any) -> Severity:
    """By name, by number from 0 to 4, or from 5 to 100 as review items have it (?)."""
    if isinstance(value, str):
        name = value.strip().casefold()
        if name in {each.value for each in Severity}:
            return Severity(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        wrong("expected low, medium, high, critical or a whole number of at least 0.")
    rank = value if value < len(_SEVERITIES) else math.ceil(min(value, 100) / 25)
    return _SEVERITIES[rank]


AnySeverity = Annotated[Severity, PlainValidator(_severity), Choice(SEVERITIES, free=True)]


class Parameters(Table):
    """What a condition looks for; which of them count depends on its type."""

    harm_labels: Many[str] = ()
    llm_harm_labels: dict[str, Any] = Field(default={})
    severity: AnySeverity = Severity.NONE
    threshold: Count = 0
    min_confidence: Share = 0.0
    time_window: Period = 0.0
    call_type: str = ""
    property_key: str = ""
    operator: str = ""


def _known(raw: Any) -> Any:
    """A condition without keys that are neither its type nor parameters."""
    if not isinstance(raw, Mapping):
        return raw
    return {key: each for key, each in raw.items() if key == "type" or key.endswith("_params")}


class ConditionTable(Table):
    """One condition; the key of its parameters is called after its type."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Parameters]

    type: str = Field(default="", description="What it looks at.")

    @property
    def parameters(self) -> Parameters:
        """The first parameters, whatever their key."""
        return next(iter(self.__pydantic_extra__.values()), Parameters())


Conditions = Many[Annotated[ConditionTable, BeforeValidator(_known)]]


class GroupTable(Table):
    """Conditions of which all must hold, or any."""

    logic: Annotated[str, _LOGIC] = Field(default="", description="AND: all must hold; OR: any.")
    conditions: Conditions = Field(default=(), description="What must hold.")

    def compiled(self) -> Group:
        """The group as it is evaluated."""
        return Group(tuple(map(_condition, self.conditions)), self.logic == "OR")


class CallOptions(Table):
    """Details of an action."""

    warning_text: str = Field(default="", description="What the warning says.")


class SequenceTable(Table):
    """What a violation leads to, in the older form and (the first three) in the newer."""

    violation_number: Annotated[Ordinal | None, Field(description="Which violation.")] = None
    actions: Many[str] = Field(default=(), description="What is done.")
    call_options: CallOptions = Field(default=CallOptions(), description="Details of the actions.")
    action: str = Field(default="", description="What happens on a match.")
    threshold: Count = Field(default=0, description="After how many violations.")
    time_window: Period = Field(default=0.0, description="Within so many seconds.")
    cooldown_period: Period = Field(default=0.0, description="Seconds until it happens again.")
    warning: bool = Field(default=False, description="Warns the person.")
    warning_text: str = Field(default="", description="What the warning says.")
    blur: bool = Field(default=False, description="Blurs the picture.")


class CallRuleTable(Table):
    """A rule: the older form counts ``harm_types``, the newer one has ``conditions``."""

    harm_types: Many[str] = Field(default=(), description="Harms that count.")
    severity: AnySeverity = Field(default=Severity.NONE, description="How grave a match is.")
    threshold: Count = Field(default=0, description="How many.")
    cooldown_period: Period = Field(default=0.0, description="Seconds until it counts again.")
    name: str = Field(default="", description="What the rule is called.")
    id: str = Field(default="", description="Stream's name for it.")
    rule_type: Annotated[str, _RULE_TYPES] = Field(default="", description="What it is about.")
    enabled: bool = Field(default=True, description="Whether this rule counts.")
    description: str = Field(default="", description="What it is for.")
    config_keys: Many[str] = Field(default=(), description="Policies that it is for.")
    team: str = Field(default="", description="Stream's multi-tenancy.")
    logic: Annotated[str, _LOGIC] = Field(default="", description="AND: all must hold; OR: any.")
    conditions: Conditions = Field(default=(), description="What must hold.")
    groups: Many[GroupTable] = Field(default=(), description="Groups of conditions.")
    action: Any = Field(default=None, description="What happens, outside of calls.")
    action_sequences: Many[SequenceTable] = Field(default=(), description="What is done, in order.")


class VideoCallConfig(Table):
    """``video_call_rule_config``."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
    rules: Many[CallRuleTable] = Field(default=(), description="What happens on a match.")
    flag_all_labels: bool = Field(default=False, description="Every label is flagged.")
    flagged_labels: Many[str] = Field(default=(), description="Labels that are flagged.")


class RuleBuilderConfig(Table):
    """``rule_builder_config``."""

    rules: Many[CallRuleTable] = Field(default=(), description="What happens on a match.")
    answer_first: bool = Field(
        default=False, alias="async", description="Stream answers first and judges later."
    )


def call_rules(sections: Mapping[str, Any]) -> tuple[CallRule, ...]:
    """The call rules of a config's sections, in their order.

    ``video_call_rule_config`` holds the older form with ``harm_types``, or rules as section 7 of
    STREAM.md has them; ``rule_builder_config`` holds those of every type.
    """
    rules: list[CallRule] = []
    if (video := config_in(sections, SECTION, VideoCallConfig)) is not None:
        rules += _flagging(video)
        for at, row in enumerate(video.rules):
            newer = {"conditions", "groups"} & row.model_fields_set
            rules.append(_newer(row, at) if newer else _older(row, at))
    if (builder := config_in(sections, BUILDER, RuleBuilderConfig)) is not None:
        rules += [
            _newer(row, at) for at, row in enumerate(builder.rules) if row.rule_type == "call"
        ]
    return tuple(rule for rule in rules if rule.groups)


def stored_rule(document: Mapping[str, Any]) -> CallRule:
    """A rule as ``moderation_rule`` takes it; one that is switched off has no conditions."""
    return _newer(lenient(CallRuleTable, document))


def stored_problems(document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with the values of a rule as ``moderation_rule`` takes it.

    Stream may have keys that are unknown here, and leaves values empty that nobody chose.
    """
    found = problems(CallRuleTable, _without_empty(document))
    return tuple(each for each in found if not each[1].startswith("is unknown"))


def _without_empty(value: Any) -> Any:
    match value:
        case dict():
            kept = ((key, each) for key, each in value.items() if each not in (None, ""))
            return {key: _without_empty(each) for key, each in kept}
        case list():
            return [_without_empty(each) for each in value]
    return value


def _newer(row: CallRuleTable, at: int = 0) -> CallRule:
    groups = [Group((_condition(each),)) for each in row.conditions]
    groups += [each.compiled() for each in row.groups if each.conditions]
    return CallRule(
        name=row.name or row.id or f"call rule {at + 1}",
        groups=tuple(groups) if row.enabled else (),
        any=row.logic == "OR",
        cooldown_period=row.cooldown_period,
        action_sequences=tuple(
            ActionSequence(
                violation_number=each.violation_number or 1,
                actions=each.actions,
                warning_text=each.call_options.warning_text,
            )
            for each in row.action_sequences
        ),
    )


def _older(row: CallRuleTable, at: int) -> CallRule:
    """A rule with ``harm_types``; what is heard and what is seen both count (?)."""
    shared: dict[str, Any] = {
        "labels": frozenset(map(label_key, row.harm_types)),
        "severity": row.severity,
        "threshold": max(1, row.threshold),
    }
    either = (Condition(kind=CAPTION, **shared), Condition(kind=KEY_FRAME, **shared))
    return CallRule(
        name=", ".join(row.harm_types) or f"call rule {at + 1}",
        groups=(Group(either, any=True),),
        cooldown_period=row.cooldown_period,
        action_sequences=tuple(
            _older_sequence(each, place) for place, each in enumerate(row.action_sequences)
        ),
    )


def _older_sequence(row: SequenceTable, place: int) -> ActionSequence:
    """``threshold`` counts violations; without one the sequences follow one another (?)."""
    named = (row.action, "warning" if row.warning else "", "blur" if row.blur else "")
    return ActionSequence(
        violation_number=row.threshold or place + 1,
        actions=tuple(dict.fromkeys(filter(None, named))),
        warning_text=row.warning_text,
        time_window=row.time_window,
        cooldown_period=row.cooldown_period,
    )


def _flagging(config: VideoCallConfig) -> Iterator[CallRule]:
    """``flag_all_labels`` and ``flagged_labels``: each hit flags the call (?)."""
    every = config.flag_all_labels
    labels = frozenset(map(label_key, () if every else config.flagged_labels))
    if every or labels:
        kinds = (Condition(kind=kind, labels=labels) for kind in (CAPTION, KEY_FRAME))
        yield CallRule(
            name="flag_all_labels" if every else "flagged_labels",
            groups=(Group(tuple(kinds), any=True),),
            action_sequences=(ActionSequence(violation_number=1, actions=(FLAG_ACTION,)),),
        )


def _condition(row: ConditionTable) -> Condition:
    params = row.parameters
    value = {CALL_TYPE: params.call_type, CALL_PROPERTY: params.property_key}.get(row.type, "")
    return Condition(
        kind=row.type,
        labels=frozenset(map(label_key, (*params.harm_labels, *params.llm_harm_labels))),
        severity=params.severity,
        min_confidence=params.min_confidence,
        threshold=max(1, params.threshold),
        time_window=params.time_window,
        value=value,
        negated=params.operator.startswith("not"),
    )


class CallRules(Section):
    """Judged over the lines of calls, as far as the section holds call rules."""

    def is_local(self, raw: Mapping[str, Any]) -> bool:
        return bool(call_rules({self.name: raw}))

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        return () if self.is_local(policy.sections[self.name]) else super().notes(policy, models)

    def notes_of_texts(self, policy: Policy) -> Iterable[str]:
        if not self.is_local(policy.sections[self.name]):
            return ()
        return (f"{self.name} needs lines with a call, a speaker and a time; only runs tell.",)
