"""What a policy makes of a text that a stage which it requires did not look at. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from console.domain.stage_words import STAGE_NAMES, reason
from console.domain.stages import GAPS, NotLooked, Stage
from console.domain.verdict import REQUIRED, Match
from console.policy.matchers.semantic import semantic_rules_in_force
from console.policy.model import ListType, Policy
from console.policy.sections.ai_image import ai_image_rules
from console.policy.sections.ai_text import ai_text_rules
from console.policy.sections.required import KEY, RequiredConfig
from console.policy.sections.schema import Problem

RULE = "required:"
"""What the name of a rule begins with; its stage follows."""
LABEL = "NOT_JUDGED"


class WhenMissed(Enum):
    """What to do where a stage that is required did not look.

    COUNTS: its rule does. WAITS: Stream is to decide; the rule is noted among the matches, and
    counts if Stream does not judge it. IGNORED: for questions about words alone.
    """

    COUNTS = "counts"
    WAITS = "waits"
    IGNORED = "ignored"


def missed_matches(config: RequiredConfig, not_looked: Iterable[NotLooked]) -> dict[Match, str]:
    """The rules about stages that did not look, each with its sentence."""
    why_not = {each.stage: each for each in not_looked if each.reason in GAPS}
    found: dict[Match, str] = {}
    for rule in config.in_force:
        why = why_not.get(Stage(rule.stage))
        if why is not None:
            match = Match(
                rule=RULE + rule.stage,
                label=LABEL,
                severity=rule.severity,
                action=rule.action,
                kind=REQUIRED,
            )
            found[match] = (
                f"The policy requires {STAGE_NAMES[why.stage]}, which did not look: {reason(why)}."
            )
    return found


def stages_with_rules(policy: Policy) -> frozenset[Stage]:
    """The stages that the policy asks something of."""
    listed = {
        Stage.PATTERNS if each.type == ListType.REGEX else Stage.LISTS
        for each in policy.blocklists
        if policy.block_list_enabled
        and any(rule.name == each.name for rule in policy.block_list_rules)
    }
    rules: Mapping[Stage, object] = {
        Stage.MEANING: semantic_rules_in_force(policy),
        Stage.AI_TEXT: ai_text_rules(policy.sections),
        Stage.IMAGES: ai_image_rules(policy.sections),
    }
    return frozenset(listed | {stage for stage, found in rules.items() if found})


def never_looking(policy: Policy) -> Iterator[Problem]:
    """The required stages that the policy itself asks nothing of: they would never look."""
    used = stages_with_rules(policy)
    for at, rule in enumerate(policy.required.in_force):
        if Stage(rule.stage) not in used:
            yield (
                (KEY, "rules", at, "stage"),
                f"the policy has no rule for {STAGE_NAMES[Stage(rule.stage)]}, "
                "so it would never look.",
            )
