"""Harm in a text, by a sentence model and heads that this program trained on it."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from msgspec.structs import replace

from console.domain.local_models import CurvePoint, Harm
from console.models.figures_of_speech import said_plainly
from console.models.harm_confidence import Calibration
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


@runtime_checkable
class Reads(Protocol):
    """A sentence model that is read late."""

    def ready(self) -> object:
        """Read it now."""


class HarmClassifier:
    """A :class:`~console.domain.local_models.TextClassifier`.

    Attributes:
        name: what it is called, for people.
        languages: those that its heads were measured on.
        labels: every label it can give.
    """

    def __init__(
        self, encoder: Encoder, heads: HarmHeads, calibration: Calibration | None = None
    ) -> None:
        """``encoder`` is the one the heads were trained on; :meth:`HarmHeads.require` checks."""
        self._calibration = calibration
        self.name = heads.stated.name
        self.languages = frozenset(heads.stated.languages)
        self.labels = tuple(head.label for head in heads.stated.heads)
        self._encoder = encoder
        self._heads = heads

    def ready(self) -> None:
        """As of the interface."""
        if isinstance(self._encoder, Reads):
            self._encoder.ready()

    def classify(self, text: str) -> tuple[Harm, ...]:
        """The labels ``text`` earns, the surest first; of a long one, the surest of each part."""
        surest: dict[str, Harm] = {}
        for window in _windows(said_plainly(spelled_out(text))):
            for harm in self._heads.harms(self._encoder.embed([window])[0], window):
                if harm.label not in surest or harm.score > surest[harm.label].score:
                    surest[harm.label] = harm
        told = map(self._with_confidence, surest.values())
        return tuple(sorted(told, key=lambda harm: (-harm.score, harm.label)))

    def curve(self, label: str) -> tuple[CurvePoint, ...]:
        """As of :class:`~console.domain.local_models.Calibrated`."""
        known = self._calibration.curves if self._calibration is not None else ()
        return next((each.bins for each in known if each.label == label), ())

    @property
    def calibration_error(self) -> float:
        """As of :class:`~console.domain.local_models.Calibrated`."""
        return self._calibration.error if self._calibration is not None else -1.0

    def _with_confidence(self, harm: Harm) -> Harm:
        if self._calibration is None:
            return harm
        sure = self._calibration.confidence(harm.label, harm.score)
        return replace(harm, confidence=sure)

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
