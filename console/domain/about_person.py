"""What moderators remember of a person over sessions and calls: notes, and a mark to watch them."""

from msgspec import Struct

MAX_NOTE = 2_000
"""Characters of one note."""


class Note(Struct, frozen=True, kw_only=True):
    """Something that a moderator wrote about a person. ``text`` is hostile: a colleague's.

    Attributes:
        by: user id of the moderator.
        at: when it was written (unix seconds).
        removed: it was taken back. It stays known, so that no colleague's copy brings it back.
    """

    note_id: str
    user_id: str
    text: str
    by: str
    at: float
    removed: bool = False


class WatchMark(Struct, frozen=True, kw_only=True):
    """Somebody is to be watched, or not any more: the latest mark of a person counts.

    Attributes:
        name: how the person was called at the time. Hostile text.
        by: user id of the moderator who said so, ``at`` (unix seconds).
        on: False where they are not to be watched any more.
    """

    user_id: str
    name: str
    by: str
    at: float
    on: bool = True


class PersonSession(Struct, frozen=True):
    """One session of a call in which a person said something. Times are unix seconds.

    ``call_name`` is hostile. ``raised``: how many of their lines a moderator should have looked at.
    """

    cid: str
    call_name: str
    session_id: str
    since: float
    until: float
    lines: int
    raised: int
