"""The messages of signalling, by field number. Names are Stream's; the numbers are facts.

Written by hand: each line is one message, each entry ``number name type``, ``*`` marks a list.
tests/sandbox/sfu/test_messages.py holds them against what Stream's own client reads and writes.
"""

from enum import IntEnum
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "sandbox"

_PAYLOADS = {
    "SfuEvent": "subscriber_offer=1:SubscriberOffer audio_level_changed=4:AudioLevelChanged"
    " ice_trickle=5:ICETrickle"
    " participant_joined=10:ParticipantJoined participant_left=11:ParticipantLeft"
    " dominant_speaker_changed=12:DominantSpeakerChanged"
    " join_response=13:JoinResponse health_check_response=14:HealthCheckResponse"
    " track_published=16:TrackPublished track_unpublished=17:TrackUnpublished error=18:ErrorEvent"
    " call_grants_updated=19:CallGrantsUpdated go_away=20:GoAway call_ended=23:CallEnded",
    "SfuRequest": "join_request=1:JoinRequest health_check_request=2:Nothing"
    " leave_call_request=3:LeaveCallRequest",
}
"""Messages that hold one of their fields."""

_ENUMS = {
    "PeerType": ("PEER_TYPE_PUBLISHER_UNSPECIFIED", "PEER_TYPE_SUBSCRIBER"),
    "TrackType": (
        "TRACK_TYPE_UNSPECIFIED",
        "TRACK_TYPE_AUDIO",
        "TRACK_TYPE_VIDEO",
        "TRACK_TYPE_SCREEN_SHARE",
        "TRACK_TYPE_SCREEN_SHARE_AUDIO",
    ),
}
"""Values that a client sends by name where it writes JSON, which browsers do; from 0 on."""

_MESSAGES = {
    "Nothing": "",
    "Timestamp": "seconds=1:int64 nanos=2:int32",
    "Error": "code=1:int32 message=2:string should_retry=3:bool",
    "ErrorEvent": "error=4:Error reconnect_strategy=5:int32",
    "VideoDimension": "width=1:uint32 height=2:uint32",
    "Codec": "payload_type=16:uint32 name=10:string clock_rate=14:uint32"
    " encoding_parameters=15:string fmtp=12:string",
    "PublishOption": "track_type=1:int32 codec=2:Codec bitrate=3:int32 fps=4:int32"
    " max_spatial_layers=5:int32 max_temporal_layers=6:int32 video_dimension=7:VideoDimension"
    " id=8:int32",
    "TrackInfo": "track_id=1:string track_type=2:TrackType mid=6:string muted=10:bool",
    "Participant": "user_id=1:string session_id=2:string published_tracks=3*:int32"
    " joined_at=4:Timestamp track_lookup_prefix=5:string name=10:string roles=13*:string",
    "ParticipantCount": "total=1:uint32 anonymous=2:uint32",
    "CallState": "participants=1*:Participant started_at=2:Timestamp"
    " participant_count=3:ParticipantCount",
    "CallGrants": "can_publish_audio=1:bool can_publish_video=2:bool can_screenshare=3:bool",
    "JoinRequest": "token=1:string session_id=2:string",
    "JoinResponse": "call_state=1:CallState reconnected=2:bool"
    " fast_reconnect_deadline_seconds=3:int32 publish_options=4*:PublishOption",
    "HealthCheckResponse": "participant_count=1:ParticipantCount",
    "LeaveCallRequest": "session_id=1:string reason=2:string",
    "SubscriberOffer": "ice_restart=1:bool sdp=2:string",
    "ICETrickle": "peer_type=1:PeerType ice_candidate=2:string session_id=3:string",
    "ParticipantJoined": "call_cid=1:string participant=2:Participant",
    "ParticipantLeft": "call_cid=1:string participant=2:Participant",
    "TrackPublished": "user_id=1:string session_id=2:string type=3:int32 participant=4:Participant",
    "TrackUnpublished": "user_id=1:string session_id=2:string type=3:int32 cause=4:int32"
    " participant=5:Participant",
    "CallGrantsUpdated": "current_grants=1:CallGrants message=2:string",
    "CallEnded": "reason=1:int32",
    "AudioLevel": "user_id=1:string session_id=2:string level=3:float is_speaking=4:bool",
    "AudioLevelChanged": "audio_levels=1*:AudioLevel",
    "DominantSpeakerChanged": "user_id=1:string session_id=2:string",
    "GoAway": "reason=1:int32",
    "SetPublisherRequest": "sdp=1:string session_id=2:string tracks=3*:TrackInfo",
    "SetPublisherResponse": "sdp=1:string session_id=2:string ice_restart=3:bool error=4:Error",
    "SendAnswerRequest": "peer_type=1:PeerType sdp=2:string session_id=3:string",
    "TrackSubscriptionDetails": "user_id=1:string session_id=2:string track_type=3:TrackType"
    " dimension=4:VideoDimension",
    "UpdateSubscriptionsRequest": "session_id=2:string tracks=3*:TrackSubscriptionDetails",
    "TrackMuteState": "track_type=1:TrackType muted=2:bool",
    "UpdateMuteStatesRequest": "session_id=1:string mute_states=3*:TrackMuteState",
    "ICERestartRequest": "session_id=1:string peer_type=2:PeerType",
    "Failed": "error=4:Error",
}
"""``Failed`` is the answer of every method that answers with an error at most."""


