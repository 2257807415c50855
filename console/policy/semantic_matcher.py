"""Semantic filters without a model: labelled as what they are, a likeness of words."""

from collections.abc import Sequence

from msgspec import Struct

from console.domain.verdict import Match
from console.policy.lexical_similarity import KIND, LexicalSimilarity, word_spans
from console.policy.model import Policy, SemanticFilter, SemanticRule


class Alike(Struct, frozen=True):
    """A filter that the text was like enough, with the score from 0 to 1."""

    match: Match
    score: float
    threshold: float

    @property
    def why(self) -> str:
        """One sentence that does not claim more than was done."""
        return (
            f"Semantic filter “{self.match.rule}” by likeness of words, without a model: "
            f"{self.score:.2f} of at least {self.threshold:.2f}."
        )


class SemanticMatcher:
    """Compares texts with the seed phrases of every filter in force."""

    def __init__(self, rules: Sequence[tuple[SemanticRule, SemanticFilter]]) -> None:
        self._rules = tuple(rules)
        phrases = [
            (at, phrase) for at, (_, each) in enumerate(self._rules) for phrase in each.phrases
        ]
        self._owner = [at for at, _ in phrases]
        self._similarity = LexicalSimilarity([phrase for _, phrase in phrases])

    def find(self, text: str) -> list[Alike]:
        """The filters whose threshold ``text`` reaches, each once with its best passage."""
        if not self._owner:
            return []
        spans = word_spans(text)
        best: dict[int, tuple[float, int, int]] = {}
        for number, (score, first, last) in self._similarity.best([w for w, _, _ in spans]).items():
            at = self._owner[number]
            if score >= self._rules[at][0].threshold and score > best.get(at, (0.0, 0, 0))[0]:
                best[at] = (score, spans[first][1], spans[last][2])
        return [self._alike(at, *place) for at, place in sorted(best.items())]

    def _alike(self, at: int, score: float, start: int, end: int) -> Alike:
        rule, each = self._rules[at]
        match = Match(
            rule=rule.name,
            label=each.label or each.name,
            severity=each.severity,
            action=rule.action,
            start=start,
            end=end,
            kind=KIND,
        )
        return Alike(match, score, rule.threshold)


def semantic_rules_in_force(policy: Policy) -> list[tuple[SemanticRule, SemanticFilter]]:
    """The rules whose filter is at hand, with it."""
    known = {each.name: each for each in policy.semantic_filters}
    return [(rule, known[rule.name]) for rule in policy.semantic_rules if rule.name in known]
