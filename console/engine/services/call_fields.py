"""The fields of a call as Stream tells them. Pure."""

from typing import Any

from console.engine.wire.events import CallState


def fields_of(state: CallState) -> dict[str, Any]:
    """Those of Call that a page or an event carries whole."""
    settings = state.settings
    name = state.custom.name if state.custom is not None else None
    channel = state.custom.channel if state.custom is not None else ""
    return {
        "name": name or state.id,
        "created_at": state.created_at.seconds,
        "ended_at": state.ended_at.seconds if state.ended_at else 0.0,
        "backstage": state.backstage,
        "captioning": state.captioning,
        "captions_mode": settings.transcription.closed_caption_mode,
        "recording": state.recording,
        "recording_mode": settings.recording.mode,
        "transcribing": state.transcribing,
        "transcription_mode": settings.transcription.mode,
        "allowed": settings.allowed,
        "may_be_asked": settings.may_be_asked,
        "audio_device": settings.audio.default_device,
        "blocked_user_ids": state.blocked_user_ids,
        "names_channel": state.channel_cid or channel,
    }
