"""The part of the text classifier that this program trained itself: one head a label.

A head is a weighted sum of the sentence vector, the words and the letter groups, and of hidden
units over the vector: whom a sentence is about and what it says of them count together only.
A folder holds ``heads.json`` (what it is, :class:`Stated`) and the weights; made by
``packaging/classifier/train.py``. It fits the one sentence model that it was trained on.
"""

import hashlib
import math
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from console.base.errors import WorldError
from console.domain.local_models import Harm
from console.domain.verdict import Severity
from console.models.letter_features import letter_buckets, word_buckets
from console.models.model_files import read_text

FORMAT = 1
DIGITS = 4
"""Of a score; what is beyond them is noise."""
_ADVICE = "Install the program again, or make the heads anew with packaging/classifier/train.py."
_SEVERITIES = list(Severity)
Numbers = NDArray[np.float32]


class Head(Struct, frozen=True, kw_only=True):
    """What is stated of one label.

    Attributes:
        threshold: the lowest score at which a text has the label.
        bias, severity_bias: what is added to the weighted sums.
        mildest, gravest: the severities between which its texts lie.
        sentences: of this label among those it was trained on.
        precision, recall: at the threshold, in cross-validation on our own sentences.
        severity_exact, severity_near: the share of severities hit there, and missed by one at most.
    """

    label: str
    threshold: float
    bias: float
    severity_bias: float
    mildest: Severity
    gravest: Severity
    sentences: int
    precision: float
    recall: float
    severity_exact: float
    severity_near: float


class Stated(Struct, frozen=True, kw_only=True):
    """``heads.json``.

    Attributes:
        name: of the classifier, for people.
        encoder: SHA-256 of the sentence model's ONNX file.
        dimensions: of the model's vectors.
        word_buckets, letter_buckets: how many buckets of words and of letter groups there are; 0
            for none.
        letter_share: the length of each of the two, where the sentence vector has length 1.
        hidden: units over the sentence vector.
        sentences, harmless: trained on, and those of them without any label.
        languages: ISO 639, of the sentences that it was measured on; others it does not judge.
        raised_of_talk: the share of ordinary talk and text that gets a label in cross-validation.
    """

    format: int
    name: str
    version: str
    encoder: str
    dimensions: int
    word_buckets: int
    letter_buckets: int
    letter_share: float
    hidden: int
    sentences: int
    harmless: int
    raised_of_talk: float
    heads: tuple[Head, ...]
    languages: tuple[str, ...] = ("en",)

    @property
    def width(self) -> int:
        """How many weights a label has."""
        return self.dimensions + self.word_buckets + self.letter_buckets


class Weights(NamedTuple):
    """Rows x columns, in 16 bits on disk.

    Attributes:
        harm: labels x :attr:`Stated.width`.
        severity: labels x dimensions.
        hidden: hidden units x dimensions and, last, what is added.
        output: labels x hidden units; zeros for a label that does without.
    """

    harm: Numbers
    severity: Numbers
    hidden: Numbers
    output: Numbers


