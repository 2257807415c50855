"""Since when a call is not heard, and for which of two reasons. Pure."""


class Hearing:
    """Times are unix seconds; 0.0 means that there is no such time.

    Attributes:
        lost_since: since when nothing of any call is heard.
    """

    def __init__(self) -> None:
        self._mute_since = 0.0
        self.lost_since = 0.0

    def unmonitored_since(self, *, written_down: bool, ended: bool, now: float) -> float:
        """Since when nothing said in the call could be heard, as of ``now``."""
        unheard = not written_down and not ended
        self._mute_since = (self._mute_since or now) if unheard else 0.0
        since = (self._mute_since, 0.0 if ended else self.lost_since)
        return min(filter(None, since), default=0.0)
