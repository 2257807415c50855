"""What a look back at earlier calls finds."""

from msgspec import Struct


class SavedCall(Struct, frozen=True):
    """One call in the store. ``app``: the api key of its Stream app. Times in unix seconds."""

    app: str
    cid: str
    name: str
    lines: int
    since: float
    until: float
    acts: int = 0


class SavedSession(Struct, frozen=True, kw_only=True):
    """One session of a call in the store. ``name`` is hostile; times in unix seconds.

    ``captions`` and ``frames``: how many of them are kept.
    """

    cid: str
    session_id: str
    name: str
    captions: int
    frames: int
    since: float
    until: float


class PastLine(Struct, frozen=True):
    """Something that the target of an act said at ``at`` (unix seconds).

    ``raised``: the verdict shown at the time was no keep.
    """

    item_id: str
    at: float
    raised: bool