class HarmHeads:
    """The heads, ready to judge.

    Attributes:
        stated: what its file says.
    """

    def __init__(self, stated: Stated, weights: Weights) -> None:
        self.stated = stated
        self._weights = weights
        self._biases = np.array([head.bias for head in stated.heads], dtype=np.float32)

    @classmethod
    def load(cls, folder: Path) -> "HarmHeads":
        """Read the heads in ``folder``.

        Raises:
            WorldError: a file is missing, cannot be read or does not fit the others.
        """
        stated = _stated(folder / "heads.json")
        labels = len(stated.heads)
        shapes = {
            "harm": (labels, stated.width),
            "severity": (labels, stated.dimensions),
            "hidden": (stated.hidden, stated.dimensions + 1),
            "output": (labels, stated.hidden),
        }
        read = {name: _numbers(folder / f"{name}.npy", shape) for name, shape in shapes.items()}
        return cls(stated, Weights(**read))

    def require(self, model: Path) -> None:
        """Check that ``model`` is the ONNX file these heads were trained on.

        Raises:
            WorldError: it is another one, or cannot be read.
        """
        try:
            with model.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise WorldError(f"{model} could not be read: {error.strerror}.", _ADVICE) from error
        self.require_hash(found, str(model))

    def require_hash(self, found: str, model: str) -> None:
        """The same of a model whose SHA-256 is known."""
        if found != self.stated.encoder:
            raise WorldError(
                f"The local text classifier was trained on another sentence model than {model}.",
                _ADVICE,
            )

    def scores(self, vector: Numbers, text: str) -> list[float]:
        """One score from 0 to 1 for each label.

        ``vector``: the sentence vector of ``text``, of length 1. Each text by itself: the last
        digits of a product depend on how many are multiplied at once.
        """
        stated, weights = self.stated, self._weights
        sums = weights.harm[:, : stated.dimensions] @ vector + self._biases
        units = weights.hidden[:, :-1] @ vector + weights.hidden[:, -1]
        sums += weights.output @ np.maximum(units, 0.0)
        start = stated.dimensions
        for buckets_of, count in (
            (word_buckets, stated.word_buckets),
            (letter_buckets, stated.letter_buckets),
        ):
            if count and (buckets := buckets_of(text, count)):
                share = stated.letter_share / math.sqrt(len(buckets))
                sums += weights.harm[:, [start + each for each in buckets]].sum(axis=1) * share
            start = stated.dimensions + stated.word_buckets
        chances = 1.0 / (1.0 + np.exp(-sums.astype(np.float64)))
        return [round(float(chance), DIGITS) for chance in chances]

    def harms(self, vector: Numbers, text: str) -> tuple[Harm, ...]:
        """The labels whose score reaches their threshold, the surest first."""
        found = [
            Harm(head.label, self._severity_of(number, head, vector), score)
            for number, (head, score) in enumerate(
                zip(self.stated.heads, self.scores(vector, text), strict=True)
            )
            if score >= head.threshold
        ]
        return tuple(sorted(found, key=lambda harm: (-harm.score, harm.label)))

    def _severity_of(self, number: int, head: Head, vector: Numbers) -> Severity:
        rank = round(float(self._weights.severity[number] @ vector) + head.severity_bias)
        return _SEVERITIES[min(max(rank, head.mildest.rank), head.gravest.rank)]


def _stated(file: Path) -> Stated:
    try:
        stated = msgspec.json.decode(read_text(file), type=Stated)
    except (msgspec.DecodeError, RecursionError) as error:
        raise WorldError(f"{file} is not as expected: {error}.", _ADVICE) from error
    if wrong := _wrong(stated):
        raise WorldError(f"{file} is not as expected: {wrong}.", _ADVICE)
    return stated


def _wrong(stated: Stated) -> str:
    """What is wrong with the file, naming the place; empty when nothing is."""
    if stated.format != FORMAT:
        return f"`format` is {stated.format}, and this version reads {FORMAT}"
    if not stated.heads:
        return "`heads` is empty"
    for name, least in (
        ("dimensions", 1),
        ("word_buckets", 0),
        ("letter_buckets", 0),
        ("hidden", 1),
    ):
        if getattr(stated, name) < least:
            return f"`{name}` is less than {least}"
    for number, head in enumerate(stated.heads):
        if not 0.0 < head.threshold <= 1.0:
            return f"`heads[{number}].threshold` ({head.label}) is not between 0 and 1"
        if not 1 <= head.mildest.rank <= head.gravest.rank:
            return f"`heads[{number}]` ({head.label}) has no severities from mildest to gravest"
    if len({head.label for head in stated.heads}) < len(stated.heads):
        return "`heads` names a label twice"
    return ""


def _numbers(file: Path, shape: tuple[int, int]) -> Numbers:
    try:
        numbers: Numbers = np.load(file, allow_pickle=False).astype(np.float32)
    except OSError as error:
        raise WorldError(f"{file} could not be read: {error.strerror}.", _ADVICE) from error
    except (ValueError, EOFError) as error:
        raise WorldError(f"{file} holds no array of numbers: {error}.", _ADVICE) from error
    if numbers.shape != shape:
        raise WorldError(
            f"{file} has the shape {numbers.shape} where heads.json asks for {shape}.", _ADVICE
        )
    if not np.isfinite(numbers).all():
        raise WorldError(f"{file} holds something that is no number.", _ADVICE)
    return numbers
