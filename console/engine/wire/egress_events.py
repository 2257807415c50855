"""Events of what runs beside a call: its recording and its transcription (STREAM.md 3.5)."""

from console.engine.wire.events import CallEvent


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
