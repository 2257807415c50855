"""Records as Stream's JSON objects (STREAM.md 4.5). Times stay Stamps, people stay records."""

from collections.abc import Iterable
from typing import Any

from console.sandbox.records import (
    SERVER_ONLY,
    Ban,
    CallRecord,
    Caption,
    ChatMute,
    Session,
    User,
    told,
)
from console.sandbox.rendering import fields
from console.sandbox.timestamps import Form, Stamp, encode, stamp


def session(one: Session, timer_ends_at: float | None = None) -> dict[str, Any]:
    """CallSessionResponse."""
    present = list(one.presences.values()) if one.ended_at is None else []
    counts: dict[str, int] = {}
    anonymous = 0
    for presence in present:
        if presence.role == "anonymous":
            anonymous += 1
        else:
            counts[presence.role] = counts.get(presence.role, 0) + 1
    return {
        **fields(one, "presences"),
        "participants": present,
        "participants_count_by_role": counts,
        "anonymous_participant_count": anonymous,
        "timer_ends_at": stamp(timer_ends_at),
    }


def _ingress(one: CallRecord) -> dict[str, Any]:
    """CallIngressResponse; clients put their credentials into the braces of the SRT address."""
    where = f"127.0.0.1/not-served/{one.type}.{one.id}"
    return {
        "rtmp": {"address": f"rtmps://{where}"},
        "srt": {"address": f"srt://{where}?passphrase={{passphrase}}&token={{token}}"},
        "whip": {"address": f"https://{where}"},
    }


_SHOWN_AS_EGRESS = ("rtmps", "broadcasting", "frame_recording")
_NOT_SHOWN = ("members", "grants", "revokes", "asked", "deleted_at")

HLS_PLAYLIST = "http://127.0.0.1/hls-not-served"


def call(one: CallRecord) -> dict[str, Any]:
    """CallResponse."""
    running = {"status": "running"}
    return {
        **fields(one, *_SHOWN_AS_EGRESS, *_NOT_SHOWN),
        "cid": one.cid,
        "team": one.team or None,
        "updated_at": Stamp(one.updated_at or one.created_at),
        "translating": False,
        "current_session_id": one.running.id if one.running else "",
        "session": session(one.session, one.time_is_up) if one.session else None,
        "egress": {
            "broadcasting": one.broadcasting,
            "rtmps": list(one.rtmps.values()),
            "hls": {"playlist_url": HLS_PLAYLIST, **running} if one.broadcasting else None,
            "frame_recording": running if one.frame_recording else None,
            "composite_recording": running if one.recording else None,
            "individual_recording": None,
            "raw_recording": None,
        },
        "ingress": _ingress(one),
        "thumbnails": None,
        "channel_cid": None,
        "join_ahead_time_seconds": one.settings["backstage"].get("join_ahead_time_seconds"),
        "routing_number": None,
    }


def members(one: CallRecord, limit: int = 100) -> list[dict[str, Any]]:
    """The first ``limit`` members, newest first."""
    return [member.wire() for member in list(one.members.values())[-limit:][::-1]] if limit else []


def closed_caption(caption: Caption, speaker: User) -> dict[str, Any]:
    """CallClosedCaption (STREAM.md 8.2)."""
    return {
        "id": caption.id,
        "text": caption.text,
        "speaker_id": caption.speaker_id,
        "user": speaker,
        "start_time": Stamp(caption.start),
        "end_time": Stamp(caption.end),
        "language": caption.language,
        "translated": False,
        "service": "transcribe",
    }


class FullUser:
    """A user with their devices and counts: FullUserResponse, or OwnUserResponse when ``own``."""

    def __init__(self, user: User, mutes: Iterable[ChatMute] = (), *, own: bool = False) -> None:
        self._user = user
        self._mutes = list(mutes)
        self._own = own

    def json(self, form: Form) -> bytes:
        hidden = ("ban_expires", "shadow_banned") if self._own else SERVER_ONLY
        whole = {
            **self._user.wire(),
            "devices": list(self._user.devices.values()),
            "mutes": [mute.wire() for mute in self._mutes],
            "channel_mutes": [],
            "total_unread_count": 0,
            "unread_channels": 0,
            "unread_count": 0,
            "unread_threads": 0,
        }
        return encode(told(whole, form, hidden), form)


def own_user(user: User, mutes: Iterable[ChatMute] = ()) -> FullUser:
    """OwnUserResponse, the ``me`` of connection.ok (STREAM.md 2.2)."""
    return FullUser(user, mutes, own=True)


def ban(one: Ban) -> dict[str, Any]:
    """BanResponse, as query_banned_users lists it."""
    return {
        "user": one.user,
        "banned_by": one.by,
        "created_at": Stamp(one.created_at),
        "expires": stamp(one.expires),
        "reason": one.reason or None,
        "shadow": one.shadow,
        "channel": {"cid": one.cid} if one.cid else None,
    }
