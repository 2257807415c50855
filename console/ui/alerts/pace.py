"""How many alerts reach somebody in a minute. Pure."""

from collections import deque

WINDOW_S = 60.0


class Pace:
    """Lets so many alerts pass in any minute, and counts the rest.

    Attributes:
        held: how many were held back since :meth:`take_held` was called last.
    """

    def __init__(self) -> None:
        self._passed: deque[float] = deque()
        self.held = 0

    def lets_pass(self, now: float, most: int, *, critical: bool) -> bool:
        """Whether an alert at ``now`` (seconds) may be given; a critical one always may."""
        while self._passed and now - self._passed[0] >= WINDOW_S:
            self._passed.popleft()
        if not critical and len(self._passed) >= most:
            self.held += 1
            return False
        self._passed.append(now)
        return True

    def full(self, now: float, most: int) -> bool:
        """Whether the next alert that is not critical would be held back."""
        return sum(now - each < WINDOW_S for each in self._passed) >= most

    def take_held(self) -> int:
        """How many were held back; they count as told."""
        held, self.held = self.held, 0
        return held
