"""Speech that is not written down, gathered so that what belongs together is told once."""

import asyncio
import time
from collections.abc import Callable

from console.domain.speech import Speaker
from console.protocol.media import NotWritten

SETTLES_S = 3.0
"""So long after the last of it it is told."""
LONGEST_S = 20.0
"""And at least so often while more of it comes."""
LOOK_S = 0.5
MOST_NAMES = 3


class _Gathered:
    def __init__(self, since: float, now: float) -> None:
        self.since = since
        self.until = since
        self.seconds = 0.0
        self.speakers: dict[str, str] = {}
        self.began = self.last = now


class Unwritten:
    """By call and reason."""

    def __init__(self, tell: Callable[[NotWritten], None]) -> None:
        self._tell = tell
        self._gathered: dict[tuple[str, str], _Gathered] = {}

    def add(self, speaker: Speaker, start: float, end: float, seconds: float, why: str) -> None:
        """Some speech of ``speaker``, in unix time; ``why`` is the end of a sentence."""
        now = time.monotonic()
        key = (speaker.cid, why)
        found = self._gathered.setdefault(key, _Gathered(start, now))
        found.since = min(found.since, start)
        found.until = max(found.until, end)
        found.seconds += seconds
        found.speakers[speaker.user_id] = speaker.name
        found.last = now

    async def run(self) -> None:
        """Tell what is complete, or has been kept for long enough; until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            self._tell_settled(time.monotonic())

    def _tell_settled(self, now: float) -> None:
        for (cid, why), found in list(self._gathered.items()):
            if now - found.last < SETTLES_S and now - found.began < LONGEST_S:
                continue
            del self._gathered[cid, why]
            self._tell(
                NotWritten(
                    cid=cid,
                    names=tuple(found.speakers.values())[:MOST_NAMES],
                    speakers=len(found.speakers),
                    since=found.since,
                    until=found.until,
                    seconds=round(found.seconds, 1),
                    why=why,
                )
            )
