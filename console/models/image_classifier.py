"""What an image shows, by a published image classifier, with no network.

Folders in the layout of transformers: an ONNX file, ``config.json`` with the labels (``id2label``)
and ``preprocessor_config.json`` with what the model wants to see.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image

from console.base.errors import WorldError
from console.domain.local_models import ImageLabel
from console.models.model_files import read_table
from console.models.onnx_session import model_file, open_session
from console.models.pictures import frame_counts, frames_of

MAX_LABELS = 10_000


class Wanted(Struct, frozen=True):
    """What the model wants to see: pixels, and (value * scale - mean) / deviation by channel."""

    width: int
    height: int
    scale: float
    mean: tuple[float, ...]
    deviation: tuple[float, ...]


class OnnxImageClassifier:
    """One model. Safe in several threads."""

    def __init__(self, folder: Path) -> None:
        """Read the model.

        Raises:
            WorldError: the folder holds no image classifier that can be read.
        """
        self.name = folder.name
        self.labels = _labels(folder / "config.json")
        self._wanted = _wanted(folder / "preprocessor_config.json")
        self._session = open_session(model_file(folder))
        self._input: str = self._session.get_inputs()[0].name
        scores = self._run(np.zeros((1, 3, self._wanted.height, self._wanted.width), np.float32))
        if len(scores) != len(self.labels):
            raise WorldError(
                f"The model in {folder} gives {len(scores)} scores for {len(self.labels)} labels.",
                "Its config.json belongs to another model.",
            )
        if not np.isfinite(scores).all():
            raise WorldError(
                f"The model in {folder} computes no numbers: its weights are damaged.",
                "Copy it from where it was published again.",
            )

    def classify(self, image: bytes) -> tuple[ImageLabel, ...]:
        """Every label, the surest first. As :class:`console.domain.local_models.ImageClassifier`.

        Raises:
            WorldError: the bytes are no image that can be read.
        """
        shares = np.max([self._shares(frame) for frame in frames_of(image)], axis=0)
        found = [
            ImageLabel(label, round(float(share), 2))
            for label, share in zip(self.labels, shares, strict=True)
        ]
        return tuple(sorted(found, key=lambda each: -each.confidence))

    def frames(self, image: bytes) -> tuple[int, int]:
        """How many frames of ``image`` are looked at, and how many there are."""
        return frame_counts(image)

    def _shares(self, frame: Image.Image) -> NDArray[np.float64]:
        """What one picture shows, in percent of all labels."""
        scores = self._run(self._seen(frame))
        powers = np.asarray(np.exp(scores - scores.max()), np.float64)
        shares: NDArray[np.float64] = 100.0 * powers / powers.sum()
        return shares

    def _seen(self, frame: Image.Image) -> NDArray[np.float32]:
        wanted = self._wanted
        size = (wanted.width, wanted.height)
        pixels = frame.resize(size, Image.Resampling.BILINEAR)
        values: NDArray[Any] = np.asarray(pixels, np.float32) * wanted.scale
        values = (values - np.array(wanted.mean, np.float32)) / np.array(
            wanted.deviation, np.float32
        )
        return values.transpose(2, 0, 1)[np.newaxis].astype(np.float32)

    def _run(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        try:
            answer = self._session.run(None, {self._input: values})[0]
        except Exception as error:  # the runtime raises types of its own
            raise WorldError(
                f"The image model {self.name} failed: {error}", "Put another one there, or none."
            ) from error
        return np.asarray(answer, np.float64).reshape(-1)


def _labels(file: Path) -> tuple[str, ...]:
    named = read_table(file).get("id2label")
    if not isinstance(named, dict) or not 0 < len(named) <= MAX_LABELS:
        raise WorldError(f"{file} names no labels (id2label).", "Copy it from the model again.")
    try:
        return tuple(str(named[str(number)]) for number in range(len(named)))
    except KeyError as error:
        raise WorldError(f"{file} misses the label number {error}.") from error


def _wanted(file: Path) -> Wanted:
    stated = read_table(file)
    size = stated.get("crop_size", stated.get("size", 224))
    width, height = _size(size, file)
    rescales, normalizes = stated.get("do_rescale", True), stated.get("do_normalize", True)
    try:
        return Wanted(
            width=width,
            height=height,
            scale=float(stated.get("rescale_factor", 1 / 255)) if rescales else 1.0,
            mean=_channels(stated.get("image_mean", [0.5] * 3)) if normalizes else (0.0,) * 3,
            deviation=_channels(stated.get("image_std", [0.5] * 3)) if normalizes else (1.0,) * 3,
        )
    except (TypeError, ValueError) as error:
        raise WorldError(f"{file} cannot be understood: {error}.") from error


def _size(size: Any, file: Path) -> tuple[int, int]:
    if isinstance(size, int):
        size = {"width": size, "height": size}
    if isinstance(size, dict) and "shortest_edge" in size:
        size = {"width": size["shortest_edge"], "height": size["shortest_edge"]}
    match size:
        case {"width": int(width), "height": int(height)} if 0 < width < 4096 and 0 < height < 4096:
            return width, height
    raise WorldError(f"{file} states no size that can be used.", "Copy it from the model again.")


def _channels(values: Any) -> tuple[float, ...]:
    numbers = tuple(float(each) for each in values)
    if len(numbers) != 3:
        raise ValueError(f"expected 3 numbers, found {len(numbers)}")
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError(f"expected numbers, found {numbers}")
    return numbers
