"""What a model on this computer says of a text or an image. Interfaces only.

``console/models`` loads the models from a folder.

A policy is whole without any of them. What needs a model and finds none says so where it shows.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct

from console.domain.verdict import Severity


class Likeness(Protocol):
    """Phrases made ready to be compared with texts."""

    def scores(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """How near in meaning each text is to each phrase: 0 (nothing in common) to 1 (the same).

        One row for each of ``texts``, in it one score for each phrase, in their order.
        """


class Embedder(Protocol):
    """Turns sentences into vectors; near vectors mean nearly the same."""

    @property
    def name(self) -> str:
        """What the model is called, for people."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages (ISO 639) whose meaning it knows; empty where it knows any."""

    def likeness(self, phrases: Sequence[str]) -> Likeness:
        """``phrases`` made ready."""


class Harm(Struct, frozen=True):
    """One label a classifier gives a text.

    Attributes:
        score: from 0 to 1, higher for what is surer; no more is said by it.
        confidence: how likely the text does this harm, from 0 to 1, as measured on texts that
            the classifier had not seen; None where that was not measured.
    """

    label: str
    severity: Severity
    score: float
    confidence: float | None = None


class TextClassifier(Protocol):
    """Says what harm a text does. Its labels are not Stream's, whatever their names."""

    @property
    def name(self) -> str:
        """What the classifier is called, for people."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label it can give, upper case with underscores."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages (ISO 639) that it can judge; empty where it can judge any."""

    def ready(self) -> None:
        """Read what was put off until somebody has rules for it. May take seconds."""

    def classify(self, text: str) -> tuple[Harm, ...]:
        """The labels ``text`` earns, the surest first; empty when it does no harm it knows."""


class CurvePoint(Struct, frozen=True):
    """Some texts that a classifier had not seen.

    ``told``: how sure it was of a label on average; ``right``: the share that it was right of.
    """

    told: float
    right: float
    texts: int


@runtime_checkable
class Calibrated(Protocol):
    """A classifier of which somebody measured what its confidence is worth."""

    def curve(self, label: str) -> tuple[CurvePoint, ...]:
        """The points of a label, the least sure first; none where it was not measured."""

    @property
    def calibration_error(self) -> float:
        """How far its confidence is off on average, from 0 to 1; below 0 where nobody knows."""


class ImageLabel(Struct, frozen=True):
    """One label of an image. ``confidence`` from 0 to 100, as in Stream's image rules."""

    label: str
    confidence: float


class ImageClassifier(Protocol):
    """Says what an image shows, in its own labels."""

    @property
    def name(self) -> str:
        """What the classifier is called, for people."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label it can give, as the model spells them."""

    def classify(self, image: bytes) -> tuple[ImageLabel, ...]:
        """Every label with its confidence for an encoded image (PNG, JPEG, WebP, GIF).

        Of an animation the surest of its frames counts for each label.

        Raises:
            WorldError: the bytes are no image that can be read.
        """

    def frames(self, image: bytes) -> tuple[int, int]:
        """How many frames of an encoded image are looked at, and how many there are."""


class LocalModels(Struct, frozen=True):
    """The models at hand; None where there is none."""

    embedder: Embedder | None = None
    text: TextClassifier | None = None
    image: ImageClassifier | None = None


NO_MODELS = LocalModels()
