"""Which microphones, cameras and screens are on in the call that is looked at.

Coordinator events do not say it (STREAM.md 3), so the call in focus is asked again and again, and
soon after an event that may have changed it.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from typing import Any

from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.domain.call import TRACKS
from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire import events as e
from console.engine.wire.decode import MalformedAnswerError, read_participants
from console.engine.wire.events import Presence
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError
from console.protocol.acts import ActProgress

EVERY_S = 2.0
SOON_S = 0.3
"""A burst of events asks once."""
KNOWN_S = 10.0
"""After so long without an answer it is not known any more what is on."""
LIMIT = 100
"""The query's own limit; a longer list is cut without a way to go on (STREAM.md 4.3)."""
PEOPLE_AT_ONCE = 50
"""People in one query where a list was cut; each may be there with two devices."""
MAX_PEOPLE = 1_000
"""In a larger call the cut lists have to do, and what they leave out is not known."""
REQUESTS_AT_ONCE = 4

SERVER_PACE_S = 0.1
USER_PACE_S = 1.5
"""Seconds that one request stands for: a user may ask 60 times a minute (STREAM.md 1.7), and acts
look at participants, too."""

_ABOUT_TRACKS = e.ParticipantJoined | e.UserMuted | e.PermissionsUpdated


class TrackFollower(Service):
    """Asks for the tracks of the call in focus."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._directory = context.directory
        self._clock = context.clock
        self._pace = SERVER_PACE_S if context.gateway.may_check else USER_PACE_S
        self._cid = ""
        self._wanted = False
        self._connected = asyncio.Event()
        self._known_until = 0.0
        self._not_before = 0.0
        self._news = asyncio.Event()
        self._slots = asyncio.Semaphore(REQUESTS_AT_ONCE)
        self._requests = 0

    async def start(self) -> None:
        self.context.keep_running(self._run, "tracks")

    async def on_event(self, received: Received) -> None:
        event = received.event
        if isinstance(event, _ABOUT_TRACKS) and event.call_cid == self._cid:
            self._ask_soon()

    def on_act(self, progress: ActProgress) -> None:
        done = progress.receipt.state in (ReceiptState.ACCEPTED, ReceiptState.SEEN)
        if done and spec_of(progress.act.kind).tracks and progress.act.cid == self._cid:
            self._ask_soon()

    def on_connected(self, connection_id: str) -> None:
        self._connected.set()

    def on_disconnected(self, sentence: str) -> None:
        self._connected.clear()

    def on_heard(self) -> None:
        self._ask_soon()

    def on_focus(self, cid: str) -> None:
        if cid != self._cid:
            self._directory.forget_live(cid)  # as it was when it was looked at last
        self._cid = cid
        self._not_before = 0.0
        self._ask_soon()

    def _ask_soon(self) -> None:
        self._wanted = True
        self._news.set()

    async def _run(self) -> None:
        while True:
            await self._connected.wait()
            self._wanted = False
            self._requests = 0
            cid = self._cid
            pause = EVERY_S
            if cid in self._directory:
                try:
                    await self._ask(cid)
                except RateLimitedError as error:
                    pause = max(EVERY_S, error.retry_after)
                    self._not_before = self._clock.monotonic() + error.retry_after
                    if error.shortened:
                        self.context.channel.problem(f"tracks of {cid}", error.sentence)
                except (StreamRefusedError, MalformedAnswerError) as error:
                    pause = 2 * EVERY_S
                    self.context.channel.problem(f"tracks of {cid}", str(error))
            now = self._clock.monotonic()
            if cid == self._cid and self._known_until <= now:
                self._directory.forget_live(cid)
                self.context.publisher.publish_soon()
            spent = self._requests * self._pace
            if cid == self._cid:
                self._not_before = max(self._not_before, now + max(SOON_S, 0.75 * spent))
            await self._rest(now + max(pause, spent))

    async def _rest(self, until: float) -> None:
        """Until then, or a little sooner when it is wanted."""
        while True:
            end = min(until, self._not_before) if self._wanted else until
            left = end - self._clock.monotonic()
            if left <= 0:
                return
            self._news.clear()
            try:
                async with self._clock.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _ask(self, cid: str) -> None:
        asked_at = self._clock.now()
        lists = await _all(self._publishing(cid, track) for track in TRACKS)
        cut = [track for track, found in zip(TRACKS, lists, strict=True) if len(found) >= LIMIT]
        complete = not cut
        groups = [] if complete else list(self._groups(cid))
        if groups:
            asked = list(itertools.product(cut, groups))
            parts = await _all(self._publishing(cid, track, group) for track, group in asked)
            complete = all(len(part) < LIMIT for part in parts)
            lists += parts
        tracks = (*TRACKS, *(track for track, _ in asked)) if groups else TRACKS
        live: dict[str, frozenset[str]] = {}
        for track, found in zip(tracks, lists, strict=True):
            for presence in found:
                key = presence.user_session_id
                live[key] = live.get(key, frozenset()) | {track}
        self._directory.set_live(cid, live, known=complete, asked_at=asked_at)
        self._known_until = self._clock.monotonic() + KNOWN_S
        self.context.publisher.publish_soon()

    def _groups(self, cid: str) -> Iterator[tuple[str, ...]]:
        """Those in the call, some in each group; none when there are too many."""
        people = {p.user_id for p in self._directory.everyone(cid) if p.user_session_id}
        if len(people) <= MAX_PEOPLE:
            ordered = iter(sorted(people))
            while group := tuple(itertools.islice(ordered, PEOPLE_AT_ONCE)):
                yield group

    async def _publishing(self, cid: str, track: str, among: Sequence[str] = ()) -> list[Presence]:
        """Who publishes ``track`` now; at most LIMIT devices."""
        wanted: dict[str, Any] = {"published_tracks": {"$in": [track]}}
        if among:
            wanted["user_id"] = {"$in": list(among)}
        async with self._slots:
            self._requests += 1
            answer = await self.context.gateway.participants(cid, wanted, limit=LIMIT)
        return list(read_participants(answer))


async def _all(asked: Iterable[Awaitable[list[Presence]]]) -> list[list[Presence]]:
    return list(await asyncio.gather(*asked))
