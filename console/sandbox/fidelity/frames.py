"""Frame recording: a picture of everybody who shows one, every few seconds (STREAM.md 8.3).

One event per participant, track and interval. Nothing is filmed: pictures are drawn when somebody
fetches them. What a person shows can be a test card for a label, which policies on images and key
frames then find: no pixels are judged.
"""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from console.sandbox.api_errors import not_allowed, not_found
from console.sandbox.events import WorldEvent
from console.sandbox.fidelity.egress import FRAMES, Egresses
from console.sandbox.fidelity.frame_drawing import drawn
from console.sandbox.records import CallRecord, Presence
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

PATH = "/sandbox-media/frames"
FRAMES_KEPT = 20_000
URL_SECONDS = 3600.0
"""How long a link works; production's lifetime is not known (?)."""

_TRACKS = {"video": "TRACK_TYPE_VIDEO", "screenshare": "TRACK_TYPE_SCREEN_SHARE"}


@dataclass(slots=True, frozen=True)
class Frame:
    """One picture that was taken.

    ``labels`` are what an image model would say of it; ``card``: it is a card that reads them.
    """

    id: str
    cid: str
    user_id: str
    track: str
    captured_at: float
    labels: tuple[str, ...] = ()
    card: bool = True


class Frames:
    """Takes frames of calls that record them.

    Attributes:
        lag: seconds from a frame to its event; a documented sample shows about six.
        shown: (cid, user id) -> labels of what this person shows to the camera.
    """

    def __init__(self, state: State, egresses: Egresses) -> None:
        self._state = state
        self._egresses = egresses
        self._due: dict[str, float] = {}
        self._kept: OrderedDict[str, Frame] = OrderedDict()
        self.lag = 6.0
        self.shown: dict[tuple[str, str], tuple[str, ...]] = {}
        self._without_card: set[tuple[str, str]] = set()
        state.events.listen(self._on_event)

    def show(self, cid: str, user_id: str, labels: Sequence[str], *, card: bool = True) -> None:
        """Let somebody show a test card for ``labels``, or themselves again when there are none.

        Without ``card`` they show themselves, and only Stream's model finds the labels in that.
        """
        (self._without_card.discard if card else self._without_card.add)((cid, user_id))
        if labels:
            self.shown[cid, user_id] = tuple(labels)
        else:
            self.shown.pop((cid, user_id), None)
        self._state.emit("shows", cid=cid, targets=(user_id,))

    def capture_due(self) -> int:
        """Take the frames that are due by now; returns how many."""
        now = self._state.now()
        taken = 0
        for cid, due in list(self._due.items()):
            if due <= now:
                call = self._state.calls[cid]
                seconds = call.settings["frame_recording"]["capture_interval_in_seconds"]
                self._due[cid] = max(due + seconds, now)
                taken += self.capture(cid)
        return taken

    def capture(self, cid: str) -> int:
        """Take a frame of everybody in a call who shows something; returns how many."""
        call = self._state.call(cid)
        session = call.running
        if session is None:
            return 0
        taken = 0
        for presence in list(session.presences.values()):
            for track in ("video", "screenshare"):
                if track in presence.live:
                    self._take(call, session.id, presence, track)
                    taken += 1
        return taken

    def link(self, frame: Frame) -> str:
        """The signed address of a picture."""
        until = int(self._state.now() + URL_SECONDS)
        signed = f"expires={until}&signature={_sign(frame.id, until)}"
        return f"{self._state.base_url}{PATH}/{frame.id}.png?{signed}"

    def picture(self, frame_id: str, expires: str, signature: str) -> bytes:
        """The PNG behind a link.

        Raises:
            ApiError: 403, the link was changed or is too old; 404, the picture is gone.
        """
        if not expires.isdecimal() or not hmac.compare_digest(
            signature, _sign(frame_id, int(expires))
        ):
            raise not_allowed("the link is not signed")
        if int(expires) < self._state.now():
            raise not_allowed("the link has expired")
        frame = self._kept.get(frame_id)
        if frame is None:
            raise not_found(f"frame {frame_id} does not exist")
        user = self._state.users[frame.user_id]
        labels = frame.labels if frame.card else ()
        return drawn(user, frame.track, labels, int(frame.captured_at))

    def labels_of(self, url: str) -> tuple[str, ...]:
        """What an image model would say of one of our pictures; nothing of any other."""
        name = url.partition("?")[0].rpartition("/")[2].removesuffix(".png")
        frame = self._kept.get(name) if PATH in url else None
        return frame.labels if frame else ()

    def _take(self, call: CallRecord, session_id: str, presence: Presence, track: str) -> None:
        now = self._state.now()
        labels = self.shown.get((call.cid, presence.user_id), ()) if track == "video" else ()
        frame = Frame(
            self._state.new_id("frame"),
            call.cid,
            presence.user_id,
            track,
            now - self.lag,
            labels,
            (call.cid, presence.user_id) not in self._without_card,
        )
        self._kept[frame.id] = frame
        if len(self._kept) > FRAMES_KEPT:
            self._kept.popitem(last=False)
        self._state.emit(
            "call.frame_recording_ready",
            cid=call.cid,
            payload={
                "egress_id": self._egresses.id_of(call.cid, FRAMES),
                "session_id": session_id,
                "track_type": _TRACKS[track],
                "url": self.link(frame),
                "captured_at": Stamp(frame.captured_at),
                "users": {presence.user_id: presence.user},
            },
            targets=(presence.user_id,),
        )

    def _on_event(self, event: WorldEvent) -> None:
        match event.type:
            case "call.session_started":
                settings = self._state.calls[event.cid].settings["frame_recording"]
                if settings["mode"] == "auto-on":
                    self._egresses.start(event.cid, FRAMES)
            case "call.frame_recording_started":
                self._due[event.cid] = self._state.now()
            case "call.frame_recording_stopped" | "call.session_ended":
                self._due.pop(event.cid, None)
            case _:
                return


def _sign(frame_id: str, until: int) -> str:
    """Shows what links look like; it guards nothing."""
    return hmac.new(b"frames", f"{frame_id}{until}".encode(), hashlib.sha256).hexdigest()[:32]
