"""Which policies the models on this computer can judge better. Pure."""

from collections.abc import Callable

from console.domain.local_models import NO_MODELS, LocalModels
from console.policy.ai_image_section import ai_image_rules
from console.policy.ai_text_section import ai_text_rules
from console.policy.model import Policy
from console.policy.semantic_matcher import semantic_rules_in_force

ModelsFor = Callable[[Policy], LocalModels]
"""The models to judge a policy with; may take half a second, so not on a loop."""


def no_models(policy: Policy) -> LocalModels:
    """For who judges by words alone."""
    return NO_MODELS


def when_wanted(take: Callable[[], LocalModels]) -> ModelsFor:
    """``take`` is only called for a policy that is judged better with models."""
    return lambda policy: take() if wants_models(policy) else NO_MODELS


def wants_models(policy: Policy) -> bool:
    """Whether reading the models is worth the time and memory for ``policy``."""
    sections = policy.sections
    return bool(
        semantic_rules_in_force(policy) or ai_text_rules(sections) or ai_image_rules(sections)
    )
