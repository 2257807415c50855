"""Tells of new hits of searches that are watched, in the ways that the settings name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from console.base.plain_text import visible
from console.protocol.search import WatchedHits
from console.ui.alerts.alert_rows import Way
from console.ui.alerts.alerts import Reach
from console.ui.alerts.decide import Looking
from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import count

PAUSE_S = 60.0
"""Seconds in which one search tells once; the rail counts the others."""
MOST_TITLE = 60


class WatchedAlerts(QObject):
    """Belongs to one window."""

    def __init__(
        self,
        context: WindowContext,
        reach: Reach,
        looking: Callable[[], Looking],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._reach, self._looking = context, reach, looking
        self._told: dict[str, float] = {}
        context.session.searches.found.connect(self._on_found)
        context.session.cleared.connect(self._told.clear)

    def _on_found(self, search_ids: tuple[str, ...]) -> None:
        now = self._context.clock.monotonic()
        for search_id in search_ids:
            found = self._context.session.searches.find(search_id)
            if found is None or now - self._told.get(search_id, -PAUSE_S) < PAUSE_S:
                continue
            self._told[search_id] = now
            self._tell(found)

    def _tell(self, found: WatchedHits) -> None:
        # The words of a hit stay in the window; the title is what a moderator wrote.
        title = visible(found.search.title)[:MOST_TITLE]
        words = f"{count(found.new, 'new hit')} of the watched search “{title}”"
        if self._looking().window:
            self._context.controller.say(f"{words}.")
            return
        ways = self._context.settings["alert_watched"]
        if Way.NOTIFICATION in ways:
            show = partial(self._context.session.searches.search_wanted.emit, found.search_id)
            self._reach.notify("A watched search", words, critical=False, show=show)
        if Way.SOUND in ways:
            self._reach.play(critical=False)
        if Way.ATTENTION in ways:
            self._reach.ask_attention()
