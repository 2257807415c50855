"""What is in force over all calls, as the engine tells it, and what of it ends soon."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.sanction import Sanction, ends_soon
from console.protocol.sanctions import SanctionsChanged


class SanctionsKnown(QObject):
    """Sanctions by id.

    Signals:
        changed: something is in force, or is not any more, or otherwise.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, Sanction] = {}
        self.handlers: dict[type, Callable[[Any], None]] = {SanctionsChanged: self._apply}

    def __len__(self) -> int:
        return len(self._known)

    def all(self) -> tuple[Sanction, ...]:
        """What ends first comes first, then what was set last."""
        return tuple(sorted(self._known.values(), key=_order))

    def find(self, sanction_id: str) -> Sanction | None:
        """The sanction, if it is in force."""
        return self._known.get(sanction_id)

    def ending(self, now: float) -> tuple[Sanction, ...]:
        """What ends soon, and what could not be lifted when it should have been."""
        return tuple(
            sanction
            for sanction in self._known.values()
            if sanction.trouble or ends_soon(sanction, now)
        )

    def clear(self) -> None:
        """Forget all."""
        self._known.clear()
        self.changed.emit()

    def _apply(self, change: SanctionsChanged) -> None:
        if change.whole:
            self._known.clear()
        for key in change.gone:
            self._known.pop(key, None)
        self._known |= {sanction.sanction_id: sanction for sanction in change.changed}
        self.changed.emit()


def _order(sanction: Sanction) -> tuple[bool, float, float]:
    ends = sanction.until or float("inf")
    return not sanction.trouble, ends, -sanction.newest.since
