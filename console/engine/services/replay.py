"""After a restart: the items of before, and the time in between that is not known."""

from collections.abc import Sequence

from console.base.clock import Clock
from console.domain.item import Item
from console.engine.window_channel import WindowChannel
from console.protocol.to_window import Gap, Heard
from console.store.store import AppStore

LINES_A_CALL = 200
MAX_LINES = 15_000
FORGOTTEN_S = 12 * 3600.0
"""After a longer gap it is another day, and the gap is not marked."""


class Replay:
    """Shows the window once what earlier engines kept, up to the time this was made."""

    def __init__(self, store: AppStore, channel: WindowChannel, clock: Clock) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._began = clock.now()
        self._beat: tuple[float, tuple[str, ...]] | None = None

    async def begin(self) -> None:
        """Read until when an earlier engine listened, before this one writes that itself.

        Raises:
            WorldError: the store could not be read.
        """
        self._beat = await self._store.last_heartbeat()

    async def lines(self, cids: Sequence[str]) -> list[Item]:
        """Show the last items of these calls, and the gap since they were listened to.

        Raises:
            WorldError: the store could not be read.
        """
        per_call = max(5, min(LINES_A_CALL, MAX_LINES // max(1, len(cids))))
        found = [
            judged
            for judged in await self._store.recent_items(cids, per_call)
            if judged.item.received_at < self._began  # later ones were shown as new
        ]
        found.sort(key=lambda judged: judged.item.received_at)
        if found:
            self._channel.put(Heard(items=tuple(found), replay=True))
        gap = self._gap(cids)
        if gap is not None:
            self._channel.put(gap)
        return [judged.item for judged in found]

    def _gap(self, active: Sequence[str]) -> Gap | None:
        """From the last heartbeat until now, however short: something may have been said.

        In all calls that are active: those that are new were not listened to either.
        """
        if self._beat is None:
            return None
        since, beaten = self._beat
        until = max(since, self._clock.now())  # a clock that was set back hides no gap
        cids = tuple(dict.fromkeys((*beaten, *active)))
        if not cids or until - since >= FORGOTTEN_S:
            return None
        return Gap(cids=cids, since=since, until=until, reason="The console was not listening.")
