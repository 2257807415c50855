"""How many items are due: Stream's own count where it gives one. Pure."""

from collections.abc import Mapping
from typing import Any

from console.engine.wire.bounded import believable

_NAMES = ("unreviewed", "total", "count", "total_count")
"""How a count of everything that fits may be called in ``stats``; no source names any (?)."""


def due_count(stats: Mapping[str, Any], read: int, *, more: bool) -> tuple[int, bool]:
    """How many items fit a question for what is due, and whether that is exact.

    ``read``: items of its answer; ``more``: there are further ones. What was read to the end needs
    no count of Stream.
    """
    if not more:
        return read, True
    for name in _NAMES:
        value = stats.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= read:
            return believable(value), True
    return read, False
