"""Events of what runs beside a call: its recording, transcription and frames (STREAM.md 3.5)."""

from typing import ClassVar

from msgspec import field
from msgspec.structs import force_setattr

from console.engine.wire.bounded import Id, Texts
from console.engine.wire.events import CallEvent, User
from console.engine.wire.limits import MAX_URL, MAX_WORD
from console.engine.wire.timestamps import Moment


class RecordingStarted(CallEvent, frozen=True, kw_only=True, tag="call.recording_started"):
    pass


class RecordingStopped(CallEvent, frozen=True, kw_only=True, tag="call.recording_stopped"):
    pass


class RecordingFailed(CallEvent, frozen=True, kw_only=True, tag="call.recording_failed"):
    pass


class TranscriptionStarted(CallEvent, frozen=True, kw_only=True, tag="call.transcription_started"):
    pass


class TranscriptionStopped(CallEvent, frozen=True, kw_only=True, tag="call.transcription_stopped"):
    pass


class TranscriptionFailed(CallEvent, frozen=True, kw_only=True, tag="call.transcription_failed"):
    pass


class FrameRecordingReady(CallEvent, frozen=True, kw_only=True, tag="call.frame_recording_ready"):
    """A frame of one person's camera or screen can be fetched (STREAM.md 8.3)."""

    texts: ClassVar[Texts] = (("track_type", MAX_WORD, "Kinds of tracks"),)

    session_id: Id = ""
    track_type: str = ""
    url: str
    captured_at: Moment = Moment()
    users: dict[Id, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.url) > MAX_URL:  # half an address is no address
            force_setattr(self, "url", "")
