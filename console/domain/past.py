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


class PastLine(Struct, frozen=True):
    """Something that the target of an act said at ``at`` (unix seconds).

    ``raised``: the verdict shown at the time was no keep.
    """

    item_id: str
    at: float
    raised: bool
