"""How many checks may run at once, and when the next may begin. Pure; times are monotonic seconds.

Additive increase, multiplicative decrease: what Stream can take is found by asking a little more
after each success and half as much after each 429.
"""

from console.engine.wire.refusals import RateLimitedError, StreamRefusedError

SHORTEST = 0.5
LONGEST = 30.0
LONGEST_HOLD = 5.0
TOLERATED = 3
"""Failures in a row that are blamed on single lines; from the next on everything is held back."""


class Pace:
    """The present limit and hold.

    Attributes:
        limit: checks that may run at once now.
        held_until: nothing may begin before.
        limited_until: until when Stream itself asked us to hold back.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = float(most)
        self._failures = 0
        self.held_until = 0.0
        self.limited_until = 0.0

    @property
    def limit(self) -> int:
        return max(1, int(self._room))

    def worked(self) -> None:
        """A check was answered."""
        self._failures = 0
        self._room = min(float(self._most), self._room + 1.0 / self._room)

    def failed(self, error: StreamRefusedError, attempt: int, now: float, chance: float) -> float:
        """A check may be tried again: the seconds after which this line may be.

        Args:
            attempt: how often this line was asked, 1 or more.
            chance: 0.0 to 1.0, for jitter.
        """
        if isinstance(error, RateLimitedError):
            # Those already under way will be refused, too: that is one decrease, not sixteen.
            if now >= self.limited_until:
                self._room = max(1.0, self._room / 2)
            self.limited_until = max(self.limited_until, now + error.retry_after)
            self.held_until = max(self.held_until, self.limited_until)
            return error.retry_after + chance * SHORTEST
        self._failures += 1
        if self._failures > TOLERATED:
            hold = min(LONGEST_HOLD, SHORTEST * 2.0 ** min(self._failures - TOLERATED, 10))
            self._room = max(1.0, self._room / 2)
            self.held_until = max(self.held_until, now + hold * (0.5 + chance / 2))
        ceiling = min(LONGEST, SHORTEST * 2.0 ** min(attempt, 10))
        return SHORTEST + chance * (ceiling - SHORTEST)
