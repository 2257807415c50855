"""The rows of a transcript: what was said, what happened, and when nothing could be heard."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.item import Item
from console.domain.verdict import EarlierWords, Verdict
from console.protocol.to_window import Gap, Notice


class ItemEntry(Struct, frozen=True, kw_only=True):
    """One item with the verdict that counts now.

    Attributes:
        serial: place in the order of arrival; grows, never used again.
        replay: said before this engine ran; known from its store.
        before: the words that those of the present revision took the place of.
        marked: first and last code point of the words that matched a rule, whoever said so; a
            verdict that names no words leaves those that were marked.
        carried_on: words of it that matched a rule together with a later line, by that line's id.
    """

    serial: int
    item: Item
    verdict: Verdict | None = None
    replay: bool = False
    carried_on: tuple[tuple[str, EarlierWords], ...] = ()
    marked: tuple[tuple[int, int], ...] = ()
    before: str = ""

    @property
    def cid(self) -> str:
        """The call it belongs to."""
        return self.item.cid

    @property
    def raised(self) -> bool:
        """Whether a moderator should look."""
        return self.verdict is not None and self.verdict.raised

    @property
    def waiting(self) -> bool:
        """Whether the deciding verdict is still to come."""
        return self.verdict is None or self.verdict.provisional


def spans_of(verdicts: Iterable[Verdict]) -> tuple[tuple[int, int], ...]:
    """First and last code point of the words that the last verdict with matches names."""
    spans: tuple[tuple[int, int], ...] = ()
    for verdict in verdicts:
        spans = tuple((match.start, match.end) for match in verdict.matches) or spans
    return spans


class NoticeEntry(Struct, frozen=True, kw_only=True):
    """Something that happened in a call."""

    serial: int
    notice: Notice

    @property
    def cid(self) -> str:
        """The call it belongs to."""
        return self.notice.cid


class GapEntry(Struct, frozen=True, kw_only=True):
    """A stretch of time in which nothing could be heard."""

    serial: int
    gap: Gap


class FoldedEntry(Struct, frozen=True, kw_only=True):
    """Several people who came or went one after the other, as one row.

    Attributes:
        serial: that of the first of them.
    """

    serial: int
    members: tuple[NoticeEntry, ...]

    @property
    def cid(self) -> str:
        """The call it belongs to."""
        return self.members[0].cid


Entry = ItemEntry | NoticeEntry | GapEntry
Row = Entry | FoldedEntry
"""What a row of the transcript shows."""


def concerns(entry: Row, cid: str) -> bool:
    """Whether ``entry`` belongs into the transcript of ``cid``; everything does into that of ""."""
    if isinstance(entry, GapEntry):
        return not cid or cid in entry.gap.cids
    return not cid or entry.cid == cid
