"""What can be seen in a picture."""

from msgspec import Struct

EXPLICIT = "EXPLICIT"
SUGGESTIVE = "SUGGESTIVE"


class PictureLook(Struct, frozen=True, kw_only=True):
    """What a look at a picture found. ``text`` and ``qr`` are hostile text.

    Attributes:
        labels: label and score from 0 to 1, the surest first.
        text: what can be read in it, one line below the other.
        qr: what its QR codes hold.
        jpeg: a small one of its first frame.
        width, height: pixels of the picture itself.
    """

    labels: tuple[tuple[str, float], ...]
    text: str
    qr: tuple[str, ...]
    jpeg: bytes
    width: int
    height: int
