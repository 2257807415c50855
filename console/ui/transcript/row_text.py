"""The rows of a transcript in words: for screen readers and the search. Pure."""

from console.base.plain_text import visible
from console.domain.item import Item
from console.ui.state.entries import FoldedEntry, GapEntry, ItemEntry, NoticeEntry, Row
from console.ui.state.wording import verdict_words
from console.ui.transcript.folded_rows import folded_words
from console.ui.transcript.item_painters import painter_of
from console.ui.widgets.short_texts import clock

SPOKEN = 100
"""Of so many people in one row it is told who they are."""


def line_time(said: Item, *, by_begin: bool) -> float:
    """The time that a row shows (unix seconds).

    A live transcript is in the order in which lines end, one of the past in that in which they
    began, which is the time that search and evidence tell of a line.
    """
    return said.start_time if by_begin else said.end_time


def entry_text(entry: Row, who: str) -> str:
    """What a row says, in one line; ``who`` is how the speaker of a line is called."""
    match entry:
        case ItemEntry(item=said):
            text = painter_of(said).lead(said) + visible(said.text)
            return f"{who}: {text}"
        case NoticeEntry(notice=notice):
            return visible(notice.text)
        case FoldedEntry(members=members):
            told = " ".join(visible(member.notice.text) for member in members[:SPOKEN])
            return f"{folded_words(entry)}: {told}"
        case GapEntry(gap=gap):
            what = "Not all" if gap.partly else "Nothing"
            if not gap.until:
                return f"{what} is heard since {clock(gap.since)}: {visible(gap.reason)}"
            span = f"{clock(gap.since)} to {clock(gap.until)}"
            return f"{what} could be heard from {span}: {visible(gap.reason)}"


def entry_spoken(
    entry: Row, call_name: str, who: str, became: str = "", *, by_begin: bool = False
) -> str:
    """A row with its time, call and verdict; ``call_name`` is empty where the call is known.

    ``became``: what became of a line that was raised. ``by_begin``: the time of a line is when it
    began, not when it ended.
    """
    where = f" in {call_name}" if call_name else ""
    match entry:
        case ItemEntry(item=said, verdict=verdict):
            when = clock(line_time(said, by_begin=by_begin))
            words = f"{when}{where}, {entry_text(entry, who)}. Verdict: {verdict_words(verdict)}"
            words += f". Before it was: {visible(entry.before)}" if entry.before else ""
            return f"{words}. {became}" if became else words
        case NoticeEntry(notice=notice):
            return f"{clock(notice.at)}{where}, {entry_text(entry, who)}"
        case FoldedEntry(members=members):
            return f"{clock(members[-1].notice.at)}{where}, {entry_text(entry, who)}"
        case GapEntry():
            return entry_text(entry, who)
