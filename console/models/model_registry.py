"""The models of one installation, read when first wanted and kept."""

import importlib
import logging
import os
import threading
from pathlib import Path

from msgspec import Struct

from console.domain.local_models import NO_MODELS, LocalModels

logger = logging.getLogger(__name__)

OWN_IMAGE = "image"
"""The user's folder of an image classifier."""

EXTRA_MISSING = (
    "Judging by meaning is not installed, so likeness of words stands in for it and AI text needs "
    "Stream. Install the extra “models” of moderator-console for it."
)

EXTRA_BROKEN = (
    "Judging by meaning is installed but broken ({}), so likeness of words stands in for it and AI "
    "text needs Stream. Install the extra “models” of moderator-console again."
)


class Shelved(Struct, frozen=True):
    """``models`` as far as they could be read; ``notes``: what could not, and why, in sentences."""

    models: LocalModels = NO_MODELS
    notes: tuple[str, ...] = ()


class ModelRegistry:
    """Reads models once. Safe in several threads; whoever comes second waits for the first.

    A sentence model in the folder ``own/sentence`` goes before the one that came with the program;
    an image classifier is only there when the user puts one into ``own/image``.
    """

    def __init__(self, own: Path | None, built_in: Path) -> None:
        """``own``: the user's folder of models, or None. ``built_in``: the one in the resources."""
        self._own = own
        self._built_in = built_in
        self._lock = threading.Lock()
        self._shelved: Shelved | None = None
        self._image: Shelved | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, and why; empty before models are asked for."""
        read = self._shelved or self._image
        return read.notes if read is not None else ()

    def take(self) -> Shelved:
        """All models at hand. Takes about half a second the first time: not on a loop."""
        with self._lock:
            if self._shelved is None:
                self._shelved = self._read()
            return self._shelved

    def take_image(self) -> Shelved:
        """The image classifier alone, for whom the models of texts would only cost time."""
        with self._lock:
            if self._shelved is not None:
                return Shelved(LocalModels(image=self._shelved.models.image), self._shelved.notes)
            if self._image is None:
                self._image = self._read(image_alone=True) if self._has_image() else Shelved()
            return self._image

    def _has_image(self) -> bool:
        return self._own is not None and os.path.lexists(self._own / OWN_IMAGE)

    def _read(self, *, image_alone: bool = False) -> Shelved:
        try:
            # Costs 0.2 s and 50 MB, and may not be installed.
            folders = importlib.import_module("console.models.folders")
        except ModuleNotFoundError:
            return Shelved(notes=(EXTRA_MISSING,))
        except Exception as error:  # a broken native library raises whatever it likes
            logger.info("the runtime of models cannot be used", exc_info=True)
            why = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            return Shelved(notes=(EXTRA_BROKEN.format(why),))
        if image_alone:
            return Shelved(*folders.read_image(self._own))
        return Shelved(*folders.read_models(self._own, self._built_in))
