"""Frames of calls: what a camera or a screen showed at one moment. Pure."""

from msgspec import Struct

from console.domain.item import Picture
from console.domain.picture import SCREEN, VIDEO, look_alike

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
    """

    key: TrackKey
    name: str
    captured_at: float
    item_id: str = ""
    picture: Picture = Picture()


def shows_the_same(before: Picture | None, now: Picture) -> bool:
    """Whether ``now`` needs no verdict of its own, because ``before`` has one that fits it."""
    if before is None or before.withheld or before.sentence or now.sentence or now.withheld:
        return before is not None and before.sentence == now.sentence != ""
    same_said = _said(before) == _said(now)
    return same_said and before.words == now.words and look_alike(before.likeness, now.likeness)


def _said(picture: Picture) -> frozenset[str]:
    return frozenset(label for label, score in picture.labels if score >= SURE)