class TrackType(IntEnum):
    """What a track carries."""

    AUDIO = 1
    VIDEO = 2
    SCREEN_SHARE = 3
    SCREEN_SHARE_AUDIO = 4


class Cause(IntEnum):
    """Why a track is gone."""

    UNSPECIFIED = 0
    USER_MUTED = 1
    PERMISSION_REVOKED = 2
    MODERATION = 3


class EndReason(IntEnum):
    """Why a call is over for somebody."""

    ENDED = 1
    LIVE_ENDED = 2
    KICKED = 3
    SESSION_ENDED = 4


SUBSCRIBER = 1
"""PeerType: the peer that receives; 0 is the one that publishes."""

DISCONNECT, REJOIN = 1, 3
"""WebsocketReconnectStrategy: do not come back; join once more, as another session."""


class ErrorCode(IntEnum):
    """Of signalling."""

    PARTICIPANT_NOT_FOUND = 200
    PARTICIPANT_MEDIA_TRANSPORT_FAILURE = 205
    CALL_NOT_FOUND = 300
    REQUEST_VALIDATION_FAILED = 400
    UNAUTHENTICATED = 401
    PERMISSION_DENIED = 403
    SFU_FULL = 700


_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "string": _Field.TYPE_STRING,
    "float": _Field.TYPE_FLOAT,
    "bool": _Field.TYPE_BOOL,
    "int32": _Field.TYPE_INT32,
    "int64": _Field.TYPE_INT64,
    "uint32": _Field.TYPE_UINT32,
}


def _described() -> Any:
    file = descriptor_pb2.FileDescriptorProto(
        name="sandbox_sfu.proto", package=PACKAGE, syntax="proto3"
    )
    for name, values in _ENUMS.items():
        enum = file.enum_type.add(name=name)
        for number, value in enumerate(values):
            enum.value.add(name=value, number=number)
    for name, fields in {**_MESSAGES, **_PAYLOADS}.items():
        message = file.message_type.add(name=name)
        if name in _PAYLOADS:
            message.oneof_decl.add(name="payload")
        for entry in fields.split():
            field = _add(message, entry)
            if name in _PAYLOADS:
                field.oneof_index = 0
    return file


def _add(message: Any, entry: str) -> Any:
    name, _, rest = entry.partition("=")
    number, _, kind = rest.partition(":")
    field = message.field.add(name=name, number=int(number.rstrip("*")))
    field.label = _Field.LABEL_REPEATED if "*" in number else _Field.LABEL_OPTIONAL
    if kind in _SCALARS:
        field.type = _SCALARS[kind]
    elif kind in _ENUMS:
        field.type, field.type_name = _Field.TYPE_ENUM, f".{PACKAGE}.{kind}"
    else:
        field.type, field.type_name = _Field.TYPE_MESSAGE, f".{PACKAGE}.{kind}"
    return field


# A pool of its own: Stream's own messages may be in the default one.
_pool = descriptor_pool.DescriptorPool()
_pool.Add(_described())


def message(name: str) -> Any:
    """The class of a message."""
    return message_factory.GetMessageClass(_pool.FindMessageTypeByName(f"{PACKAGE}.{name}"))


def event(kind: str, **fields: Any) -> bytes:
    """One ``SfuEvent`` as it goes over the socket."""
    made = message("SfuEvent")()
    getattr(made, kind).SetInParent()
    getattr(made, kind).MergeFrom(type(getattr(made, kind))(**fields))
    sent: bytes = made.SerializeToString()
    return sent


def stamp(seconds: float) -> Any:
    """Unix seconds as a message."""
    whole = int(seconds)
    return message("Timestamp")(seconds=whole, nanos=int((seconds - whole) * 1e9))


NAMES = (*_MESSAGES, *_PAYLOADS)
