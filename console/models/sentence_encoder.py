"""Sentences to vectors by a published sentence model, with no network.

Folders in the layout of sentence-transformers: an ONNX file, ``tokenizer.json`` and, where the
model pools otherwise than by the mean, ``1_Pooling/config.json``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from console.base.errors import WorldError
from console.models.model_files import read_table, read_text
from console.models.onnx_session import model_file, open_session
from console.models.phrase_likeness import PhraseLikeness, Vectors

MAX_TOKENS = 128
"""Read of one text when the tokenizer states no limit of its own; a caption has about 15."""
REMEMBERED = 512
"""Texts whose vector is kept, so that a filter and a classifier ask once."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as a damaged file leaves it; the tokenizer takes whole ones only."""


class SentenceEncoder:
    """One model. Safe in several threads.

    Each text is computed by itself: in a model with 8-bit weights the neighbours in a batch change
    the result, and the same line has to get the same verdict live and in a run of ten thousand.
    """

    def __init__(self, folder: Path, languages: frozenset[str] = frozenset()) -> None:
        """Read the model; takes about 0.2 s. ``languages``: that it knows; empty for any.

        Raises:
            WorldError: the folder holds no model that can be read.
        """
        self.name = folder.name
        self.languages = languages
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._session = open_session(model_file(folder))
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._pools_first = _pools_first(folder)
        self._vector = lru_cache(REMEMBERED)(self._embed_one)
        self._try(folder)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each of ``texts``, in their order."""
        return np.stack([self._vector(text) for text in texts])

    def likeness(self, phrases: Sequence[str]) -> PhraseLikeness:
        """``phrases`` made ready; about 2 ms each."""
        return PhraseLikeness(self, phrases)

    def _embed_one(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(_HALF.sub("\ufffd", text))
        feeds = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        answer = self._session.run(
            None,
            {
                name: np.array([value], dtype=np.int64)
                for name, value in feeds.items()
                if name in self._inputs
            },
        )[0]
        hidden: Vectors = np.asarray(answer[0], dtype=np.float32)
        if hidden.ndim == 2:
            hidden = hidden[0] if self._pools_first else hidden.mean(axis=0)
        length = float(np.linalg.norm(hidden))
        vector: Vectors = hidden / length if length > 0.0 else hidden
        vector.flags.writeable = False
        return vector

    def _try(self, folder: Path) -> None:
        try:
            vector = self._vector("a first text")
        except Exception as error:  # whatever the runtime says of a model that is none of sentences
            raise WorldError(
                f"The model in {folder} is no sentence model: {error}", "Put another one there."
            ) from error
        if vector.ndim != 1:
            raise WorldError(
                f"The model in {folder} gives no single vector for a text.",
                "Put a sentence model there.",
            )
        if not np.isfinite(vector).all():
            raise WorldError(
                f"The model in {folder} computes no numbers: its weights are damaged.",
                "Copy it from where it was published again.",
            )


def _tokenizer(file: Path) -> Tokenizer:
    text = read_text(file)
    try:
        tokenizer = Tokenizer.from_str(text)
    except Exception as error:  # the library raises plain Exception for what it cannot read
        raise WorldError(
            f"The tokenizer {file} cannot be read: {error}", "Copy it from the model again."
        ) from error
    tokenizer.no_padding()
    if tokenizer.truncation is None:
        tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _pools_first(folder: Path) -> bool:
    """Whether the first token stands for the whole text. Without a statement the mean does."""
    file = folder / "1_Pooling" / "config.json"
    return file.exists() and read_table(file).get("pooling_mode_cls_token") is True
