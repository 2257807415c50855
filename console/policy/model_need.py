"""Which policies a local model can judge better. Pure."""

from console.policy.model import Policy
from console.policy.semantic_matcher import semantic_rules_in_force


def wants_models(policy: Policy) -> bool:
    """Whether reading the models is worth the time and memory for ``policy``."""
    return bool(semantic_rules_in_force(policy))
