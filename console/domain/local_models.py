"""What a model on this computer says of a text or an image. Interfaces only.

``console/models`` loads the models from a folder.

A policy is whole without any of them. What needs a model and finds none says so where it shows.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from console.domain.verdict import Severity


class Embedder(Protocol):
    """Turns sentences into vectors; near vectors mean nearly the same."""

    @property
    def name(self) -> str:
        """What the model is called, for people."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of length 1 for each of ``texts``, in their order."""


class Harm(Struct, frozen=True):
    """One label a classifier gives a text. ``score`` from 0 to 1, how sure it is."""

    label: str
    severity: Severity
    score: float


class TextClassifier(Protocol):
    """Says what harm a text does, in its own labels: they are not Stream's, whatever their names.

    Attributes of the instance:
        name: what the classifier is called, for people.
        labels: every label it can give, upper case with underscores.
    """

    @property
    def name(self) -> str: ...

    @property
    def labels(self) -> tuple[str, ...]: ...

    def classify(self, text: str) -> tuple[Harm, ...]:
        """The labels ``text`` earns, the surest first; empty when it does no harm it knows."""


class ImageLabel(Struct, frozen=True):
    """One label of an image. ``confidence`` from 0 to 100, as in Stream's image rules."""

    label: str
    confidence: float


class ImageClassifier(Protocol):
    """Says what an image shows. Attributes as in :class:`TextClassifier`."""

    @property
    def name(self) -> str: ...

    @property
    def labels(self) -> tuple[str, ...]: ...

    def classify(self, image: bytes) -> tuple[ImageLabel, ...]:
        """Every label with its confidence for an encoded image (PNG, JPEG, WebP, GIF).

        Raises:
            WorldError: the bytes are no image that can be read.
        """


class LocalModels(Struct, frozen=True):
    """The models at hand; None where there is none."""

    embedder: Embedder | None = None
    text: TextClassifier | None = None
    image: ImageClassifier | None = None


NO_MODELS = LocalModels()
