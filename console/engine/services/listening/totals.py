"""What listening has done since the sign-in, over all media processes: each counts from zero."""

from msgspec.structs import asdict, replace

from console.protocol.listening import ListeningTotals
from console.protocol.media import MediaLoad

_COUNTED = ("heard_s", "spoken_s", "speech_cpu_s", "shed", "hung", "unreadable")


class Totals:
    """Adds up what media processes tell."""

    def __init__(self) -> None:
        self._ended = dict.fromkeys(_COUNTED, 0.0)
        self._running = dict.fromkeys(_COUNTED, 0.0)
        self._joined: set[str] = set()
        self.lines = 0

    def joined(self, cid: str) -> None:
        """A call was joined."""
        self._joined.add(cid)

    def take(self, load: MediaLoad) -> None:
        """What the process that runs has counted so far."""
        told = asdict(load)
        self._running = {name: float(told[name]) for name in _COUNTED}

    def begin_anew(self) -> None:
        """Another process begins, which counts from zero."""
        self._ended = {name: self._ended[name] + self._running[name] for name in _COUNTED}
        self._running = dict.fromkeys(_COUNTED, 0.0)

    def lost(self, *, hung: bool) -> None:
        """The process ended unasked; ``hung``: because a segment was given up."""
        self._ended["hung"] += hung

    def told(self) -> ListeningTotals:
        """All of it."""
        sums = {name: self._ended[name] + self._running[name] for name in _COUNTED}
        return replace(
            ListeningTotals(calls_joined=len(self._joined), lines=self.lines),
            heard_s=round(sums["heard_s"], 1),
            spoken_s=round(sums["spoken_s"], 1),
            speech_cpu_s=round(sums["speech_cpu_s"], 2),
            shed=int(sums["shed"]),
            hung=int(sums["hung"]),
            unreadable=int(sums["unreadable"]),
        )
