"""What a look back at earlier calls finds."""

from enum import StrEnum

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


class PastOrder(StrEnum):
    """Which session comes first in a list of them."""

    LATEST = "latest"
    LONGEST = "longest"
    LINES = "lines"
    RAISED = "raised"
    ACTS = "acts"


class PastFilter(Struct, frozen=True):
    """Which sessions are wanted, and in which order.

    Attributes:
        text: in the name or id of the call, or in the name or id of whoever said something there.
        raised: only those in which something was raised. acted: in which something was done.
    """

    text: str = ""
    raised: bool = False
    acted: bool = False
    order: PastOrder = PastOrder.LATEST


class PastSession(Struct, frozen=True, kw_only=True):
    """One session of a call that the store knows. Names are hostile; times in unix seconds.

    Attributes:
        session_id: empty for what was written in its chat while no session ran.
        people: how many said something. names: of the first few of them.
        lines: all that was said, written and shown. raised, open: of these, raised and still open.
        acts: what was done from this console.
        running: it goes on now.
    """

    cid: str
    session_id: str
    name: str
    since: float
    until: float
    lines: int = 0
    people: int = 0
    names: tuple[str, ...] = ()
    raised: int = 0
    open: int = 0
    acts: int = 0
    running: bool = False


class LinePlace(Struct, frozen=True):
    """Where a line stands in its session: by when it was said, then by when it came."""

    at: float
    place: int


class RaisedMark(Struct, frozen=True):
    """A raised line on the time line of its session. ``open``: nobody has decided about it."""

    item_id: str
    at: float
    open: bool
