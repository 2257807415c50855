"""The saved searches of an account, what the watched ones found since, and how far the index is."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.search.hit import IndexState
from console.protocol.search import IndexProgress, SearchesChanged, WatchedHits


class SavedSearches(QObject):
    """Signals:
    changed: the ids of searches that are others now. found: those of watched searches with hits
        that nobody has been told of. index_changed: the state of the index.
    search_wanted: the id of a saved search that is to be run.
    """

    changed = Signal(object)
    found = Signal(object)
    index_changed = Signal(object)
    search_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, WatchedHits] = {}
        self.index = IndexState()
        self.handlers: dict[type, Callable[[Any], None]] = {
            SearchesChanged: self._change,
            IndexProgress: self._show_progress,
        }

    @property
    def new(self) -> int:
        """New hits of all watched searches."""
        return sum(one.new for one in self._known.values())

    def all(self) -> list[WatchedHits]:
        """All of them, by title."""
        return sorted(self._known.values(), key=lambda one: one.search.title.casefold())

    def find(self, search_id: str) -> WatchedHits | None:
        """The search with this id."""
        return self._known.get(search_id)

    def clear(self) -> None:
        """Forget all."""
        self._change(SearchesChanged(whole=True))
        self._show_progress(IndexProgress(state=IndexState()))

    def _change(self, change: SearchesChanged) -> None:
        before = dict(self._known)
        if change.whole:
            self._known.clear()
        for search_id in change.removed:
            self._known.pop(search_id, None)
        self._known |= {one.search_id: one for one in change.changed}
        changed = {key for key in before.keys() | self._known.keys() if self._differs(before, key)}
        if changed:
            self.changed.emit(frozenset(changed))
        told = {one.search_id: one.new for one in before.values()}
        # What came while no window was there is counted, but no news.
        news = [one.search_id for one in change.changed if one.new > told.get(one.search_id, 0)]
        if news and not change.whole:
            self.found.emit(tuple(news))

    def _differs(self, before: dict[str, WatchedHits], search_id: str) -> bool:
        return before.get(search_id) != self._known.get(search_id)

    def _show_progress(self, progress: IndexProgress) -> None:
        self.index = progress.state
        self.index_changed.emit(progress.state)
