"""The rules that can match here, so that the one that never does shows in the totals."""

from console.domain.local_models import NO_MODELS, LocalModels
from console.policy.ai_text_matcher import RULE
from console.policy.ai_text_section import ai_text_rules
from console.policy.model import Policy


def rule_names(policy: Policy, models: LocalModels = NO_MODELS) -> tuple[str, ...]:
    """What matches call the rules of ``policy`` that are evaluated with ``models``."""
    names = [rule.name for rule in policy.block_list_rules]
    names += [rule.name for rule in policy.semantic_rules]
    if models.text is not None:
        names += [RULE + rule.label for rule in ai_text_rules(policy.sections)]
    return tuple(names)
