"""Says to the engine which item somebody reviews, while somebody is there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from console.protocol.review import LockItem
from console.ui.state.window_context import WindowContext
from console.ui.widgets.timers import ticking

BEAT_MS = 4_000
"""Well within the time after which the engine takes the window for gone."""

AWAY_S = 22.0
"""Nobody touches mouse or keyboard for that long: with the next beat the item is free again, which
is within 30 s of the last touch."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Presence(QObject):
    """Beats for one item while a key, the mouse or its wheel says that somebody is there.

    ``is_free``: whether an item that was given up may be taken again.

    Signals: changed: the item was given up, because nobody was there, or was taken again.
    """

    changed = Signal()

    def __init__(
        self, context: WindowContext, is_free: Callable[[str], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._is_free = is_free
        self._given_up = False
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

    @property
    def given_up(self) -> bool:
        """Whether the item that is looked at is free for others, because nobody was there."""
        return self._given_up

    def review(self, item_id: str) -> None:
        """Somebody looks at this item now, or at none for ""."""
        if item_id != self._item_id:
            self._given_up = False
        self._item_id = item_id
        self._alive_at = self._context.clock.monotonic()
        self._beat()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._alive_at = self._context.clock.monotonic()
            if self._given_up and self._is_free(self._item_id):
                self._given_up = False
                self._beat()
                self.changed.emit()
        return False

    def _beat(self) -> None:
        gives_up = bool(self._said and self.away)
        self._given_up |= gives_up
        item_id = "" if self._given_up else self._item_id
        if item_id or self._said:
            self._context.link.tell(LockItem(item_id))
        self._said = item_id
        if gives_up:
            self.changed.emit()
        if self._item_id:
            self._timer.start()
        else:
            self._timer.stop()
