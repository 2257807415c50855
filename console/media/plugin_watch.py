"""Whether a speech plugin's process behaves: it answers, is no flood, and can be read. Pure."""

from console.protocol.codec import LineRefusedError
from console.protocol.speech_plugin import FromPlugin, Pong

HANGS_S = 10.0
MOST_A_SECOND = 300
"""Messages: thirty speakers who get ten new texts a second."""
MOST_UNREADABLE = 20


class PluginWatch:
    """Of one process. Times are monotonic seconds.

    Attributes:
        unreadable: lines that were no messages.
    """

    def __init__(self, now: float) -> None:
        self._second = now
        self._told = 0
        self._unanswered: dict[int, float] = {}
        self.unreadable = 0

    def told(self, message: FromPlugin | LineRefusedError, now: float) -> str:
        """It told this; why it is to be ended, or "" where it may go on."""
        if now - self._second >= 1.0:
            self._second, self._told = now, 0
        self._told += 1
        if isinstance(message, Pong):
            self._unanswered.pop(message.number, None)
        if isinstance(message, LineRefusedError):
            self.unreadable += 1
            if self.unreadable > MOST_UNREADABLE:
                return "told what cannot be read"
        return f"told more than {MOST_A_SECOND} things a second" if self._flooded else ""

    def asked(self, number: int, now: float) -> None:
        """A ping was sent."""
        self._unanswered[number] = now

    def hangs(self, now: float) -> str:
        """Why it is to be ended: it does not answer; "" where it does."""
        oldest = min(self._unanswered.values(), default=now)
        return f"did not answer for {HANGS_S:.0f} s" if now - oldest > HANGS_S else ""

    @property
    def _flooded(self) -> bool:
        return self._told > MOST_A_SECOND
