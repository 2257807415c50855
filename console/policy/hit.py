"""Where a list matched, before its rule says what that means."""

from msgspec import Struct


class Hit(Struct, frozen=True):
    """Entry ``entry`` of list ``at`` matched the original's code points ``start`` to ``end``."""

    at: int
    entry: int
    start: int
    end: int
