"""How grave a judgement is on the scale of the review queue, and which engine found it."""

from console.domain.results import Judgement
from console.domain.verdict import Severity, action_rank
from console.policy.matchers.semantic import EMBEDDING
from console.policy.sections.ai_text import RULE as TEXT_RULE
from console.policy.text import similarity
from console.sandbox.image_rules import IMAGE_RULE

_SEMANTIC = frozenset({EMBEDDING, similarity.KIND})

SEVERITY_SCALE = {
    Severity.NONE: 0,
    Severity.LOW: 25,
    Severity.MEDIUM: 50,
    Severity.HIGH: 75,
    Severity.CRITICAL: 100,
}
"""The int of an item; appeals say 1 to 100, the scale itself is undocumented (?)."""


def gravity(judgement: Judgement) -> int:
    """The int of a judgement; by its action where neither list nor filter states a severity (?)."""
    if judgement.severity is not Severity.NONE:
        return SEVERITY_SCALE[judgement.severity]
    rank = action_rank(judgement.action)
    if rank <= action_rank("keep"):
        return 0
    return 25 if rank <= action_rank("flag") else 75


def flag_type(judgement: Judgement) -> str:
    """The type of the flag that tells of a judgement."""
    if judgement.rule.startswith(IMAGE_RULE):
        return "ai_image"
    if judgement.rule.startswith(TEXT_RULE):
        return "ai_text"
    by_meaning = _SEMANTIC.intersection(match.kind for match in judgement.matches)
    return "semantic_filter" if by_meaning else "block_list"
