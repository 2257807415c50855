"""Letters that come as fast as somebody writes are no commands. Pure."""

from collections import deque

WITHIN_S = 1.0
"""So close together letters are a run, and so long nothing acts after its last one."""

DIFFERENT, RUN = 3, 4
"""From so many different letters on a run is taken as typing, or from so many in all. A letter that
is repeated at once counts once: N, M and N are the next item, a mute and the next item."""

MOST = 16


class TypingRun:
    """Notes the letters that reach a window outside of its text fields."""

    def __init__(self) -> None:
        self._run: deque[tuple[float, str]] = deque(maxlen=MOST)
        self._typing_until = float("-inf")

    def letter(self, sign: str, at: float) -> None:
        """A letter was pressed at ``at`` (monotonic seconds)."""
        while self._run and at - self._run[0][0] > WITHIN_S:
            self._run.popleft()
        if self._run and self._run[-1][1] == sign:
            # Whoever moves on by rows or confirms presses one key several times.
            self._run[-1] = (at, sign)
        else:
            self._run.append((at, sign))
        different = len({each for _, each in self._run})
        if different >= DIFFERENT or len(self._run) >= RUN or at <= self._typing_until:
            self._typing_until = at + WITHIN_S

    def typing(self, at: float) -> bool:
        """Whether somebody types at ``at``."""
        return at <= self._typing_until

    @property
    def letters(self) -> str:
        """The letters of the run so far, as one text."""
        return "".join(sign for _, sign in self._run)
