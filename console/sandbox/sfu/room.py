"""One call on the media server: who is in it, and what each is told and sent.

The world decides who is there and what is on; a room makes that so. After each event of the world
it compares what is with what was told (:meth:`Room.settle`); no event is handled by itself.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable

from aiortc import MediaStreamTrack
from starlette.websockets import WebSocket

from console.base.tasks import Tasks
from console.sandbox.records import CallRecord, Presence
from console.sandbox.sfu.cast import Cast
from console.sandbox.sfu.distribution import Distribution
from console.sandbox.sfu.levels import EVERY_S, Level, Loudest
from console.sandbox.sfu.member import Member
from console.sandbox.sfu.messages import Cause, EndReason, TrackType, message, stamp
from console.sandbox.sfu.peers import Key, Subscriber, Wanted
from console.sandbox.sfu.tracks import Camera, Voice

log = logging.getLogger(__name__)

MOST_CLIENTS = 20
"""Clients that one room takes; each track is encoded for each of them."""

_PUT_OUT = frozenset({"kicked", "blocked", "banned", "deactivated"})


class Room:
    """The media of ``call`` for as long as a client is connected to it."""

    def __init__(self, call: CallRecord, cast: Cast, tasks: Tasks) -> None:
        self.call = call
        self._tasks = tasks
        self.clients: dict[str, Member] = {}
        self._cast = cast
        self._people: dict[str, Member] = {}  # of the scenario, by user session id
        self._distribution = Distribution(tasks)
        self._turn = asyncio.Lock()
        self._loudest = Loudest()
        self._telling: asyncio.Task[None] | None = None

    def members(self) -> list[Member]:
        """Everybody of whom something may be heard or seen."""
        return [*self._people.values(), *self.clients.values()]

    async def join(self, presence: Presence, session_id: str, socket: WebSocket) -> Member:
        """A client connects; it is told of the others by the state of the call."""
        await self.settle(Cause.UNSPECIFIED)
        member = Member(presence, session_id, socket)
        member.subscriber = Subscriber(
            self._distribution, lambda sdp: member.send("subscriber_offer", sdp=sdp)
        )
        self.clients[session_id] = member
        if self._telling is None:
            self._telling = self._tasks.spawn(self._tell_levels(), name="levels")
        return member

    async def arrived(self, member: Member) -> None:
        """A client knows that it has joined: tell the others, and send it what is on."""
        await self._tell(member, "participant_joined")
        self.supply_later(member)
        # Who was put out while they connected was no client of this room yet: it ends for them now.
        self.settle_later()

    async def leave(self, member: Member) -> None:
        """A client is gone."""
        if self.clients.get(member.session_id) is member:
            del self.clients[member.session_id]
        await self._close(member)
        await self._tell(member, "participant_left")

    def state(self) -> object:
        """As a ``CallState``."""
        session = self.call.running
        return message("CallState")(
            participants=[one.told() for one in self.members()],
            started_at=stamp(session.started_at if session else 0),
            participant_count=self.count(),
        )

    def count(self) -> object:
        """As a ``ParticipantCount``: of the whole call, not only of those with media."""
        session = self.call.running
        return message("ParticipantCount")(total=len(session.presences) if session else 0)

    def left_because(self, user_session_id: str, reason: str) -> None:
        """Somebody left the world's call; what is told follows with :meth:`settle`."""
        for client in self.clients.values():
            if client.presence.user_session_id == user_session_id:
                client.left_because = reason

    async def settle(self, cause: Cause) -> None:
        """Tell and send what changed; ``cause`` is why tracks are gone."""
        async with self._turn:
            await self._settle_people()
            for member in self.members():
                await self._settle_tracks(member, cause)
        # Not awaited: a client that does not answer an offer holds up nobody else.
        for client in self.clients.values():
            self.supply_later(client)

    def published(self, member: Member, kind: TrackType, track: MediaStreamTrack) -> None:
        """A client sends a track, in place of what it sent of that type before."""
        before = member.tracks.get(kind)
        if before is not None:
            self._distribution.end(before)
        member.tracks[kind] = track
        # It is read even while nobody wants it: aiortc keeps each frame until then.
        self._distribution.read(track)
        self.settle_later()

    def settle_later(self) -> None:
        """Settle, because of what came over a peer connection."""
        self._tasks.spawn(self.settle(Cause.UNSPECIFIED), name="settle")

    async def _settle_people(self) -> None:
        session = self.call.running
        there = session.presences if session else {}
        for member in list(self.clients.values()):
            if member.presence.user_session_id not in there:
                ended = bool(self.call.ended_at)
                await self.end(member, _end_reason(member.left_because, ended=ended))
        of_clients = {one.presence.user_session_id for one in self.clients.values()}
        for user_session_id, person in list(self._people.items()):
            if user_session_id not in there or user_session_id in of_clients:
                del self._people[user_session_id]
                await self._close(person)
                await self._tell(person, "participant_left")
        for user_session_id, presence in there.items():
            if user_session_id in of_clients or user_session_id in self._people:
                continue
            if not self._cast.sends(presence, among=len(self._people)):
                continue
            person = Member(presence, user_session_id, None)
            person.tracks = self._cast.tracks_of(presence)
            self._people[user_session_id] = person
            await self._tell(person, "participant_joined")

    async def _settle_tracks(self, member: Member, cause: Cause) -> None:
        live = member.live()
        for kind in sorted(member.shown - live):
            member.shown.discard(kind)
            track = member.tracks.get(kind)
            if isinstance(track, Voice):  # what was not said yet is not said later
                track.hush()
            await self._everyone(
                "track_unpublished",
                user_id=member.user_id,
                session_id=member.session_id,
                type=kind,
                cause=cause,
                participant=member.told(),
            )
        for kind in sorted(live - member.shown):
            member.shown.add(kind)
            await self._everyone(
                "track_published",
                user_id=member.user_id,
                session_id=member.session_id,
                type=kind,
                participant=member.told(),
            )

    def supply_later(self, client: Member) -> None:
        """Send a client what it wants, when it has answered what was offered before."""
        self._tasks.spawn(self._supply(client), name="supply")

    async def _supply(self, client: Member) -> None:
        if client.subscriber is None:
            return
        try:
            await client.subscriber.receive(lambda: self._wanted_by(client))
        except TimeoutError:
            log.warning("%s did not answer an offer of %s", client.user_id, self.call.cid)

    def _wanted_by(self, client: Member) -> Wanted:
        wanted: dict[Key, tuple[str, MediaStreamTrack]] = {}
        for member in self.members():
            for kind in member.shown if member is not client else ():
                key = (member.session_id, kind)
                if kind is TrackType.AUDIO or key in client.wanted:
                    wanted[key] = member.prefix, member.tracks[kind]
        return wanted

    async def end(self, member: Member, reason: EndReason) -> None:
        """It is over for one client."""
        await member.send("call_ended", reason=reason)
        await self.leave(member)

    def hear(self, user_session_id: str) -> Member | None:
        """The person of a scenario with this presence."""
        return self._people.get(user_session_id)

    def show(self, user_ids: Iterable[str]) -> None:
        """What these people of a scenario show has changed."""
        for person in self._people.values():
            camera = person.tracks.get(TrackType.VIDEO)
            if person.user_id in user_ids and isinstance(camera, Camera):
                camera.picture = self._cast.camera_of(person.presence)

    async def grants(self, user_id: str, held: Callable[[Presence], frozenset[str]]) -> None:
        """Tell somebody what they may send now."""
        for member in self.clients.values():
            if member.user_id == user_id:
                has = held(member.presence)
                grants = message("CallGrants")(
                    can_publish_audio="send-audio" in has,
                    can_publish_video="send-video" in has,
                    can_screenshare="screenshare" in has,
                )
                await member.send("call_grants_updated", current_grants=grants)

    async def close(self) -> None:
        """End all of it."""
        if self._telling is not None:
            self._telling.cancel()
        members = self.members()
        self.clients.clear()
        self._people.clear()
        for member in members:
            await self._close(member)

    async def _close(self, member: Member) -> None:
        for track in member.tracks.values():
            self._distribution.end(track)
        await member.close()

    async def _tell_levels(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            levels = {
                each.session_id: Level(
                    each.user_id,
                    each.session_id,
                    self._distribution.level(each.tracks[TrackType.AUDIO]),
                )
                for each in self.members()
                if TrackType.AUDIO in each.shown and TrackType.AUDIO in each.tracks
            }
            changed, dominant = self._loudest.news(levels, time.monotonic())
            if changed:
                made = message("AudioLevel")
                told = [
                    made(
                        user_id=each.user_id,
                        session_id=each.session_id,
                        level=each.level,
                        is_speaking=each.speaks,
                    )
                    for each in changed
                ]
                await self._everyone("audio_level_changed", audio_levels=told)
            if dominant is not None:
                await self._everyone(
                    "dominant_speaker_changed",
                    user_id=dominant.user_id,
                    session_id=dominant.session_id,
                )

    async def _tell(self, member: Member, kind: str) -> None:
        await self._everyone(kind, but=member, call_cid=self.call.cid, participant=member.told())

    async def _everyone(self, kind: str, but: Member | None = None, **fields: object) -> None:
        for client in list(self.clients.values()):
            if client is not but:
                await client.send(kind, **fields)


def _end_reason(reason: str, *, ended: bool) -> EndReason:
    if reason in _PUT_OUT:
        return EndReason.KICKED
    return EndReason.ENDED if ended else EndReason.SESSION_ENDED
