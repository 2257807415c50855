"""A look at a picture: labels, text, QR codes, and a small JPEG of it."""

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
from PIL import Image

from console.domain.picture import PictureLook
from console.models.picture_labels import PictureLabels
from console.models.picture_text import PictureText
from console.models.pictures import frames_of

LONGEST_SIDE = 1_600
"""A larger frame is made smaller before it is looked at."""
JPEG_SIDE = 320
JPEG_QUALITY = 70
MAX_FRAMES_READ = 3
"""Frames of an animation in which text and QR codes are looked for; labels are of all taken."""
MAX_TEXT = 5_000
MAX_CODES = 10
MAX_CODE = 2_000


class PictureEyes:
    """Looks at pictures, one after the other. Not safe in several threads."""

    def __init__(self, labels: PictureLabels, text: PictureText, codes: Any) -> None:
        """``codes``: the module ``zxingcpp``."""
        self._labels = labels
        self._text = text
        self._codes = codes

    def look(self, image: bytes) -> PictureLook:
        """What ``image`` (PNG, JPEG, GIF, WebP or BMP) shows.

        Of an animation the surest frame counts for each label.

        Raises:
            WorldError: it is no image, broken, or has too many pixels.
        """
        return self._look(frames_of(image))

    def look_at_pixels(self, pixels: Any) -> PictureLook:
        """What a frame shows: height, width, 3 in RGB."""
        return self._look((Image.fromarray(pixels, "RGB"),))

    def _look(self, frames: Iterable[Image.Image]) -> PictureLook:
        scores: dict[str, float] = {}
        lines: dict[str, None] = {}
        codes: dict[str, None] = {}
        jpeg, likeness, width, height = b"", "", 0, 0
        for number, frame in enumerate(frames):
            if not number:
                width, height = frame.size
            frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            for label, score in self._labels.scores(frame).items():
                scores[label] = max(score, scores.get(label, 0.0))
            if number < MAX_FRAMES_READ:
                lines |= dict.fromkeys(self._text.read(frame))
                codes |= dict.fromkeys(self._read_codes(frame))
            jpeg = jpeg or _small(frame)
            likeness = likeness or _likeness(frame)
        return PictureLook(
            labels=tuple(
                (label, round(score, 4))
                for label, score in sorted(scores.items(), key=lambda each: -each[1])
            ),
            text="\n".join(lines)[:MAX_TEXT],
            qr=tuple(code[:MAX_CODE] for code in codes)[:MAX_CODES],
            jpeg=jpeg,
            likeness=likeness,
            width=width,
            height=height,
        )

    def _read_codes(self, frame: Image.Image) -> list[str]:
        found = self._codes.read_barcodes(frame, formats=self._codes.BarcodeFormat.QRCode)
        return [str(each.text) for each in found]


def _small(frame: Image.Image) -> bytes:
    smaller = frame.copy()
    smaller.thumbnail((JPEG_SIDE, JPEG_SIDE))
    into = io.BytesIO()
    smaller.save(into, "JPEG", quality=JPEG_QUALITY)
    return into.getvalue()


def _likeness(frame: Image.Image) -> str:
    """Where it gets lighter from left to right, on a raster of 8 by 8 in grey."""
    values = np.asarray(frame.convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    bits = np.packbits(values[:, 1:] > values[:, :-1])
    return bytes(bits.tobytes()).hex()
