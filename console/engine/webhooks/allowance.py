"""How many requests are taken in a while."""


class Allowance:
    """So many a second, and ``burst`` at once. Times in monotonic seconds."""

    def __init__(self, a_second: float, burst: int) -> None:
        self._a_second = a_second
        self._burst = float(burst)
        self._left = self._burst
        self._at = 0.0

    def take(self, now: float) -> bool:
        """Whether one more is allowed at ``now``; it then counts."""
        self._left = min(self._burst, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
