"""Explicit and suggestive pictures, by MobileNetV2 of nsfwjs, which comes with the program."""

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from console.base.errors import WorldError
from console.base.plain_file import read_bytes
from console.domain.picture import EXPLICIT, SUGGESTIVE
from console.models.onnx_session import open_session

FOLDER = "nsfwjs-mobilenet-v2"
SHA256 = "88f1e4793f1f67b8c9064eff018b9acb1a4d54370b62fa21ad5646d0fbfd4719"
SIZE = 224
MAX_BYTES = 16 << 20

_MEANINGS = {EXPLICIT: (1, 3), SUGGESTIVE: (4,)}
"""Of its classes: Drawing, Hentai, Neutral, Porn, Sexy."""


class PictureLabels:
    """One model. Safe in several threads; one look takes about 25 ms of a processor."""

    def __init__(self, models: Path) -> None:
        """Read the model below ``models``.

        Raises:
            WorldError: it is missing, or not the one we know.
        """
        file = models / FOLDER / "model.onnx"
        if hashlib.sha256(read_bytes(file, MAX_BYTES)).hexdigest() != SHA256:
            raise WorldError(
                f"The image model {file} is not the one that came with the program.",
                "Install moderator-console again; pictures are not judged meanwhile.",
            )
        self._session = open_session(file)

    def scores(self, frame: Image.Image) -> dict[str, float]:
        """How sure it is of each label, from 0 to 1."""
        pixels = frame.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        values = np.asarray(pixels, np.float32)[np.newaxis] / 255
        shares = self._session.run(None, {"image": values})[0][0]
        return {
            label: float(sum(shares[number] for number in classes))
            for label, classes in _MEANINGS.items()
        }
