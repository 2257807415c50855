"""The raised items of all calls as the engine tells them, for every panel of the window."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.item import APPEARANCE, NAME, Item
from console.domain.raised import RaisedItem
from console.protocol.raised import RaisedChanged


class RaisedItems(QObject):
    """Raised items by id, the open ones and those that ended last.

    Signals:
        changed: ids of items that are new, changed or gone; an empty tuple means all of them.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, RaisedItem] = {}
        self._open: dict[str, RaisedItem] = {}
        self._open_in: dict[str, dict[str, RaisedItem]] = {}
        self._oldest_in: dict[str, float] = {}
        self._by_act: dict[str, set[str]] = {}
        self._appearances: dict[tuple[str, str], set[str]] = {}
        """Ids of what is open about the name and the picture of a person in a call."""
        self.handlers: dict[type, Callable[[Any], None]] = {RaisedChanged: self.apply}

    def __iter__(self) -> Iterator[RaisedItem]:
        return iter(self._items.values())

    def find(self, item_id: str) -> RaisedItem | None:
        """The raised item with this id; None where it was not raised, or ended long ago."""
        return self._items.get(item_id)

    def open_ones(self) -> Iterable[RaisedItem]:
        """All that are open."""
        return self._open.values()

    def is_open(self, item_id: str) -> bool:
        """Whether somebody has to decide about this item."""
        return item_id in self._open

    def count(self, cid: str = "") -> int:
        """How many are open in a call; in all for ""."""
        return len(self._open_in.get(cid, ())) if cid else len(self._open)

    def appearance_of(self, cid: str, user_id: str) -> RaisedItem | None:
        """What is open about somebody's name in a call, else about their picture, if anything."""
        found = (self._open.get(each, None) for each in self._appearances.get((cid, user_id), ()))
        return min(filter(None, found), key=lambda one: one.item.kind != NAME, default=None)

    def calls(self) -> Iterable[str]:
        """The cids of the calls in which something is open."""
        return self._open_in

    def oldest(self, cid: str) -> float:
        """When the oldest open item of a call was raised (unix seconds); 0.0 where none is open.

        Of all calls for "".
        """
        if not cid:
            return min(map(self.oldest, self._open_in), default=0.0)
        if cid not in self._oldest_in:
            raised_at = (one.handling.raised_at for one in self._open_in.get(cid, {}).values())
            self._oldest_in[cid] = min(raised_at, default=0.0)
        return self._oldest_in[cid]

    def handled_by(self, act_ids: Iterable[str]) -> int:
        """How many these acts have ended."""
        return sum(len(self._by_act.get(act_id, ())) for act_id in act_ids)

    def waiting_for(self, user_id: str) -> int:
        """How many are open and not taken by somebody other than ``user_id``."""
        return sum(one.handling.holder in ("", user_id) for one in self._open.values())

    def apply(self, change: RaisedChanged) -> None:
        """Fold in what the engine says."""
        if change.whole:
            self._forget_all()
        for item_id in change.forgotten:
            self._remove(item_id)
        for one in change.changed:
            self._remove(one.item_id)
            self._items[one.item_id] = one
            if one.handling.act_id:
                self._by_act.setdefault(one.handling.act_id, set()).add(one.item_id)
            if one.is_open:
                self._open[one.item_id] = one
                self._open_in.setdefault(one.item.cid, {})[one.item_id] = one
                if one.item.kind in APPEARANCE:
                    whose = (one.item.cid, one.item.author_id)
                    self._appearances.setdefault(whose, set()).add(one.item_id)
        ids = (*change.forgotten, *(one.item_id for one in change.changed))
        if ids or change.whole:
            self.changed.emit(() if change.whole else ids)

    def clear(self) -> None:
        """Forget all, as for another account."""
        self._forget_all()
        self.changed.emit(())

    def _forget_all(self) -> None:
        self._items.clear()
        self._open.clear()
        self._open_in.clear()
        self._oldest_in.clear()
        self._by_act.clear()
        self._appearances.clear()

    def _remove(self, item_id: str) -> None:
        known = self._items.pop(item_id, None)
        if known is not None:
            self._oldest_in.pop(known.item.cid, None)
            of_act = self._by_act.get(known.handling.act_id, set())
            of_act.discard(item_id)
            if not of_act:
                self._by_act.pop(known.handling.act_id, None)
            if self._open.pop(item_id, None) is not None:
                of_call = self._open_in[known.item.cid]
                del of_call[item_id]
                if not of_call:
                    del self._open_in[known.item.cid]
                if known.item.kind in APPEARANCE:
                    self._forget_appearance(known.item)

    def _forget_appearance(self, item: Item) -> None:
        whose = (item.cid, item.author_id)
        self._appearances[whose].discard(item.item_id)
        if not self._appearances[whose]:
            del self._appearances[whose]
