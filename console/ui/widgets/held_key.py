"""Tells a key that is held down from one that is pressed again. Pure."""

SAME_PRESS_MS = 30
"""Nobody lets a key go and presses it again within this time; the repeats of a held one do."""


class HeldKey:
    """Follows one keyboard. Times are those of its events, in ms; 0 where they have none.

    X11 repeats a held key as pairs of release and press with the same time, and Qt does not know
    each of these presses for a repeat.
    """

    def __init__(self) -> None:
        self._key = 0
        self._released_at = 0

    def press(self, key: int, at: int, *, repeats: bool) -> bool:
        """A key went down; whether it was down all the time. ``repeats``: Qt says so."""
        soon = bool(at and self._released_at) and 0 <= at - self._released_at <= SAME_PRESS_MS
        return repeats or (key == self._key and soon)

    def release(self, key: int, at: int) -> None:
        """A key went up, or seems to."""
        self._key, self._released_at = key, at
