"""Sessions of the past: a list of them, and one of them opened around a moment, read only."""

from typing import ClassVar

from console.domain.past import LinePlace, PastFilter, PastSession, RaisedMark
from console.domain.raised import RaisedItem
from console.domain.verdict import JudgedItem
from console.protocol.acts import ActProgress
from console.protocol.ask import Answer, Ask


class AskPastSessions(Ask, frozen=True, tag="ask_past_sessions"):
    """Wanted: sessions that the store knows, from ``offset`` on; answered by PastSessions."""

    newest_only = True

    wanted: PastFilter = PastFilter()
    offset: int = 0


class PastSessions(Answer, frozen=True, kw_only=True, tag="past_sessions"):
    """Answer to AskPastSessions: one page of them.

    Attributes:
        offset: that of the question. found: how many sessions pass the filter.
        beyond: how many older ones were not looked at, because there are so many.
    """

    asks: ClassVar = (AskPastSessions,)

    sessions: tuple[PastSession, ...] = ()
    offset: int = 0
    found: int = 0
    beyond: int = 0


class AskPastSession(Ask, frozen=True, tag="ask_past_session"):
    """Wanted: one session with its time line; answered by PastSessionOpened.

    Attributes:
        item_id: a line of it; where that is kept it says which session is meant.
    """

    newest_only = True

    cid: str
    session_id: str
    item_id: str = ""


class PastSessionOpened(Answer, frozen=True, kw_only=True, tag="past_session_opened"):
    """Answer to AskPastSession.

    Attributes:
        density: how much was said in each of equal parts of its time.
        raised: its raised lines, oldest first. acts: what was done in it, by colleagues too.
        left_out: raised lines and acts that are not told, because there are so many.
    """

    asks: ClassVar = (AskPastSession,)

    session: PastSession | None = None
    density: tuple[int, ...] = ()
    raised: tuple[RaisedMark, ...] = ()
    acts: tuple[ActProgress, ...] = ()
    left_out: int = 0


class AskPastLines(Ask, frozen=True, tag="ask_past_lines"):
    """Wanted: lines of a session; answered by PastLines.

    Attributes:
        item_id, at: around this line, else around this time (unix seconds).
        before, after: the page before or after a place, in place of the lines around one.
    """

    newest_only = True

    cid: str
    session_id: str
    item_id: str = ""
    at: float = 0.0
    before: LinePlace | None = None
    after: LinePlace | None = None


class PastLines(Answer, frozen=True, kw_only=True, tag="past_lines"):
    """Answer to AskPastLines: lines one after the other, by when they were said.

    Attributes:
        raised: what became of those that were raised.
        first, last: the places of the first and last line; None where there is none.
        more_before, more_after: whether there are more on that side.
    """

    asks: ClassVar = (AskPastLines,)

    lines: tuple[JudgedItem, ...] = ()
    raised: tuple[RaisedItem, ...] = ()
    first: LinePlace | None = None
    last: LinePlace | None = None
    more_before: bool = False
    more_after: bool = False


PastToEngine = AskPastSessions | AskPastSession | AskPastLines
PastToWindow = PastSessions | PastSessionOpened | PastLines
