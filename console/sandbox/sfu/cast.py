"""Which people of a scenario send media, and what."""

import logging

from aiortc import MediaStreamTrack

from console.sandbox.records import Presence
from console.sandbox.sfu import pictures
from console.sandbox.sfu.messages import TrackType
from console.sandbox.sfu.tracks import Camera, Voice

log = logging.getLogger(__name__)

MOST_PEOPLE = 16
"""People of a scenario who send media in one call: each costs an encoder for each client. Who comes
beyond is in the call, and silent."""

CAMERA, SCREEN = "camera", "screen"
"""Keys of a user's custom data: the words of the card or screen that they show."""


class Cast:
    """Makes the tracks of people."""

    def __init__(self) -> None:
        self.silent: set[str] = set()
        """User ids of whom nothing could be heard, because too many send already."""

    def sends(self, presence: Presence, *, among: int) -> bool:
        """Whether somebody sends media, where so many others already do."""
        user_id = presence.user.id
        if not presence.live:
            return False
        if among >= MOST_PEOPLE:
            if user_id not in self.silent:
                self.silent.add(user_id)
                log.info("%s is silent in %s: %d send already", user_id, presence.cid, among)
            return False
        return True

    def tracks_of(self, presence: Presence) -> dict[TrackType, MediaStreamTrack]:
        """A voice, a camera and a screen; what is on of them the world says."""
        user = presence.user
        custom = user.custom
        shown = custom.get(CAMERA)
        camera = pictures.card(str(shown)) if shown else pictures.camera(user.name, user.id)
        screen = pictures.screen(str(custom.get(SCREEN) or f"{user.name}'s screen"))
        return {
            TrackType.AUDIO: Voice(),
            TrackType.VIDEO: Camera(camera),
            TrackType.SCREEN_SHARE: Camera(screen),
        }
