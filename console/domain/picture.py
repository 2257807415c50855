"""What can be seen in a picture."""

import re
from collections.abc import Iterable

from msgspec import Struct

EXPLICIT = "EXPLICIT"
SUGGESTIVE = "SUGGESTIVE"

VIDEO, SCREEN = "video", "screenshare"
"""Tracks that frames are of."""

_AT_STREAM = {
    EXPLICIT: ("Explicit", "Explicit Nudity", "Nudity"),
    SUGGESTIVE: ("Non-Explicit Nudity", "Suggestive"),
}
"""What Stream calls what the local model knows (STREAM.md 6.4), older names included."""

CARD = "TEST CARD"
_NOT_SHOWN = re.compile(
    r"\b(?:csam|csae|csem)\b"
    r"|\b(?:child|minor|underage)s?\b.*\b(?:abuse|sexual|exploitation|nudity|porn\w*)\b"
)


class PictureLook(Struct, frozen=True, kw_only=True):
    """What a look at a picture found. ``text`` and ``qr`` are hostile text.

    Attributes:
        labels: label and score from 0 to 1, the surest first.
        text: what can be read in it, one line below the other.
        qr: what its QR codes hold.
        jpeg: a small one of its first frame.
        likeness: 64 bits in hex; pictures that look alike differ in few of them.
        width, height: pixels of the picture itself.
    """

    labels: tuple[tuple[str, float], ...]
    text: str
    qr: tuple[str, ...]
    jpeg: bytes
    likeness: str
    width: int
    height: int


ALIKE = 6
"""Of 64 bits at most so many differ where pictures show the same; a codec flips one or two."""


def look_alike(one: str, other: str) -> bool:
    """Whether two likenesses are of pictures that show the same."""
    if not one or not other:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE


class FoundLabel(Struct, frozen=True):
    """One label of a picture under all its names. ``score`` from 0 to 1."""

    names: tuple[str, ...]
    score: float


def found_labels(labels: Iterable[tuple[str, float]], text: str) -> tuple[FoundLabel, ...]:
    """What a picture shows, in the words of policies.

    A card with the words TEST CARD shows what its other lines say: so that rules about pictures
    can be tried without showing anything.
    """
    found = [FoundLabel((*_AT_STREAM.get(label, ()), label), score) for label, score in labels]
    lines = [line.strip() for line in text.splitlines()]
    if lines and lines[0].upper() == CARD:
        found += [FoundLabel((line,), 1.0) for line in lines[1:MAX_CARD_LINES] if line]
    return tuple(found)


MAX_CARD_LINES = 6


def may_be_shown(labels: Iterable[str]) -> bool:
    """False where a label says that children are abused: such a picture is shown to nobody."""
    plain = (re.sub(r"[\W_]+", " ", label).casefold() for label in labels)
    return not any(_NOT_SHOWN.search(label) for label in plain)


def image_kind(image: bytes) -> str:
    """The format that the first bytes tell; empty for none of the known ones."""
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if image.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if image.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if image[:4] == b"RIFF" and image[8:12] == b"WEBP":
        return "WebP"
    return "BMP" if image.startswith(b"BM") else ""
