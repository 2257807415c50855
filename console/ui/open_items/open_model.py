"""Open items of all calls, one row an incident, the gravest first and then the oldest."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.raised import RaisedItem
from console.ui.state.raised_order import urgency
from console.ui.state.raised_words import mark_of, state_words
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, target_of_line
from console.ui.state.wording import verdict_words
from console.ui.widgets.folding import fold, holds
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import span_of_minutes
from console.ui.widgets.timers import one_shot, ticking

SOON_MS = 150
"""How long changes are gathered: a burst of verdicts costs one arrangement."""
SLOWER = 10
"""For each so many incidents changes are gathered for a millisecond more: a long list is long to
arrange."""
TICK_MS = 1000


def age_words(one: RaisedItem, now: float) -> str:
    """How long it is open, in minutes after the first."""
    return span_of_minutes(now - one.handling.raised_at)


class OpenModel(OrderedRows):
    """Rows are incidents: keys are the ids of their first items.

    The row that is chosen stays, with what became of it, until another is chosen.

    Attributes:
        arrived: how many rows came at the end because the others stand still.
    """

    def __init__(self, session: SessionState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._clock = session, clock
        self._items: dict[str, dict[str, RaisedItem]] = {}
        self._incident_of: dict[str, str] = {}
        self._ranks: dict[str, tuple[bool, int, int, float, str]] = {}
        self._words: list[str] = []
        self.arrived = 0
        self._staying = ""
        self._changed: set[str] = set()
        self._soon = one_shot(SOON_MS, self)
        self._soon.timeout.connect(self._take_over)
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(lambda: self.touch(self.keys()))
        self._timer.start()
        session.raised.changed.connect(self._on_changed)
        session.names_changed.connect(lambda _cid: self.touch(self.keys()))
        session.calls_changed.connect(lambda: self.touch(self.keys()))
        self._read_all()

    def set_filter(self, text: str) -> None:
        """Show only incidents whose person, words, labels or call hold every word of ``text``."""
        self._words = fold(text).split()
        self._rank(self._items)
        self.rearrange()

    def stay(self, key: str) -> None:
        """The reader has chosen this row: it stays though it may be decided about."""
        if key != self._staying:
            before, self._staying = self._staying, key
            self._rank((before, key))
            self.rearrange()

    def key_of(self, item_id: str) -> str:
        """The incident an item belongs to; "" where it is not here."""
        return self._incident_of.get(item_id, "")

    def open_items(self, key: str) -> list[RaisedItem]:
        """The open items of an incident, oldest first."""
        return [one for one in self._items.get(key, {}).values() if one.is_open]

    def items(self, key: str) -> list[RaisedItem]:
        """The items a row stands for: the open ones, or all where none is open any more."""
        found = self.open_items(key) or list(self._items.get(key, {}).values())
        return sorted(found, key=lambda one: one.said_at)

    def open_key(self, start: int, by: int) -> str:
        """The nearest row with an open item beyond ``start`` in the direction ``by``, around."""
        rows = self.rowCount()
        for distance in range(1, rows + (start < 0)):
            key = self.key((start + by * distance) % rows)
            if self.open_items(key):
                return key
        return ""

    def wanted_keys(self) -> list[str]:
        ranks = self._ranks
        return sorted(ranks, key=ranks.__getitem__)

    def rearrange(self) -> None:
        before = self.rowCount()
        super().rearrange()
        self.arrived = self.arrived + self.rowCount() - before if self.held else 0

    def hold(self, reason: str = "pointer") -> None:
        # The keys are for the row that is chosen, wherever it stands: with the keyboard here
        # alone a grave item may take its place above.
        if reason != "focus":
            super().hold(reason)

    def _rank(self, keys: Iterable[str]) -> None:
        """Where these incidents belong now; those that are not shown have no rank."""
        me = self._session.state.user_id
        for key in keys:
            items = self._shown(key)
            if items:
                self._ranks[key] = min(urgency(one, me) for one in items)
            else:
                self._ranks.pop(key, None)

    def _shown(self, key: str) -> list[RaisedItem]:
        items = self.open_items(key)
        if not items and key == self._staying:
            items = list(self._items.get(key, {}).values())
        return items if not self._words or self._matches(items) else []

    def _matches(self, items: list[RaisedItem]) -> bool:
        texts = (
            f"{self._who(one)} {one.item.text} {' '.join(one.verdict.labels)} {self._where(one)}"
            for one in items
        )
        return holds(" ".join(texts), self._words)

    def _on_changed(self, item_ids: tuple[str, ...]) -> None:
        if not item_ids:
            self._changed.clear()
            self._read_all()
            return
        self._changed.update(item_ids)
        if not self._soon.isActive():
            self._soon.start(SOON_MS + len(self._items) // SLOWER)

    def _take_over(self) -> None:
        changed, self._changed = self._changed, set()
        touched = {self._take(item_id) for item_id in changed}
        self._rank(touched)
        self.rearrange()
        self.touch(touched)

    def _read_all(self) -> None:
        self._items.clear()
        self._incident_of.clear()
        self._ranks.clear()
        for one in self._session.raised:
            self._take(one.item_id)
        self._rank(self._items)
        self.rearrange()
        self.touch(self.keys())

    def _take(self, item_id: str) -> str:
        """Take over what is known of an item now; returns the row it belongs to."""
        one = self._session.raised.find(item_id)
        if one is None:
            key = self._incident_of.pop(item_id, "")
            self._items.get(key, {}).pop(item_id, None)
            if key and not self._items[key]:
                del self._items[key]
            return key
        key = one.handling.incident or item_id
        self._incident_of[item_id] = key
        self._items.setdefault(key, {})[item_id] = one
        return key

    def _who(self, one: RaisedItem) -> str:
        item = one.item
        return self._session.names.shown(item.cid, item.author_id, item.author_name)

    def _where(self, one: RaisedItem) -> str:
        call = self._session.call(one.item.cid)
        return visible(call.name if call else one.item.cid)

    def _target(self, one: RaisedItem) -> Target:
        return target_of_line(one.item, self._session.call(one.item.cid))

    def _spoken(self, items: list[RaisedItem]) -> str:
        first, me = gravest(items), self._session.state.user_id
        parts = [self._who(first), f"in {self._where(first)}", visible(first.item.text)]
        parts += [verdict_words(first.verdict), state_words(first, me, self._session.team.called)]
        if len(items) > 1:
            parts.append(f"{len(items)} lines of one incident")
        return ", ".join(parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        items = self.items(self.key(index.row())) if index.isValid() else []
        if not items:
            return None
        first = gravest(items)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(first.item.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(items)
            case Role.WHEN:
                return age_words(min(items, key=lambda o: o.handling.raised_at), self._clock.now())
            case Role.RAISED:
                return items
            case Role.WHO:
                return self._who(first)
            case Role.CALL_NAME:
                return self._where(first)
            case Role.TARGET:
                return self._target(first)
            case Role.MARK:
                return mark_of(first, self._session.state.user_id, self._session.team.called)
            case Role.GONE:
                return not first.is_open
        return None


def gravest(items: list[RaisedItem]) -> RaisedItem:
    """The gravest of the items of a row, the first of those that are alike."""
    return max(items, key=lambda one: one.gravity)
