"""Whether the events of all calls were heard without a break: only then does silence mean a no."""

import asyncio
from collections.abc import Callable


class Hearing:
    """The present stretch of hearing; each loss of the socket ends one.

    ``last_heard``: when anything came over the socket last (unix seconds).

    Attributes:
        begun: set once the events of all calls are heard for the first time.
    """

    def __init__(self, last_heard: Callable[[], float]) -> None:
        self._last_heard = last_heard
        self._stretch = 0
        self._hears = False
        self.begun = asyncio.Event()

    @property
    def stretch(self) -> int:
        """The number of this stretch; 0 while nothing can be heard."""
        return self._stretch if self._hears else 0

    def begin(self) -> None:
        """All calls are watched; on the same socket once more changes nothing."""
        if not self._hears:
            self._hears = True
            self._stretch += 1
        self.begun.set()

    def end(self) -> None:
        """The socket was lost."""
        self._hears = False

    def unbroken(self, stretch: int, until: float) -> bool:
        """Whether everything was heard since ``stretch`` was the present one.

        A dead link looks like silence, so something must have come since ``until`` (unix seconds).
        """
        return stretch != 0 and stretch == self.stretch and self._last_heard() > until
