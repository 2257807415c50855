"""How fast moderators act by hand, as the engine counts it, and whether the next act asks first."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.names import plain_name
from console.protocol.automation import ColleagueIsFast, GoOnByHand, HandPace
from console.protocol.to_window import Problem
from console.ui.widgets.short_texts import count

GO_ON_S = 600.0
"""So long no act asks again, once its moderator went on."""


class HandGuard(QObject):
    """Signals: colleague_is_fast carries the Problem that says so."""

    colleague_is_fast = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pace = HandPace()
        self._goes_on_until = 0.0
        self.handlers: dict[type, Callable[[Any], None]] = {
            HandPace: self._change,
            ColleagueIsFast: self._tell,
        }

    def asks(self, now: float) -> bool:
        """Whether the next act by hand against somebody asks first. ``now``: unix seconds."""
        return max(self.pace.asks_from, self._goes_on_until) <= now < self.pace.asks_until

    def why(self) -> str:
        """What makes it ask: ``45 acts in 2 minutes, where 6 in ten are usual``."""
        return speed_words(self.pace.acts, self.pace.seconds, self.pace.usual)

    def go_on(self, now: float) -> GoOnByHand:
        """Its moderator goes on; what the engine is told."""
        self._goes_on_until = now + GO_ON_S
        return GoOnByHand(until=self._goes_on_until)

    def clear(self) -> None:
        """Another account signed in."""
        self.pace, self._goes_on_until = HandPace(), 0.0

    def _change(self, pace: HandPace) -> None:
        self.pace = pace

    def _tell(self, told: ColleagueIsFast) -> None:
        who = plain_name(told.name, told.user_id)
        did = speed_words(told.acts, told.seconds, told.usual)
        self.colleague_is_fast.emit(Problem(place="team", sentence=f"{who} did {did}.", at=told.at))


def speed_words(acts: int, seconds: float, usual: float) -> str:
    """So many acts in so long, and what would be usual."""
    minutes = max(1, round(seconds / 60))
    norm = f"{usual:.0f} in ten are usual" if usual else "none are usual"
    return f"{count(acts, 'act')} in {count(minutes, 'minute')}, where {norm}"
