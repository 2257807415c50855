"""Which chat channel belongs to which call, as far as it was found."""

from collections.abc import Collection, Iterable

from console.domain.call import Call
from console.domain.chat import channels_of
from console.engine.services.directory import Directory

FIRST_AGAIN_S = 30.0
LAST_AGAIN_S = 300.0
"""A channel may be made long after its call, so it is asked for again, less and less often."""


class CallChannels:
    """The channels of the calls of a directory. Times are monotonic seconds."""

    def __init__(self, directory: Directory, rule: str) -> None:
        self._directory = directory
        self._rule = rule
        self._calls: dict[str, dict[str, None]] = {}
        """Calls by the cid of their channel: two calls may share one."""
        self._watched: set[str] = set()
        self._ask_at: dict[str, float] = {}
        self._wait: dict[str, float] = {}

    def forget_watched(self) -> None:
        """Nothing is watched: there is another socket."""
        self._watched.clear()
        self._ask_at.clear()
        self._wait.clear()

    def due(self, now: float) -> list[Call]:
        """The calls whose channel has to be looked for now."""
        calls = self._directory.calls()
        active = {call.cid for call in calls}
        for cid in [cid for cid in self._ask_at if cid not in active]:
            self._ask_at.pop(cid)
            self._wait.pop(cid, None)
        return [
            call
            for call in calls
            if not self._done(call) and self._ask_at.get(call.cid, 0.0) <= now
        ]

    def places(self, call: Call) -> tuple[str, ...]:
        """Where the channel of ``call`` may be, the likeliest first."""
        return channels_of(call, self._rule)

    def asked(self, calls: Iterable[Call], now: float) -> None:
        """The channels of these calls were asked for."""
        for call in calls:
            wait = self._wait.get(call.cid, FIRST_AGAIN_S)
            self._ask_at[call.cid] = now + wait
            self._wait[call.cid] = min(LAST_AGAIN_S, wait * 2)

    def found(self, calls: Iterable[Call], channels: Collection[str]) -> list[Call]:
        """These channels exist, can be read and are watched; the calls of which none does."""
        without: list[Call] = []
        for call in calls:
            channel = next((place for place in self.places(call) if place in channels), "")
            if not channel:
                without.append(call)
                continue
            self._watched.add(channel)
            self._calls.setdefault(channel, {})[call.cid] = None
            self._directory.hold(call.cid, chat_cid=channel)
        return without

    def call_of(self, channel: str) -> Call | None:
        """The call that a channel belongs to: of several the one that began last."""
        known = self._calls.get(channel, {})
        calls = [call for cid in known if (call := self._directory.call(cid)) is not None]
        if len(calls) < len(known):
            self._calls[channel] = dict.fromkeys(call.cid for call in calls)
        theirs = [call for call in calls if call.chat_cid == channel]
        return max(theirs, key=lambda call: (call.started_at, call.created_at), default=None)

    def all_of(self, channel: str) -> list[str]:
        """The cids of all calls that a channel belongs to."""
        return [cid for cid in self._calls.get(channel, {}) if cid in self._directory]

    def _done(self, call: Call) -> bool:
        return call.chat_cid in self._watched and call.chat_cid in self.places(call)
