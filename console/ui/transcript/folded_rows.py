"""Joins and leaves that follow each other are one row, which opens on demand. Pure.

So are changes of permissions: where a call is suspended there is one for each person in it.
"""

from collections.abc import Container

from console.protocol.to_window import Notice, NoticeKind
from console.ui.state.entries import FoldedEntry, NoticeEntry, Row

COMINGS = frozenset({NoticeKind.JOINED, NoticeKind.LEFT})

MOST = 1000
"""So many are told in one row; the next ones begin another."""


TOGETHER = (COMINGS, frozenset({NoticeKind.PERMISSIONS}))
"""What of the same sort follows each other is told in one row."""


def _kind(entry: Row) -> NoticeKind | None:
    match entry:
        case FoldedEntry(members=members):
            return members[-1].notice.kind
        case NoticeEntry(notice=notice):
            return notice.kind
        case _:
            return None


def is_coming(entry: Row) -> bool:
    """Whether somebody came or went."""
    return _kind(entry) in COMINGS


def folded(last: Row, entry: Row, opened: Container[int]) -> FoldedEntry | None:
    """``entry`` together with the row before it; None where it is a row of its own.

    ``opened``: serials of those that the reader wants to see one by one.
    """
    if not isinstance(entry, NoticeEntry) or not isinstance(last, NoticeEntry | FoldedEntry):
        return None
    members = last.members if isinstance(last, FoldedEntry) else (last,)
    kinds = {_kind(entry), _kind(last)}
    together = last.cid == entry.cid and any(kinds <= sort for sort in TOGETHER)
    if not together or last.serial in opened or len(members) >= MOST:
        return None
    return FoldedEntry(serial=members[0].serial, members=(*members, entry))


def folded_words(entry: FoldedEntry) -> str:
    """How many came and went: ``6 joined, 2 left``; or ``28 changes of permissions``."""
    kinds = [member.notice.kind for member in entry.members]
    joined, left = kinds.count(NoticeKind.JOINED), kinds.count(NoticeKind.LEFT)
    words = [f"{joined:,} joined"] if joined else []
    words += [f"{left:,} left"] if left else []
    changed = kinds.count(NoticeKind.PERMISSIONS)
    words += [f"{changed:,} changes of permissions"] if changed else []
    return ", ".join(words)


def notice_of(entry: NoticeEntry | FoldedEntry) -> Notice:
    """What the row says, as one notice."""
    if isinstance(entry, NoticeEntry):
        return entry.notice
    last = entry.members[-1].notice
    text = f"{folded_words(entry)} · Enter or a double click shows who"
    return Notice(cid=last.cid, at=last.at, kind=last.kind, text=text)
