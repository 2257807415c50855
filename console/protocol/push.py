"""What the engine sends unasked, and how pushes that are sent within one frame are merged."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, ClassVar

from msgspec import Struct


@dataclass(frozen=True)
class Merge:
    """How several pushes of one class become one: the latest, with the rows of all of them.

    A push whose field ``whole`` is true makes earlier rows void.

    Attributes:
        rows: the field that holds the rows; empty where only the latest push counts.
        key: tells rows apart: a later row replaces the earlier one with the same key. None: every
            row counts.
        removed: the field that holds the keys of rows that are gone, if there is one.
        apart: pushes that differ in these fields are not merged.
        limit: the most rows that are held; older ones are dropped, and counted. 0: no limit.
        size, split_at: a push is split where the sizes of its rows exceed ``split_at``.
    """

    rows: str = ""
    key: Callable[[Any], Hashable] | None = None
    removed: str = ""
    apart: tuple[str, ...] = ()
    limit: int = 0
    size: Callable[[Any], int] | None = None
    split_at: int = 0


class Push(Struct, frozen=True):
    """Sent at most once a frame, merged with others of its class. Messages of classes that are not
    pushes are sent one by one, in order, before them.
    """

    merge: ClassVar[Merge] = Merge()
