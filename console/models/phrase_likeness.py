"""Phrases as vectors of a sentence model, compared with texts."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
DIGITS = 4
"""Of a score; what is beyond them is noise."""


class SentenceModel(Protocol):
    """Turns sentences into vectors."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each of ``texts``, in their order."""


class PhraseLikeness:
    """Phrases as vectors, compared with texts by cosine; below 0 counts as 0."""

    def __init__(self, encoder: SentenceModel, phrases: Sequence[str]) -> None:
        self._encoder = encoder
        self._phrases = encoder.embed(phrases) if phrases else None

    def scores(self, texts: Sequence[str]) -> list[list[float]]:
        """As :class:`console.domain.local_models.Likeness`."""
        if self._phrases is None or not texts:
            return [[] for _ in texts]
        near = np.clip(self._encoder.embed(texts) @ self._phrases.T, 0.0, 1.0)
        # The last digits depend on how many texts are multiplied at once.
        rows: list[list[float]] = near.astype(np.float64).round(DIGITS).tolist()
        return rows
