"""What this console listens to itself, as the window wishes it and as the engine tells it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.protocol.listening import ListenedCall, ListeningChanged, PartialHeard, PartialText


class ListeningState(QObject):
    """``chosen`` are the calls that were chosen by hand, which only the window remembers.

    Signals:
        changed: what is listened to, or what it costs. chosen_changed: what was chosen by hand.
        partial_changed: the cid in which somebody is saying something.
    """

    changed = Signal()
    chosen_changed = Signal()
    partial_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.told = ListeningChanged()
        self.chosen: tuple[str, ...] = ()
        self._by_cid: dict[str, ListenedCall] = {}
        self._partial: dict[str, PartialText] = {}
        self.handlers: dict[type, Callable[[Any], None]] = {
            ListeningChanged: self._apply,
            PartialHeard: self._hear,
        }

    def of(self, cid: str) -> ListenedCall | None:
        """The call, if it is listened to or waits to be."""
        return self._by_cid.get(cid)

    def saying(self, cid: str) -> PartialText | None:
        """What was said last in this call, while that is not complete."""
        return self._partial.get(cid)

    def choose(self, cid: str, *, listen: bool) -> None:
        """Listen to this call from now on, or not any more."""
        others = tuple(each for each in self.chosen if each != cid)
        self.chosen = (*others, cid) if listen else others
        self.chosen_changed.emit()

    def clear(self) -> None:
        """Forget all: another account signed in."""
        self.chosen = ()
        self._partial.clear()
        self._apply(ListeningChanged())

    def _apply(self, told: ListeningChanged) -> None:
        self.told = told
        self._by_cid = {each.cid: each for each in told.calls}
        for cid in self._partial.keys() - self._by_cid.keys():
            del self._partial[cid]
        self.changed.emit()

    def _hear(self, heard: PartialHeard) -> None:
        for each in heard.spoken:
            known = self._partial.get(each.cid)
            if each.text:
                self._partial[each.cid] = each
            elif known is not None and known.user_id == each.user_id:
                del self._partial[each.cid]
            else:
                continue
            self.partial_changed.emit(each.cid)
