"""Which microphones, cameras and screens are on in the call that is looked at.

Coordinator events do not tell it (STREAM.md 3), so the call in focus is asked every two seconds.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from console.base.clock import Clock
from console.domain.call import TRACKS
from console.engine.decode import MalformedAnswerError, read_participants
from console.engine.directory import Directory
from console.engine.refusals import RateLimitedError, StreamRefusedError

EVERY_S = 2.0
LIMIT = 100
"""The query's own limit; a longer list is cut without a way to go on (STREAM.md 4.3)."""


class ParticipantsGateway(Protocol):
    """What following tracks needs of the gateway."""

    async def participants(
        self, cid: str, filter_conditions: dict[str, Any], *, limit: int = 100
    ) -> dict[str, Any]:
        """The raw answer of the participants query."""


class TrackFollower:
    """Asks for the tracks of one call. ``told()`` is called when the directory was updated."""

    def __init__(
        self,
        gateway: ParticipantsGateway,
        directory: Directory,
        clock: Clock,
        *,
        told: Callable[[], None],
        problem: Callable[[str, str], None],
    ) -> None:
        self._gateway = gateway
        self._directory = directory
        self._clock = clock
        self._told = told
        self._problem = problem
        self._cid = ""
        self._wake = asyncio.Event()

    def focus(self, cid: str) -> None:
        """Follow this call from now on; empty for none."""
        self._cid = cid
        self._wake.set()

    def ask_now(self) -> None:
        """Something was just done to someone's tracks."""
        self._wake.set()

    async def run(self) -> None:
        """Ask for as long as this runs."""
        while True:
            self._wake.clear()
            pause = EVERY_S
            if self._cid in self._directory:
                try:
                    await self._ask(self._cid)
                except RateLimitedError as error:
                    pause = max(EVERY_S, error.retry_after)
                except (StreamRefusedError, MalformedAnswerError) as error:
                    pause = 2 * EVERY_S
                    self._problem(f"tracks of {self._cid}", str(error))
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _ask(self, cid: str) -> None:
        asked_at = self._clock.now()
        answers = await asyncio.gather(
            *(
                self._gateway.participants(cid, {"published_tracks": {"$in": [track]}}, limit=LIMIT)
                for track in TRACKS
            )
        )
        live: dict[str, frozenset[str]] = {}
        complete = True
        for track, answer in zip(TRACKS, answers, strict=True):
            publishing = read_participants(answer)
            complete = complete and len(publishing) < LIMIT
            for presence in publishing:
                key = presence.user_session_id
                live[key] = live.get(key, frozenset()) | {track}
        self._directory.set_live(cid, live, known=complete, asked_at=asked_at)
        self._told()
