"""Encoded images as pictures in red, green and blue, the way a person sees them.

Turned as the camera says (EXIF), on white where they are transparent, with 16 bits of grey brought
down to 8. Of an animation some frames are taken, spread over the whole of it.
"""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from console.base.errors import WorldError

MAX_PIXELS = 64_000_000
"""A larger image is refused before it is unpacked; a 4K key frame has 8 million."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_FRAMES = 24
"""Frames of an animation that are looked at."""
MAX_UNPACKED = 4 * MAX_PIXELS
"""Pixels of an animation that are unpacked: each frame needs those before it."""


PREVIEW_SIDE = 20
MAX_PREVIEWED = 8_400_000
"""Pixels. A larger image has no preview, which would take as long as a look at it."""


def preview(image: bytes) -> bytes:
    """A JPEG of so few pixels that nothing can be made out; empty where there can be none."""
    try:
        with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PREVIEWED:
                return b""
            opened.draft("RGB", (8 * PREVIEW_SIDE, 8 * PREVIEW_SIDE))
            return preview_of(_seen(opened))
    except Exception:  # a look at it says what is wrong with it
        return b""


def preview_of_pixels(pixels: Any) -> bytes:
    """The same of height, width, 3 in RGB."""
    return preview_of(Image.fromarray(pixels, "RGB"))


def preview_of(picture: Image.Image) -> bytes:
    """The same of a picture, which is made small itself."""
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BOX)
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=60)
    return into.getvalue()


def decoded(image: bytes) -> Image.Image:
    """The first frame of ``image``.

    Raises:
        WorldError: it is no image, of another format, broken, or has more than MAX_PIXELS.
    """
    return next(frames_of(image))


def frames_of(image: bytes) -> Iterator[Image.Image]:
    """The frames of ``image`` that are looked at, one at a time; at least one.

    Raises:
        WorldError: as for ``decoded``.
    """
    try:
        with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise WorldError(
                    f"The image has {opened.width:,} by {opened.height:,} pixels; "
                    f"at most {MAX_PIXELS:,} are read.",
                )
            for number in _wanted(opened):
                opened.seek(number)
                yield _seen(opened)
    except UnidentifiedImageError as error:
        raise WorldError(
            "This is no image of a known format.", "PNG, JPEG, GIF, WebP or BMP."
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise WorldError("The image has too many pixels to be unpacked.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise WorldError(f"The image is broken: {error}.") from error


def frame_counts(image: bytes) -> tuple[int, int]:
    """How many frames are looked at, and how many there are; ``(1, 1)`` for what is no image."""
    try:
        with Image.open(io.BytesIO(image), formats=FORMATS) as opened:
            return len(_wanted(opened)), _count(opened)
    except Exception:  # reading it says what is wrong with it
        return 1, 1


def _count(opened: Image.Image) -> int:
    return max(1, int(getattr(opened, "n_frames", 1)))


def _wanted(opened: Image.Image) -> list[int]:
    """The numbers of the frames to look at, from 0."""
    there = min(_count(opened), max(1, MAX_UNPACKED // max(1, opened.width * opened.height)))
    looked = min(there, MAX_FRAMES)
    return sorted({round(at * (there - 1) / max(1, looked - 1)) for at in range(looked)})


def _seen(opened: Image.Image) -> Image.Image:
    picture: Image.Image = ImageOps.exif_transpose(opened) or opened
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut at 255
        values = np.asarray(picture.convert("I"), np.int64) >> 8
        return Image.fromarray(values.clip(0, 255).astype(np.uint8), "L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return picture.convert("RGB")
