"""Stream's four built-in call types: settings and what each role may do.

The settings follow the sample values of STREAM.md 4.5. Which role holds which grant is not in any
public schema (?); the tables here follow what the types are for: in ``default`` everybody talks,
in ``livestream`` and ``audio_room`` the audience listens and may ask, ``development`` allows all.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SWITCHES = (
    "broadcast closed-captions frame-record individual-record raw-record record transcription"
)

OWN_CAPABILITIES = frozenset(
    [
        *(f"{verb}-{name}-call" for name in _SWITCHES.split() for verb in ("start", "stop")),
        "block-users",
        "change-max-duration",
        "create-call",
        "create-reaction",
        "enable-noise-cancellation",
        "end-call",
        "join-backstage",
        "join-call",
        "join-ended-call",
        "kick-user",
        "mute-users",
        "pin-for-everyone",
        "read-call",
        "remove-call-member",
        "screenshare",
        "send-audio",
        "send-closed-captions-call",
        "send-video",
        "update-call",
        "update-call-member",
        "update-call-permissions",
        "update-call-settings",
    ]
)
"""All 36 (STREAM.md 4.6)."""

_TRACKS = frozenset({"send-audio", "send-video", "screenshare"})
_LISTEN = frozenset({"join-call", "read-call", "create-reaction", "enable-noise-cancellation"})
_TALK = _LISTEN | _TRACKS | {"create-call"}
_ALL = OWN_CAPABILITIES
_HOST = _ALL - {"join-ended-call"}
_MODERATOR = _HOST - {"change-max-duration", "start-raw-record-call", "stop-raw-record-call"}

_STAFF = {"admin": _ALL, "host": _HOST, "owner": _HOST, "moderator": _MODERATOR}


@dataclass(slots=True)
class CallType:
    """Settings and grants that a call of this type begins with."""

    name: str
    settings: dict[str, Any]
    grants: dict[str, frozenset[str]]
    created_at: float = 0.0
    updated_at: float = 0.0
    external_storage: str = ""
    notification_settings: dict[str, Any] = field(default_factory=dict)


def merged(base: Mapping[str, Any], change: Mapping[str, Any] | None) -> dict[str, Any]:
    """A deep copy of ``base`` with ``change`` laid over it; nulls in ``change`` are absent."""
    result = copy.deepcopy(dict(base))
    for key, value in (change or {}).items():
        if value is None:
            continue
        if isinstance(value, Mapping) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = copy.deepcopy(value)
    return result


_LAYOUT = {
    "name": "spotlight",
    "external_app_url": "",
    "external_css_url": "",
    "options": {},
    "detect_orientation": False,
}

_SETTINGS: dict[str, Any] = {
    "audio": {
        "access_request_enabled": True,
        "default_device": "speaker",
        "hifi_audio_enabled": False,
        "mic_default_on": True,
        "opus_dtx_enabled": True,
        "redundant_coding_enabled": True,
        "speaker_default_on": True,
        "noise_cancellation": {"mode": "available"},
    },
    "backstage": {"enabled": False, "join_ahead_time_seconds": 0},
    "broadcasting": {
        "enabled": True,
        "hls": {"auto_on": False, "enabled": True, "quality_tracks": ["720p"], "layout": _LAYOUT},
        "rtmp": {"enabled": True, "quality": "720p", "layout": _LAYOUT},
    },
    "encryption": {"mode": "disabled"},
    "frame_recording": {
        "mode": "available",
        "capture_interval_in_seconds": 2,
        "quality": "720p",
    },
    "geofencing": {"names": []},
    "individual_recording": {"mode": "disabled", "output_types": []},
    "ingress": {"enabled": False},
    "limits": {
        "max_duration_seconds": None,
        "max_participants": None,
        "max_participants_exclude_owner": False,
        "max_participants_exclude_roles": [],
    },
    "raw_recording": {"mode": "disabled", "audio_only": False},
    "recording": {"mode": "available", "audio_only": False, "quality": "720p", "layout": _LAYOUT},
    "ring": {
        "auto_cancel_timeout_ms": 5000,
        "incoming_call_timeout_ms": 60000,
        "missed_call_timeout_ms": 60000,
    },
    "screensharing": {
        "enabled": True,
        "access_request_enabled": True,
        "target_resolution": {"width": 1920, "height": 1080, "bitrate": 3000000},
    },
    "session": {"inactivity_timeout_seconds": 30},
    "thumbnails": {"enabled": True},
    "transcription": {
        "mode": "available",
        "closed_caption_mode": "available",
        "language": "auto",
        "speech_segment_config": {"max_speech_caption_ms": None, "silence_duration_ms": None},
        "translation": {"enabled": False, "languages": []},
    },
    "video": {
        "access_request_enabled": True,
        "camera_default_on": True,
        "camera_facing": "front",
        "enabled": True,
        "target_resolution": {"width": 1280, "height": 720, "bitrate": 1500000},
    },
}


def built_in() -> dict[str, CallType]:
    """The types every app begins with, by name."""
    live = {"backstage": {"enabled": True}}
    room = {"backstage": {"enabled": True}, "video": {"enabled": False}}
    listeners = {"user": _LISTEN | {"create-call"}, "guest": _LISTEN, "anonymous": _LISTEN}
    return {
        "default": CallType(
            "default",
            merged(_SETTINGS, None),
            {
                **_STAFF,
                "call_member": _TALK | {"pin-for-everyone"},
                "user": _TALK,
                "guest": _LISTEN | _TRACKS,
                "anonymous": _LISTEN,
            },
        ),
        "livestream": CallType(
            "livestream",
            merged(_SETTINGS, live),
            {**_STAFF, "call_member": _LISTEN, **listeners, "speaker": _TALK},
        ),
        "audio_room": CallType(
            "audio_room",
            merged(_SETTINGS, room),
            {
                **_STAFF,
                "call_member": _LISTEN,
                **listeners,
                "speaker": _LISTEN | {"send-audio"},
            },
        ),
        "development": CallType(
            "development",
            merged(_SETTINGS, None),
            dict.fromkeys((*_STAFF, "call_member", "user", "guest", "anonymous"), _ALL),
        ),
    }
