"""Two policies on the same texts: which lines flip, and by which rule."""

from collections import Counter
from typing import Any

from msgspec import Struct

from console.domain.results import Judgement
from console.domain.verdict import action_rank
from console.policy.inputs.texts import TextRow


class Flip(Struct, frozen=True):
    """One text for which two policies recommend different actions."""

    row: TextRow
    before: Judgement
    after: Judgement

    @property
    def stricter(self) -> bool:
        """Whether the second policy is the stricter one here."""
        return action_rank(self.after.action) > action_rank(self.before.action)

    @property
    def rule(self) -> str:
        """The rule behind it: of the policy that is the stricter one."""
        return self.after.rule if self.stricter else self.before.rule


def flip(row: TextRow, before: Judgement, after: Judgement) -> Flip | None:
    """The difference between two judgements of ``row``; None when they recommend the same."""
    return None if before.action == after.action else Flip(row, before, after)


class FlipTally:
    """Counts texts and flips as they come."""

    def __init__(self) -> None:
        self.texts = 0
        self.stricter = 0
        self.milder = 0
        self.steps: Counter[tuple[str, str]] = Counter()
        self.rules: dict[tuple[str, str], Counter[str]] = {}
        """By step, the rules behind it."""

    @property
    def flips(self) -> int:
        """So far."""
        return self.stricter + self.milder

    def add(self, found: Flip | None) -> None:
        """Count one text, flipped or not."""
        self.texts += 1
        if found is None:
            return
        step = found.before.action, found.after.action
        self.steps[step] += 1
        self.rules.setdefault(step, Counter())[found.rule] += 1
        if found.stricter:
            self.stricter += 1
        else:
            self.milder += 1

    def summary(self) -> dict[str, Any]:
        """Everything counted, ready for JSON."""
        return {
            "texts": self.texts,
            "flips": self.flips,
            "stricter": self.stricter,
            "milder": self.milder,
            "steps": {f"{was} -> {now}": count for (was, now), count in self.steps.most_common()},
        }
