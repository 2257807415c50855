"""Frames of calls: what a camera or a screen showed at one moment. Pure."""

from msgspec import Struct

from console.domain.item import Picture
from console.domain.picture import SCREEN, VIDEO

_TRACKS = {"TRACK_TYPE_VIDEO": VIDEO, "TRACK_TYPE_SCREEN_SHARE": SCREEN}

SURE = 0.5
"""From here on a label of the local model counts as said."""


def track_of(track_type: str) -> str:
    """Our name of one of Stream's types of tracks; what is not known counts as a camera."""
    return _TRACKS.get(track_type, VIDEO)


class TrackKey(Struct, frozen=True, order=True):
    """Whose camera or screen in which call."""

    cid: str
    user_id: str
    track: str


class SeenFrame(Struct, frozen=True, kw_only=True):
    """The newest frame of one camera or screen.

    Attributes:
        name: of the person. Hostile text.
        captured_at: unix seconds.
        item_id: the item that says what it shows. A frame that shows what the one before showed
            has the same; empty while nobody looked at it.
        picture: what was found in it.
        preview: while nobody looked at it, a JPEG of so few pixels that it is blurred by itself;
            empty where there is none yet.
    """

    key: TrackKey
    name: str
    captured_at: float
    item_id: str = ""
    picture: Picture = Picture()
    preview: bytes = b""

    @property
    def judged(self) -> bool:
        """Whether somebody looked at it, or tried to."""
        return bool(self.item_id)


def says_otherwise(before: Picture, now: Picture) -> bool:
    """Whether a look found something else: labels, words, or a reason why there was no look."""
    if before.withheld or now.withheld:
        return before.picture_id != now.picture_id
    found = (_said(before), before.words, before.sentence)
    return found != (_said(now), now.words, now.sentence)


def _said(picture: Picture) -> frozenset[str]:
    return frozenset(label for label, score in picture.labels if score >= SURE)
