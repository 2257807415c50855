"""Semantic filters: with a sentence model by meaning, without one by likeness of words.

Which of the two it was shows in the kind of every match and in its sentence.
"""

from collections.abc import Sequence

from msgspec import Struct

from console.domain.local_models import Embedder
from console.domain.stages import Stage
from console.domain.verdict import Match
from console.policy.model import Policy, SemanticFilter, SemanticRule
from console.policy.sections.section import Found
from console.policy.text import similarity
from console.policy.text.similarity import LexicalSimilarity, passages, word_spans

EMBEDDING = "semantic_embedding"
"""The kind of a match by a sentence model."""


class _Place(Struct, frozen=True):
    """The best passage for one filter: code points of the text."""

    score: float
    start: int
    end: int


class SemanticMatcher:
    """Compares texts with the seed phrases of every filter in force."""

    stage = Stage.MEANING

    def __init__(
        self,
        rules: Sequence[tuple[SemanticRule, SemanticFilter]],
        embedder: Embedder | None = None,
    ) -> None:
        self._rules = tuple(rules)
        phrases = [
            (at, phrase) for at, (_, each) in enumerate(self._rules) for phrase in each.phrases
        ]
        self._owner = [at for at, _ in phrases]
        texts = [phrase for _, phrase in phrases]
        self._meaning = embedder.likeness(texts) if embedder is not None and texts else None
        self._words = LexicalSimilarity(texts) if self._meaning is None else None
        self.has_rules = bool(texts)
        self.languages = embedder.languages if self._meaning and embedder else frozenset()
        self._how = "likeness of words, without a model"
        self._kind = similarity.KIND
        if embedder is not None:
            self._how, self._kind = f"meaning (local model {embedder.name})", EMBEDDING

    @property
    def asks_model(self) -> bool:
        """Whether a sentence model is asked."""
        return self._meaning is not None

    def find(self, text: str) -> list[Found]:
        """The filters whose threshold ``text`` reaches, each once with its best passage."""
        if not self._owner:
            return []
        best: dict[int, _Place] = {}
        for number, place in self._compared(text):
            at = self._owner[number]
            known = best.get(at)
            if place.score >= self._rules[at][0].threshold and (
                known is None or place.score > known.score
            ):
                best[at] = place
        return [self._found(at, place) for at, place in sorted(best.items())]

    def _compared(self, text: str) -> list[tuple[int, _Place]]:
        """Phrases by number, with a passage of ``text`` and how like it is."""
        if self._words is not None:
            spans = word_spans(text)
            found = self._words.best([word for word, _, _ in spans])
            return [
                (number, _Place(score, spans[first][1], spans[last][2]))
                for number, (score, first, last) in found.items()
            ]
        if self._meaning is None:
            return []
        parts = passages(text)
        rows = self._meaning.scores([text[start:end] for start, end in parts])
        return [
            (number, _Place(score, start, end))
            for (start, end), row in zip(parts, rows, strict=True)
            for number, score in enumerate(row)
        ]

    def _found(self, at: int, place: _Place) -> Found:
        rule, each = self._rules[at]
        match = Match(
            rule=rule.name,
            label=each.label or each.name,
            severity=each.severity,
            action=rule.action,
            start=place.start,
            end=place.end,
            kind=self._kind,
        )
        # One sentence that does not claim more than was done.
        score = f"{place.score:.2f} of at least {rule.threshold:.2f}"
        return Found(match, f"Semantic filter “{rule.name}” by {self._how}: {score}.")


def semantic_rules_in_force(policy: Policy) -> list[tuple[SemanticRule, SemanticFilter]]:
    """The rules whose filter is at hand, with it."""
    known = {each.name: each for each in policy.semantic_filters}
    return [(rule, known[rule.name]) for rule in policy.semantic_rules if rule.name in known]
