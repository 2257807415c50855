"""Says to the engine which item somebody reviews, while somebody is there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from console.protocol.review import LockItem
from console.ui.state.window_context import WindowContext
from console.ui.widgets.timers import ticking

BEAT_MS = 5_000
"""Well within the time after which the engine takes the window for gone."""

AWAY_S = 120.0
"""Nobody touches mouse or keyboard for that long: an item is not held for whoever went away."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class Presence(QObject):
    """Beats for one item. ``told_away`` is called once when nobody is there any more."""

    def __init__(
        self, context: WindowContext, told_away: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._told_away = told_away
        self._item_id = ""
        self._said = ""
        self._alive_at = context.clock.monotonic()
        self._timer = ticking(BEAT_MS, self)
        self._timer.timeout.connect(self._beat)
        context.link.restarted.connect(self._beat)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def away(self) -> bool:
        """Whether nobody has been there for a while."""
        return self._context.clock.monotonic() - self._alive_at > AWAY_S

    def review(self, item_id: str) -> None:
        """Somebody looks at this item now, or at none for ""."""
        self._item_id = item_id
        self._alive_at = self._context.clock.monotonic()
        self._beat()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            away, self._alive_at = self.away, self._context.clock.monotonic()
            if away and self._item_id:
                self._beat()
        return False

    def _beat(self) -> None:
        item_id = "" if self.away else self._item_id
        if item_id or self._said:
            self._context.link.tell(LockItem(item_id))
        if self._said and self._item_id and not item_id:
            self._told_away()
        self._said = item_id
        if self._item_id:
            self._timer.start()
        else:
            self._timer.stop()
