"""The hits of a search, grouped by call, and the saved searches while nothing is searched for."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from console.base.plain_text import visible
from console.domain.search.hit import Hit
from console.protocol.search import WatchedHits
from console.ui.search.hit_words import group_span, shown_with_marks, target_of_hit, when_words
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import count

HIT = Qt.ItemDataRole.UserRole
SAVED = Qt.ItemDataRole.UserRole + 200
FOLDED = Qt.ItemDataRole.UserRole + 201

MORE = "more"
"""The key of the row that asks for the next page."""
_GROUP, _HIT, _SAVED = "call:", "hit:", "saved:"


class HitsModel(OrderedRows):
    """Rows by key. Of a call with several hits a row says how many they are, and folds them."""

    def __init__(self, context: WindowContext, parent: Panel) -> None:
        super().__init__(parent)
        self._context = context
        self._hits: dict[int, Hit] = {}
        self._groups: dict[str, list[Hit]] = {}
        self._folded: set[str] = set()
        self._saved: dict[str, WatchedHits] = {}
        self._more = ""
        context.session.names_changed.connect(lambda _cid: self.touch(self.keys()))

    def show_hits(self, hits: Sequence[Hit], more: str) -> None:
        """Show these; ``more``: what the row at the end says, empty where there are no others."""
        self._saved = {}
        self._more = more
        self._hits = {hit.place: hit for hit in hits}
        self._groups = {}
        for hit in self._hits.values():
            self._groups.setdefault(hit.cid, []).append(hit)
        self._folded &= self._groups.keys()
        self._rearrange_now()

    def show_saved(self, saved: Iterable[WatchedHits]) -> None:
        """Show the saved searches, and no hits."""
        self._saved = {one.search_id: one for one in saved}
        self._hits, self._groups, self._more = {}, {}, ""
        self._rearrange_now()

    def toggle(self, key: str) -> None:
        """Fold the hits of a call, or unfold them."""
        self._folded ^= {key.removeprefix(_GROUP)}
        self._rearrange_now()

    def _rearrange_now(self) -> None:
        # Rows change because the reader asked for others, so nothing is held for the hand.
        holds, self._holds = self._holds, set()
        self.rearrange()
        self._holds = holds
        self.touch(self.keys())

    def wanted_keys(self) -> list[str]:
        if self._saved:
            return [f"{_SAVED}{key}" for key in self._saved]
        keys: list[str] = []
        for cid, hits in self._groups.items():
            if len(hits) > 1:
                keys.append(f"{_GROUP}{cid}")
            if cid not in self._folded or len(hits) == 1:
                keys += [f"{_HIT}{hit.place}" for hit in hits]
        return keys + ([MORE] if self._more else [])

    def hit(self, key: str) -> Hit | None:
        """The hit of a row; None where it is none."""
        place = key.removeprefix(_HIT)
        return self._hits.get(int(place)) if key.startswith(_HIT) else None

    def saved(self, key: str) -> WatchedHits | None:
        """The saved search of a row; None where it is none."""
        return self._saved.get(key.removeprefix(_SAVED)) if key.startswith(_SAVED) else None

    def is_group(self, key: str) -> bool:
        """Whether it is the row of a call."""
        return key.startswith(_GROUP)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.key(index.row()) if index.isValid() else ""
        hit, saved = self.hit(key), self.saved(key)
        if hit is not None:
            return self._of_hit(hit, role)
        if saved is not None:
            return self._of_saved(saved, role)
        if self.is_group(key):
            return self._of_group(key.removeprefix(_GROUP), role)
        if key == MORE and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._more
        return None

    def _of_hit(self, hit: Hit, role: int) -> Any:
        words, marks = shown_with_marks(hit)
        who = self._context.session.names.shown(hit.cid, hit.user_id, hit.name)
        when = when_words(hit.at, self._context.clock.now())
        if role == HIT:
            return hit
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Role.MARKS:
                return marks
            case Role.WHO:
                return who if hit.user_id else "Whole call"
            case Role.WHEN:
                return when
            case Role.CALL_NAME:
                alone = len(self._groups[hit.cid]) == 1
                return visible(hit.call_name or hit.cid) if alone else ""
            case Role.TARGET:
                return target_of_hit(hit)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{hit.kind.value} of {who}, {when}: {words}"
        return None

    def _of_group(self, cid: str, role: int) -> Any:
        hits = self._groups.get(cid, [])
        if not hits:
            return None
        name = visible(hits[0].call_name or cid) or "In no call"
        many = count(len(hits), "hit")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Role.WHEN:
                return f"{many}, {group_span(hits, self._context.clock.now())}"
            case _ if role == FOLDED:
                return cid in self._folded
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {many}{', folded' if cid in self._folded else ''}"
        return None

    def _of_saved(self, saved: WatchedHits, role: int) -> Any:
        if role == SAVED:
            return saved
        search = saved.search
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(search.title)
            case Role.WHEN:
                return visible(search.query)
            case Qt.ItemDataRole.AccessibleTextRole:
                new = f", {saved.new} new" if saved.new else ""
                watched = ", watched" if search.watched else ""
                return f"{visible(search.title)}{watched}{new}"
        return None
