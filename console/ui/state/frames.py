"""The newest frame of each camera and screen, as the engine tells it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.frames import SeenFrame, TrackKey
from console.protocol.frames import FramesSeen, PicturesWithheld

MOST_WITHHELD = 50_000


class FramesState(QObject):
    """Signals:
    changed: the keys of cameras and screens that show something else or nothing any more.
    withheld_changed: the hashes of pictures that nobody may see any more.
    """

    changed = Signal(object)
    withheld_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.newest: dict[TrackKey, SeenFrame] = {}
        self._withheld: set[str] = set()
        self.handlers: dict[type, Callable[[Any], None]] = {
            FramesSeen: self._see,
            PicturesWithheld: self._withhold,
        }

    def of(self, cid: str, user_id: str) -> tuple[SeenFrame, ...]:
        """What one person's camera and screen show in a call."""
        return tuple(
            seen
            for key, seen in sorted(self.newest.items())
            if key.cid == cid and key.user_id == user_id
        )

    def may_show(self, picture_id: str) -> bool:
        """Whether somebody may see this picture."""
        return picture_id not in self._withheld

    def clear(self) -> None:
        """Forget all: another account signed in."""
        keys = tuple(self.newest)
        self.newest.clear()
        self._withheld.clear()
        self.changed.emit(keys)

    def _see(self, told: FramesSeen) -> None:
        for key in told.gone:
            self.newest.pop(key, None)
        for seen in told.frames:
            self.newest[seen.key] = seen
        self.changed.emit((*told.gone, *(seen.key for seen in told.frames)))

    def _withhold(self, told: PicturesWithheld) -> None:
        if len(self._withheld) < MOST_WITHHELD:
            self._withheld.update(told.picture_ids)
        self.withheld_changed.emit(told.picture_ids)
