"""Says once before a sanction ends that it will, in time to give it another end."""

from PySide6.QtCore import QObject

from console.domain.sanction import Sanction
from console.ui.sanctions.sanction_words import end_warning, name_words
from console.ui.state.window_context import WindowContext
from console.ui.widgets.timers import ticking

TICK_MS = 1000
TOGETHER = 3
"""Of more that end at the same time only the number is said."""


class EndWarnings(QObject):
    """Whoever ends it: the engine, Stream, or the console of a colleague."""

    def __init__(self, context: WindowContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[tuple[str, float]] = set()
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Tell what ends soon and was not told yet."""
        now = self._context.clock.now()
        ending = {
            (one.sanction_id, one.newest.since): one
            for one in self._context.session.sanctions.ending(now)
            if one.until > now
        }
        news = [one for key, one in ending.items() if key not in self._told]
        self._told = set(ending)
        if len(news) > TOGETHER:
            self._context.controller.say(f"{len(news)} sanctions end soon.", "warn")
            return
        for sanction in news:
            self._context.controller.say(end_warning(sanction, self._name(sanction), now), "warn")

    def _name(self, sanction: Sanction) -> str:
        names = self._context.session.names
        if not sanction.cid:
            return name_words(sanction)
        return names.shown(sanction.cid, sanction.user_id, sanction.name)
