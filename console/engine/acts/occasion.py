"""Whether the occasion that an act was meant for is still there: its session, and its devices."""

from console.base.clock import Clock
from console.domain.acts.table import spec_of
from console.engine.acts.gateway import DirectoryView
from console.engine.acts.hearing import Hearing
from console.engine.acts.pending_acts import Entry

CALLS_READ_LIMIT = 15.0
"""Longest that an act of one session waits for the calls to be read, after a start."""

OVER = "The session it was meant for is over; nobody was touched."
CAME_BACK = "They left and joined again before it could be sent; nobody was touched."
NOT_READ = "The calls were not read in time, so the session may be over; nobody was touched."


class Occasions:
    """What the directory knows, asked right before an act is sent."""

    def __init__(self, directory: DirectoryView, hearing: Hearing, clock: Clock) -> None:
        self._directory = directory
        self._hearing = hearing
        self._clock = clock

    async def missed(self, entry: Entry) -> str:
        """One sentence on why it is too late for ``entry``, or an empty string."""
        act = entry.act
        if not spec_of(act.kind).of_one_session:
            return ""
        call = self._directory.call(act.cid)
        if call is None and act.session_id and not self._hearing.begun.is_set():
            if not await self._calls_read():
                return NOT_READ
            call = self._directory.call(act.cid)
        if call is None:
            return ""
        if act.session_id and call.session_id not in ("", act.session_id):
            return OVER
        return CAME_BACK if self._all_came_back(entry) else ""

    def _all_came_back(self, entry: Entry) -> bool:
        """Whether each of them is there with other devices only than those they were seen on."""
        for user_id in entry.act.user_ids:
            now = self._directory.devices(entry.act.cid, user_id)
            before = entry.devices.get(user_id, frozenset())
            if not now or not before or now & before:
                return False
        return bool(entry.act.user_ids)

    async def _calls_read(self) -> bool:
        try:
            async with self._clock.timeout(CALLS_READ_LIMIT):
                await self._hearing.begun.wait()
        except TimeoutError:
            return False
        return True
