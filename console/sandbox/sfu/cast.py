"""Which people of a scenario send media, and what."""

import logging
from collections.abc import Mapping, Sequence

from aiortc import MediaStreamTrack

from console.sandbox.records import QR, SCREEN, Presence
from console.sandbox.sfu import pictures
from console.sandbox.sfu.messages import TrackType
from console.sandbox.sfu.pictures import Picture
from console.sandbox.sfu.tracks import Camera, Voice

log = logging.getLogger(__name__)

MOST_PEOPLE = 16
"""People of a scenario who send media in one call: each costs an encoder for each client. Who comes
beyond is in the call, and silent."""

Shown = Mapping[tuple[str, str], Sequence[str]]
"""(cid, user id) -> labels of the test card that they show."""


class Cast:
    """Makes the tracks of people."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
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
        words = str(user.custom.get(SCREEN) or f"{user.name}'s screen")
        screen = pictures.screen(words, str(user.custom.get(QR, "")))
        return {
            TrackType.AUDIO: Voice(),
            TrackType.VIDEO: Camera(self.camera_of(presence)),
            TrackType.SCREEN_SHARE: Camera(screen),
        }

    def camera_of(self, presence: Presence) -> Picture:
        """What their camera shows: a test card for labels, else themselves."""
        user = presence.user
        labels = self._shown.get((presence.cid, user.id))
        if labels:
            return pictures.card("\n".join(("TEST CARD", *labels)))
        return pictures.camera(user.name, user.id)
