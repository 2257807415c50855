"""What moderators said of verdicts, as the engine tells it, for every panel of the window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.base.plain_text import visible
from console.domain.given_label import LabelCounts, Says, ShownLabel
from console.protocol.labels import LabelsChanged

MOST = 20_000
"""Labels that the window holds, the last ones."""


class GivenLabels(QObject):
    """Signals: changed carries the ids of items whose label is another one; () means all."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, ShownLabel] = {}
        self.counts = LabelCounts()
        self.known: tuple[str, ...] = ()
        """Labels that a line could have had, to choose from."""
        self.handlers: dict[type, Callable[[Any], None]] = {LabelsChanged: self._take}

    def find(self, item_id: str) -> ShownLabel | None:
        """What was said of the verdict on this item; None where nobody said anything."""
        return self._labels.get(item_id)

    def clear(self) -> None:
        """Forget all of them."""
        self._take(LabelsChanged(whole=True))

    def _take(self, change: LabelsChanged) -> None:
        if change.whole:
            self._labels.clear()
            self.known = change.known or self.known
        for item_id in change.removed:
            self._labels.pop(item_id, None)
        for one in reversed(change.changed) if change.whole else change.changed:
            self._labels.pop(one.item_id, None)
            self._labels[one.item_id] = one
            if len(self._labels) > MOST:
                del self._labels[next(iter(self._labels))]
        self.counts = change.counts
        ids = (*change.removed, *(one.item_id for one in change.changed))
        self.changed.emit(() if change.whole else ids)


def label_words(label: ShownLabel | None) -> str:
    """A label in a few words; empty for none."""
    if label is None:
        return ""
    if label.says is Says.OTHER:
        return f"should be {visible(label.label)}"
    return label.says.value
