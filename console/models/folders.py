"""The folders of an installation, each with one model, read into what the policy engine uses."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from console.base.errors import WorldError
from console.domain.local_models import ImageClassifier, LocalModels, TextClassifier
from console.models.harm_confidence import read_calibration
from console.models.harm_heads import HarmHeads
from console.models.image_classifier import OnnxImageClassifier
from console.models.language_registry import is_installed, load_languages
from console.models.model_registry import OWN_IMAGE
from console.models.onnx_session import model_file
from console.models.sentence_encoder import SentenceEncoder
from console.models.text_classifier import HarmClassifier

BUILT_IN = "all-MiniLM-L6-v2"
ENGLISH = frozenset(("en",))
HEADS = "harm-heads"
OWN_SENTENCE = "sentence"

Model = TypeVar("Model")


def read_models(own: Path | None, built_in: Path) -> tuple[LocalModels, tuple[str, ...]]:
    """The models in the user's folder and in the program's; what could not be read, in sentences.

    The text classifier belongs to the program's own sentence model, whatever the user put beside.
    Where the extra ``languages`` is installed, the one for many languages goes before the English
    one.
    """
    notes: list[str] = []
    encoder = _read(lambda: SentenceEncoder(built_in / BUILT_IN, ENGLISH), notes)
    theirs = None
    # What is there and cannot be read is said, also a link that leads nowhere.
    sentence = own / OWN_SENTENCE if own else None
    if sentence is not None and os.path.lexists(sentence):
        theirs = _read(lambda: SentenceEncoder(sentence), notes)
    text: TextClassifier | None = None
    if is_installed():
        text = _read(lambda: load_languages(built_in), notes)
    if text is None and encoder is not None:
        text = _read(lambda: _text_classifier(encoder, built_in), notes)
    image, said = read_image(own)
    notes += said
    return LocalModels(embedder=theirs or encoder, text=text, image=image.image), tuple(notes)


def read_image(own: Path | None) -> tuple[LocalModels, tuple[str, ...]]:
    """The image classifier in the user's folder alone, and why it could not be read."""
    notes: list[str] = []
    image: ImageClassifier | None = None
    picture = own / OWN_IMAGE if own else None
    if picture is not None and os.path.lexists(picture):
        image = _read(lambda: OnnxImageClassifier(picture), notes)
    return LocalModels(image=image), tuple(notes)


def _text_classifier(encoder: SentenceEncoder, built_in: Path) -> HarmClassifier:
    heads = HarmHeads.load(built_in / HEADS)
    heads.require(model_file(built_in / BUILT_IN))
    return HarmClassifier(encoder, heads, read_calibration(built_in / HEADS))


def _read(model: Callable[[], Model], notes: list[str]) -> Model | None:
    try:
        return model()
    except WorldError as error:
        notes.append(str(error))
        return None
