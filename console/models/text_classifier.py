"""Harm in a text, by a sentence model and heads that this program trained on it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from console.domain.local_models import Harm
from console.models.figures_of_speech import said_plainly
from console.models.harm_heads import HarmHeads, Numbers
from console.models.plain_spelling import spelled_out

WINDOW_WORDS = 60
"""Words read at once; more than a spoken sentence has, and less than the model cuts off."""
STEP_WORDS = 45
MAX_WINDOWS = 8
"""Read of one text, so about 375 words: what stands behind is not judged."""


class Encoder(Protocol):
    """What the classifier needs of a sentence model."""

    def embed(self, texts: Sequence[str]) -> Numbers:
        """One row of length 1 for each of ``texts``."""


class HarmClassifier:
    """A :class:`~console.domain.local_models.TextClassifier`.

    Attributes:
        name: what it is called, for people.
        languages: those that its heads were measured on.
        labels: every label it can give.
    """

    def __init__(self, encoder: Encoder, heads: HarmHeads) -> None:
        """``encoder`` is the one the heads were trained on; :meth:`HarmHeads.require` checks."""
        self.name = heads.stated.name
        self.languages = frozenset(heads.stated.languages)
        self.labels = tuple(head.label for head in heads.stated.heads)
        self._encoder = encoder
        self._heads = heads

    def classify(self, text: str) -> tuple[Harm, ...]:
        """The labels ``text`` earns, the surest first; of a long one, the surest of each part."""
        surest: dict[str, Harm] = {}
        for window in _windows(said_plainly(spelled_out(text))):
            for harm in self._heads.harms(self._encoder.embed([window])[0], window):
                if harm.label not in surest or harm.score > surest[harm.label].score:
                    surest[harm.label] = harm
        return tuple(sorted(surest.values(), key=lambda harm: (-harm.score, harm.label)))

    def scores(self, text: str) -> dict[str, float]:
        """The score of every label, also of those that fall short: for measuring."""
        highest = dict.fromkeys(self.labels, 0.0)
        for window in _windows(said_plainly(spelled_out(text))):
            scores = self._heads.scores(self._encoder.embed([window])[0], window)
            for label, score in zip(self.labels, scores, strict=True):
                highest[label] = max(highest[label], score)
        return highest


def _windows(text: str) -> Iterator[str]:
    words = text.split()
    if len(words) <= WINDOW_WORDS:
        if words:
            yield text
        return
    for number in range(MAX_WINDOWS):
        start = number * STEP_WORDS
        yield " ".join(words[start : start + WINDOW_WORDS])
        if start + WINDOW_WORDS >= len(words):
            return
