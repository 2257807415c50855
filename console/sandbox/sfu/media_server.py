"""The media server: rooms by call, kept as the world says."""

import asyncio
import logging

from console.base.tasks import Tasks
from console.sandbox.events import WorldEvent
from console.sandbox.records import Presence
from console.sandbox.sfu.cast import Cast
from console.sandbox.sfu.messages import Cause, ErrorCode, TrackType
from console.sandbox.sfu.room import Room
from console.sandbox.sfu.signal_socket import SignalSocket
from console.sandbox.sfu.spoken import Speaker
from console.sandbox.sfu.tracks import Voice
from console.sandbox.sfu.twirp import Twirp
from console.sandbox.world import World

log = logging.getLogger(__name__)

MOST_ROOMS = 50
MOST_EVENTS = 10_000
_CAUSES = {
    "muted": Cause.MODERATION,
    "revoked": Cause.PERMISSION_REVOKED,
    "unpublished": Cause.USER_MUTED,
}
_GRANTS = frozenset({"granted", "revoked"})


class MediaServer:
    """Follows the world: who is in a call and what is on is decided there.

    Attributes:
        signal: serves the signalling socket. call: serves the methods beside it.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.rooms: dict[str, Room] = {}
        self._cast = Cast(world.frames.shown)
        self._speaker = Speaker()
        self._tasks = Tasks()
        self._events: asyncio.Queue[WorldEvent] = asyncio.Queue(MOST_EVENTS)
        self._lost = 0
        self.signal = SignalSocket(self).serve
        self.call = Twirp(self).serve
        self._tasks.spawn(self._follow(), name="media")
        world.state.events.listen(self._on_event)
        world.speech.listen(self._on_speech)

    async def close(self) -> None:
        """End all rooms."""
        await self._tasks.close()
        for room in self.rooms.values():
            await room.close()

    def presence_of(self, token: str) -> Presence | None:
        """Whose credentials these are: a join over REST hands out the id of its presence."""
        for call in self.world.state.calls.values():
            if call.running and token in call.running.presences:
                return call.running.presences[token]
        return None

    def room(self, cid: str) -> Room | ErrorCode:
        """The room of a call; made with its first client."""
        room = self.rooms.get(cid)
        if room is None:
            if len(self.rooms) >= MOST_ROOMS:
                return ErrorCode.SFU_FULL
            room = Room(self.world.state.call(cid), self._cast, self._tasks)
            self.rooms[cid] = room
        return room

    async def left(self, room: Room) -> None:
        """A client left: a room without any is over."""
        if room.clients:
            return
        if self.rooms.get(room.call.cid) is room:  # else somebody has joined a new one since
            del self.rooms[room.call.cid]
        await room.close()

    def _on_event(self, event: WorldEvent) -> None:
        room = self.rooms.get(event.cid)
        if room is None:
            return
        if event.type == "call.session_participant_left":
            gone: Presence = event.payload["participant"]
            room.left_because(gone.user_session_id, event.payload.get("reason", ""))
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            self._lost += 1
            if self._lost == 1:
                log.warning("events of calls come faster than the media server follows")

    def _on_speech(self, cid: str, user_session_id: str, text: str, language: str) -> None:
        if cid in self.rooms:
            self._tasks.spawn(self._say(cid, user_session_id, text, language), name="say")

    async def _follow(self) -> None:
        while True:
            event = await self._events.get()
            room = self.rooms.get(event.cid)
            if room is None:
                continue
            try:
                await self._apply(room, event)
            except Exception:
                log.exception("the media of %s could not follow %s", event.cid, event.type)

    async def _apply(self, room: Room, event: WorldEvent) -> None:
        if event.type == "shows":
            room.show(event.targets)
        await room.settle(_CAUSES.get(event.type, Cause.UNSPECIFIED))
        if event.type in _GRANTS:
            for user_id in event.targets:
                await room.grants(user_id, self._held)
        await self.left(room)

    def _held(self, presence: Presence) -> frozenset[str]:
        as_role = presence.role if presence.role != presence.user.role else ""
        state = self.world.state
        return state.capabilities_of(state.call(presence.cid), presence.user, as_role)

    async def _say(self, cid: str, user_session_id: str, text: str, language: str) -> None:
        room = self.rooms.get(cid)
        member = room.hear(user_session_id) if room else None
        if member is None:
            return
        pcm = await self._speaker.say(text, member.user_id, language)
        voice = member.tracks.get(TrackType.AUDIO)
        if isinstance(voice, Voice) and TrackType.AUDIO in member.live() and not voice.say(pcm):
            log.info("%s has too much to say at once", member.user_id)
