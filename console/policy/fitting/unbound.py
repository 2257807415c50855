"""A text as the classifier sees it, whatever the thresholds are, and what else raises it."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from console.domain.results import Judgement
from console.domain.verdict import KEEP
from console.policy.model import Policy
from console.policy.sections.ai_text import KIND
from console.policy.sections.confidence import ConfidenceConfig


class Sure(Struct, frozen=True):
    """One label with the confidence of the classifier, from 0 to 1."""

    label: str
    confidence: float


class Unbound(Struct, frozen=True):
    """One text. ``sure``: the labels that would raise it; ``otherwise``: something else does."""

    sure: tuple[Sure, ...] = ()
    otherwise: bool = False

    def confidence(self, label_keys: Callable[[str], str], key: str) -> float | None:
        """How sure the classifier is of the label with this key; None where it is not at all."""
        found = (each.confidence for each in self.sure if label_keys(each.label) == key)
        return max(found, default=None)

    def raised(self, least_of: Callable[[str], float]) -> bool:
        """Whether it is raised under these thresholds."""
        return self.otherwise or bool(self.raising(least_of))

    def raising(self, least_of: Callable[[str], float]) -> tuple[Sure, ...]:
        """The labels that raise it under these thresholds."""
        return tuple(each for each in self.sure if each.confidence >= least_of(each.label))


def without_thresholds(policy: Policy) -> Policy:
    """``policy`` with no threshold of confidence."""
    return replace(policy, confidence=ConfidenceConfig(enabled=False))


def unbound(judgement: Judgement) -> Unbound:
    """``judgement`` of a policy without thresholds, taken apart."""
    surest: dict[str, float] = {}
    otherwise = False
    for match in judgement.matches:
        if match.action == KEEP:
            continue
        if match.kind == KIND and match.confidence is not None:
            surest[match.label] = max(match.confidence, surest.get(match.label, 0.0))
        else:
            otherwise = True
    return Unbound(tuple(Sure(label, sure) for label, sure in surest.items()), otherwise)
