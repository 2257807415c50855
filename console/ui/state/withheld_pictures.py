"""What the window holds of pictures that nobody may see any more: it goes, but for their hash."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject

from console.domain.item import Item, Picture, withheld
from console.protocol.raised import RaisedChanged
from console.ui.state.frames import FramesState
from console.ui.state.history import History
from console.ui.state.raised_items import RaisedItems


class WithheldPictures(QObject):
    """``changed``: gets the lines that hold less."""

    def __init__(
        self,
        frames: FramesState,
        history: History,
        raised: RaisedItems,
        changed: Callable[[object], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._raised = raised
        self._changed = changed
        frames.withheld_changed.connect(self._withhold)

    def _withhold(self, picture_ids: tuple[str, ...]) -> None:
        raised = [
            replace(one, item=item)
            for one in self._raised
            if (item := _without(one.item, picture_ids)) is not None
        ]
        if raised:
            self._raised.apply(RaisedChanged(changed=tuple(raised)))
        lines = tuple(
            self._history.change_line(replace(line, item=item, marked=(), before=""))
            for line in list(self._history.lines())
            if (item := _without(line.item, picture_ids)) is not None
        )
        if lines:
            self._changed(lines)


def _without(item: Item, picture_ids: tuple[str, ...]) -> Item | None:
    """``item`` without what one of these pictures shows; None where it holds none of them."""
    body = item.body
    if not isinstance(body, Picture) or body.withheld or body.picture_id not in picture_ids:
        return None
    return replace(item, body=withheld(body))
