"""One device in a room of the media server: somebody's client, or a person of a scenario."""

import contextlib
from collections.abc import Callable
from typing import Any

from aiortc import MediaStreamTrack
from starlette.websockets import WebSocket, WebSocketState

from console.sandbox.records import Presence
from console.sandbox.sfu.messages import TrackType, event, message, stamp
from console.sandbox.sfu.peers import Publisher, Subscriber

TYPES = {
    "audio": TrackType.AUDIO,
    "video": TrackType.VIDEO,
    "screenshare": TrackType.SCREEN_SHARE,
    "screenshare_audio": TrackType.SCREEN_SHARE_AUDIO,
}
NAMES = {number: name for name, number in TYPES.items()}


class Member:
    """A presence, and what it sends and receives here.

    Attributes:
        session_id: of the client; the presence's own for people of a scenario.
        tracks: what is there to be sent, by type. shown: which of it the others were told of.
        left_because: why they are no longer in the call, in the world's word.
        wanted: what this client asked for, as (session id, type), beside all audio.
    """

    def __init__(self, presence: Presence, session_id: str, socket: WebSocket | None) -> None:
        self.presence = presence
        self.session_id = session_id
        self.socket = socket
        self.prefix = "".join(part for part in session_id if part.isalnum())[-16:]
        self.tracks: dict[TrackType, MediaStreamTrack] = {}
        self.shown: set[TrackType] = set()
        self.left_because = ""
        self.wanted: set[tuple[str, TrackType]] = set()
        self.subscriber: Subscriber | None = None
        self.publisher: Publisher | None = None

    @property
    def user_id(self) -> str:
        return self.presence.user.id

    def live(self) -> set[TrackType]:
        """What may be heard and seen of them now: on in the world, and here."""
        return {TYPES[name] for name in self.presence.live if name in TYPES} & self.tracks.keys()

    def told(self) -> Any:
        """As a ``Participant``."""
        return message("Participant")(
            user_id=self.user_id,
            session_id=self.session_id,
            published_tracks=sorted(self.shown),
            joined_at=stamp(self.presence.joined_at),
            track_lookup_prefix=self.prefix,
            name=self.presence.user.name,
            roles=[self.presence.role],
        )

    async def send(self, kind: str, **fields: Any) -> None:
        """One event, if they have a socket that is open."""
        socket = self.socket
        if socket is None or socket.client_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(RuntimeError, OSError):
            await socket.send_bytes(event(kind, **fields))

    def publish_through(self, arrived: Callable[[TrackType, MediaStreamTrack], None]) -> Publisher:
        """The peer that this client sends by."""
        if self.publisher is None:
            self.publisher = Publisher(arrived)
        return self.publisher

    async def close(self) -> None:
        """End what they send and receive."""
        for track in self.tracks.values():
            track.stop()
        for peer in (self.subscriber, self.publisher):
            if peer is not None:
                await peer.close()
