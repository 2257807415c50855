"""When to ask a link for a sign of life, to doubt it, and to leave it. Pure: times are given."""

from enum import Enum

ASK_QUIET_S = 4.0
"""A link that brought nothing for so long is asked; a call with people in it is rarely so quiet."""
ASK_EVERY_S = 20.0
"""It is asked at least so often, as Stream's own clients do (STREAM.md 2.3)."""
DOUBT_S = 8.0
LEAVE_S = 12.0
STEP_S = 1.0
"""Seconds between two looks."""
SLEPT_S = 10.0
"""A look that comes so much too late, or a wall clock that ran so far ahead, means that the machine
slept: Stream may have ended the link meanwhile."""
PROBE_S = 3.0
"""After that the link has so long to answer."""


class Step(Enum):
    """What a look at the link leads to."""

    NOTHING = "nothing"
    ASK = "ask"
    DOUBT = "doubt"
    WOKE = "woke"
    LEAVE = "leave"


class LinkWatch:
    """Counts how long a link was quiet while somebody listened to it.

    Time in which this process itself stood still does not count: what the link brought meanwhile
    waits to be read. ``monotonic`` and ``wall`` are seconds of the two clocks.
    """

    def __init__(self, monotonic: float, wall: float) -> None:
        self._looked_at = monotonic
        self._ahead = wall - monotonic
        self._asked_at = monotonic
        self._quiet = 0.0
        self._asked = False
        self.doubted = False

    def hear(self) -> bool:
        """The link brought something; whether it had been doubted."""
        was, self.doubted = self.doubted, False
        self._quiet = 0.0
        self._asked = False
        return was

    def look(self, monotonic: float, wall: float, *, listening: bool) -> Step:
        """One look. ``listening``: whether what the link brings would be read now."""
        late = monotonic - self._looked_at - STEP_S
        jump = wall - monotonic - self._ahead
        self._ahead = wall - monotonic
        passed = min(monotonic - self._looked_at, 2 * STEP_S)
        self._looked_at = monotonic
        if max(late, jump) >= SLEPT_S:
            self._quiet = LEAVE_S - PROBE_S
            self._asked_at, self._asked, self.doubted = monotonic, True, True
            return Step.WOKE
        if listening:
            self._quiet += passed
        if self._quiet >= LEAVE_S:
            return Step.LEAVE
        if self._quiet >= DOUBT_S and not self.doubted:
            self.doubted = True
            return Step.DOUBT
        due = monotonic - self._asked_at >= ASK_EVERY_S
        if due or (self._quiet >= ASK_QUIET_S and not self._asked):
            self._asked_at, self._asked = monotonic, True
            return Step.ASK
        return Step.NOTHING
