"""Sentences of a hundred languages to vectors: multilingual-e5-small, with no network.

The graph comes with the program (``packaging/language-model/graph.py`` made it), the weights with
the extra ``languages`` (``e5_weights``). Words are looked up in the mapped file, so the largest
table of the model takes no memory but for what is read.
"""

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from console.models.e5_evened import evened, read_factors
from console.models.e5_pieces import Pieces
from console.models.e5_weights import E5Weights
from console.models.onnx_session import open_session_with
from console.models.phrase_likeness import PhraseLikeness, Vectors

NAME = "multilingual-e5-small"
GRAPH, FACTORS = "graph.onnx", "factors.npy"
REMEMBERED = 512
"""Texts whose vector is kept, so that a filter and a classifier ask once."""
MAX_TOKENS = 128
"""Read of one text; a caption has about 20."""
BEGIN, END = 0, 2
MAX_LETTERS = 1_000
"""Looked at before a text is cut; more than that many tokens have."""
PREFIX = "query: "
"""What the model was trained to see before a text."""
_HALF = re.compile("[\ud800-\udfff]")


class _Loaded(NamedTuple):
    """``values``: what the session computes with; it reads them where they are."""

    pieces: Pieces
    session: Any
    values: dict[str, Any]


class E5Encoder:
    """One model. Safe in several threads. Each text is computed by itself."""

    def __init__(self, weights: E5Weights, folder: Path) -> None:
        """Read nothing large yet; see :meth:`ready`. ``folder``: the graph and its factors.

        Raises:
            WorldError: a file there cannot be read or does not fit the weights.
        """
        self.name = NAME
        self.languages: frozenset[str] = frozenset()
        self.sha256 = weights.sha256
        self._weights = weights
        self._graph = folder / GRAPH
        self._factors = read_factors(folder / FACTORS)
        self._places = weights.floats("emb.pos").reshape(-1, weights.hidden)
        self._kind = weights.floats("emb.type")[: weights.hidden]
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None
        self._vector = lru_cache(REMEMBERED)(self._embed_one)

    def ready(self) -> "_Loaded":
        """Put weights and vocabulary into memory: 2 s and 150 MB, once.

        Raises:
            WorldError: the runtime cannot use the graph.
        """
        with self._lock:
            if self._loaded is None:
                values = evened(self._weights, self._factors)
                session = open_session_with(self._graph, values)
                self._loaded = _Loaded(Pieces(*self._weights.vocabulary()), session, values)
            return self._loaded

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each of ``texts``, in their order."""
        return np.stack([self._vector(text) for text in texts])

    def likeness(self, phrases: Sequence[str]) -> PhraseLikeness:
        """``phrases`` made ready; about 5 ms each."""
        return PhraseLikeness(self, phrases)

    def tokens(self, text: str) -> list[int]:
        """The numbers of the pieces of ``text``, with what begins and ends one."""
        pieces = self.ready().pieces.cut(PREFIX + _HALF.sub("\ufffd", text[:MAX_LETTERS]))
        return [BEGIN, *pieces[: MAX_TOKENS - 2], END]

    def looked_up(self, text: str) -> Vectors:
        """What goes into the graph: 1 x tokens x hidden."""
        numbers = self.tokens(text)
        words = self._weights.rows("emb.word", self._weights.hidden, numbers).plain()
        words += self._places[: len(numbers)] + self._kind
        return words[None]

    def _embed_one(self, text: str) -> Vectors:
        mean: Vectors = self.ready().session.run(None, {"words": self.looked_up(text)})[0][0]
        length = float(np.linalg.norm(mean))
        vector: Vectors = mean / length if length > 0.0 else mean
        vector.flags.writeable = False
        return vector
