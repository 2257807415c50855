"""What a line shows in place of its verdict while automation counts down to an act on it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from console.ui.state.automation_state import AutomationState
from console.ui.state.proposal_words import what
from console.ui.widgets.badge import Badge, Ground


def countdown_badge(automation: AutomationState, item_id: str) -> Badge | None:
    """The badge of a line with a countdown; None for any other."""
    counting = automation.counting(item_id)
    if counting is None:
        return None
    seconds = automation.seconds_left(counting)
    return Badge("hourglass", f"IN {seconds} S", (what(counting),), "warn", Ground.FILLED)


class Countdowns(QObject):
    """The countdowns in one list of lines, which is painted again as they go on."""

    def __init__(self, automation: AutomationState, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._automation = automation
        self._view = view
        automation.ticked.connect(self._repaint)

    def badge(self, item_id: str) -> Badge | None:
        """The badge of a line with a countdown; None for any other."""
        return countdown_badge(self._automation, item_id)

    def _repaint(self, _items: frozenset[str]) -> None:
        self._view.viewport().update()
