"""The rows of the queue: one an item, in the chosen order, still while somebody is at them."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from console.domain.review import ReviewItem
from console.protocol.review import QueueOrder
from console.ui.queue.words import row_spoken, who
from console.ui.state.review_queue import decided_here
from console.ui.state.window_context import WindowContext
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.timers import ticking

TICK_MS = 1000
ITEM = Qt.ItemDataRole.UserRole


class QueueModel(OrderedRows):
    """Items by their ids."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._clock = context.session, context.clock
        self._items: dict[str, ReviewItem] = {}
        self._order = QueueOrder.SEVERITY
        self._decided: frozenset[str] = frozenset()
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(lambda: self.touch(self.keys()))
        self._timer.start()
        self._session.queue.changed.connect(self.rearrange)
        self._session.cleared.connect(self.rearrange)
        self._session.acts_changed.connect(self._note_decided)
        self.rearrange()

    def order_by(self, order: QueueOrder) -> None:
        """Put another sort of item first."""
        self._order = order
        self.rearrange()

    def hold(self, reason: str = "pointer") -> None:
        # Keys decide about the item that is chosen and shown, not about a row: with the keyboard
        # here alone, what was decided may go and what is worse may come.
        if reason != "focus":
            super().hold(reason)

    def wanted_keys(self) -> list[str]:
        return [item.item_id for item in self._session.queue.ordered(self._order)]

    def rearrange(self) -> None:
        # Rows that are over keep their data while they are held.
        known = dict(self._items) if self.held else {}
        now = dict(self._session.queue.items)
        changed = [key for key, item in now.items() if self._items.get(key) != item]
        self._items = known | now
        super().rearrange()
        self.touch(changed)

    def _note_decided(self, act_ids: tuple[str, ...]) -> None:
        acts = self._session.acts
        if not any(act_id in acts and acts[act_id].act.review for act_id in act_ids):
            return
        before, self._decided = self._decided, decided_here(self._session.acts.values())
        self.touch(before ^ self._decided)

    def item(self, row: int) -> ReviewItem | None:
        """The item of a row."""
        return self._items.get(self.key(row))

    def decided(self) -> int:
        """How many rows are decided, and only stay while somebody is at them."""
        return sum(
            self.key(row) in self._gone or item is None or not item.due or self._is_decided(item)
            for row, item in enumerate(map(self.item, range(self.rowCount())))
        )

    def next_due(self, after: int) -> int:
        """The row of the next item that waits, from ``after`` on and then from the top; -1."""
        rows: list[int] = [*range(after + 1, len(self.keys())), *range(max(0, after))]
        me = self._session.state.user_id
        for row in rows:
            item = self.item(row)
            over = self.key(row) in self._gone or self._is_decided(item)
            if item is not None and not over and item.due and item.holder in ("", me):
                return row
        return -1

    def _is_decided(self, item: ReviewItem | None) -> bool:
        # What was put back into the queue after it was decided here has been reported again.
        return item is not None and item.item_id in self._decided and not item.reports_after_done

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._session.names.shown(item.cid, item.author_id, who(item))
            case Qt.ItemDataRole.AccessibleTextRole:
                return row_spoken(item, self._clock.now(), self._session.state.user_id)
            case Role.GONE:
                return self.key(index.row()) in self._gone or self._is_decided(item)
        return item if role == ITEM else None
