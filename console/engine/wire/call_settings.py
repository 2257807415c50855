"""The settings of a call (CallSettingsResponse), as far as they shape a moderator's choices."""

from typing import ClassVar

from msgspec import Struct

from console.domain.call import ASKABLE, Permission
from console.engine.wire.bounded import Bounded, Texts
from console.engine.wire.limits import MAX_WORD


class Transcription(Bounded, frozen=True):
    """settings.transcription (STREAM.md 8.1)."""

    texts: ClassVar[Texts] = (
        ("closed_caption_mode", MAX_WORD, "Modes"),
        ("mode", MAX_WORD, "Modes"),
        ("language", MAX_WORD, "Languages"),
    )

    closed_caption_mode: str = "disabled"
    mode: str = "disabled"
    language: str = ""


class TrackSettings(Struct, frozen=True):
    """settings.video and settings.screensharing (STREAM.md 4.5)."""

    enabled: bool = True
    access_request_enabled: bool = False


class AudioSettings(Bounded, frozen=True):
    """settings.audio, which has no ``enabled`` (STREAM.md 4.5)."""

    texts: ClassVar[Texts] = (("default_device", MAX_WORD, "Devices"),)

    access_request_enabled: bool = False
    default_device: str = "speaker"


class RecordSettings(Bounded, frozen=True):
    """settings.recording."""

    texts: ClassVar[Texts] = (("mode", MAX_WORD, "Modes"),)

    mode: str = "disabled"


class Settings(Struct, frozen=True):
    """The parts of CallSettingsResponse that shape a moderator's choices."""

    transcription: Transcription = Transcription()
    audio: AudioSettings = AudioSettings()
    video: TrackSettings = TrackSettings()
    screensharing: TrackSettings = TrackSettings()
    recording: RecordSettings = RecordSettings()

    @property
    def allowed(self) -> frozenset[str]:
        """The permissions that are not switched off for everybody."""
        off = {
            Permission.SEND_VIDEO: not self.video.enabled,
            Permission.SCREENSHARE: not self.screensharing.enabled,
        }
        return frozenset(permission for permission in ASKABLE if not off.get(permission))

    @property
    def may_be_asked(self) -> frozenset[str]:
        """The permissions that people may ask for (STREAM.md 5.3)."""
        asked = {
            Permission.SEND_AUDIO: self.audio.access_request_enabled,
            Permission.SEND_VIDEO: self.video.access_request_enabled,
            Permission.SCREENSHARE: self.screensharing.access_request_enabled,
        }
        return frozenset(permission for permission, may in asked.items() if may)
