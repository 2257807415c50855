"""What a search finds, and what is kept of a search."""

from msgspec import Struct

from console.domain.search.fields import Kind
from console.domain.verdict import KEEP, Severity

MAX_TITLE = 80
"""Characters of the name of a saved search."""
MAX_SAVED = 100


class Hit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that was said, shown, done or written. Names and texts are hostile.

    Attributes:
        id: of the item, act or note; of a name that a person had, their user id.
        app: the api key of its Stream app.
        place: its place in the order of time; no two hits share it.
        user_id, name: who said it, or whom it is about; empty for acts on a whole call.
        at: when it was said or done (unix seconds).
        marks: the places in ``text`` that were searched for (start and end in code points).
        before: words that it had earlier, where what was searched for stands only there.
        why: why a verdict raised it, or why an act was done; ``why_marks`` as ``marks``,
            of what was searched for in reasons.
        severity, action: of the verdict that stands.
        act: the kind of an act. by: user id of who did or wrote it.
    """

    kind: Kind
    id: str
    app: str
    place: int
    at: float
    text: str
    cid: str = ""
    call_name: str = ""
    session_id: str = ""
    user_id: str = ""
    name: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    before: str = ""
    why: str = ""
    why_marks: tuple[tuple[int, int], ...] = ()
    severity: Severity = Severity.NONE
    action: str = KEEP
    act: str = ""
    by: str = ""


class IndexState(Struct, frozen=True):
    """How much of the store can be searched: ``entries`` can, ``waiting`` rows not yet."""

    entries: int = 0
    waiting: int = 0

    @property
    def percent(self) -> int:
        """How much is done, rounded down."""
        everything = self.entries + self.waiting
        return 100 if not self.waiting else self.entries * 100 // everything


class Found(Struct, frozen=True, kw_only=True):
    """One page of hits.

    Attributes:
        looked: so many things were looked through for this page.
        next: the next page is asked for with this; 0 where there is none.
        cut: the time for one page was over before it was full; ``next`` goes on.
    """

    hits: tuple[Hit, ...] = ()
    looked: int = 0
    next: int = 0
    cut: bool = False
    index: IndexState = IndexState()


class SavedSearch(Struct, frozen=True, kw_only=True):
    """A search under a name.

    Attributes:
        search_id: made by the window that saved it.
        watched: new hits are counted, and may notify. since: from when on (unix seconds).
        by_rank: the best hits come first, not the newest.
    """

    search_id: str
    title: str
    query: str
    watched: bool = False
    since: float = 0.0
    by_rank: bool = False
