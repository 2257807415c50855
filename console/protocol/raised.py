"""Raised items of all calls: what became of them, and what moderators decide about them."""

from typing import ClassVar

from console.domain.raised import Decision, RaisedItem
from console.domain.verdict import JudgedItem
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class RaisedChanged(Push, frozen=True, tag="raised_changed"):
    """Raised items that are new or changed. ``whole``: there are no others.

    Those that ended long ago are only in the store, and so are the oldest where too many are open.

    Attributes:
        forgotten: ids of items that the engine holds no more; they are in the store.
    """

    merge = Merge(
        "changed",
        key=lambda one: one.item.item_id,
        removed="forgotten",
        size=lambda one: len(one.item.text) + 600,
        split_at=1_000_000,  # code points of text: 16 MiB a line is the protocol's limit
    )

    changed: tuple[RaisedItem, ...] = ()
    forgotten: tuple[str, ...] = ()
    whole: bool = False


class Decide(Ask, frozen=True, tag="decide"):
    """Decide about raised items. The same decision again changes nothing."""

    decision: Decision


class UndoDecision(Ask, frozen=True, tag="undo_decision"):
    """Take a decision back: what it changed, and nothing that was decided since."""

    decision_id: str


class AskAround(Ask, frozen=True, tag="ask_around"):
    """Wanted: what was said around a raised item that the window does not hold any more."""

    newest_only = True

    item_id: str


class Around(Answer, frozen=True, kw_only=True, tag="around"):
    """Answer to AskAround: the lines of its call, oldest first, the item among them."""

    asks: ClassVar = (AskAround,)

    item_id: str = ""
    lines: tuple[JudgedItem, ...] = ()


class Decided(Answer, frozen=True, kw_only=True, tag="decided"):
    """What came of a decision, or of taking one back. RaisedChanged tells the items before.

    Attributes:
        changed: how many items it changed.
    """

    asks: ClassVar = (Decide, UndoDecision)

    changed: int = 0
