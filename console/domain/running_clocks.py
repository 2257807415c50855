"""Clocks that run down by the monotonic clock, whatever the wall clock shows meanwhile. Pure."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class RunningClocks(Generic[K]):
    """When each clock is over, in monotonic seconds."""

    def __init__(self) -> None:
        self._ends: dict[K, float] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._ends

    def start(self, key: K, left: float, monotonic: float) -> None:
        """``left`` seconds remain, less than none when it was over before."""
        self._ends[key] = monotonic + left

    def stop(self, key: K) -> None:
        """It ends nothing any more."""
        self._ends.pop(key, None)

    def time_passed(self, seconds: float) -> None:
        """So many seconds passed that the monotonic clock did not count: the machine slept."""
        self._ends = {key: end - seconds for key, end in self._ends.items()}

    def left(self, key: K, monotonic: float) -> float:
        """Seconds that remain, less than none when it is over.

        Raises:
            KeyError: there is no such clock.
        """
        return self._ends[key] - monotonic

    def over(self, monotonic: float) -> list[K]:
        """The clocks that are over, the earliest first; they stay until they are stopped."""
        found = sorted((end, place) for place, end in enumerate(self._ends.values()))
        keys = list(self._ends)
        return [keys[place] for end, place in found if end <= monotonic]


def left_after(
    until: float,
    *,
    kept_at: float,
    now: float,
    ahead_then: float | None,
    ahead_now: float | None,
) -> float:
    """Seconds that remain until ``until`` (unix seconds), which an earlier engine wrote down.

    Nobody watched the wall clock while no engine ran, so Stream's clock counts where both engines
    knew it; and no time passes backwards.

    Args:
        kept_at: when it was written down, by the wall clock of then.
        ahead_then, ahead_now: seconds by which Stream's clock is ahead of the wall clock.
    """
    passed = now - kept_at
    if ahead_then is not None and ahead_now is not None:
        passed += ahead_now - ahead_then
    return until - kept_at - max(0.0, passed)
