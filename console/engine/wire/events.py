"""The coordinator events this console understands, with exactly the fields it needs.

Names are Stream's own (STREAM.md 3). Fields that Stream marks required but that we can do without
have a default, so that one missing detail does not cost an event. All text in here is hostile.
"""

from typing import Any

from msgspec import Struct, field

from console.engine.wire.timestamps import Moment


class User(Struct, frozen=True):
    """UserResponse (STREAM.md 4.5)."""

    id: str
    name: str | None = None
    role: str = ""
    banned: bool = False
    deactivated_at: Moment | None = None

    @property
    def deactivated(self) -> bool:
        """Whether the account is shut in the whole app."""
        return self.deactivated_at is not None

    @property
    def shown_name(self) -> str:
        """The name, or the id where the person has none."""
        return self.name or self.id


class Presence(Struct, frozen=True):
    """CallParticipantResponse: one device of one person in a session."""

    user: User
    user_session_id: str
    role: str = ""
    joined_at: Moment = Moment()


class Session(Struct, frozen=True):
    """CallSessionResponse."""

    id: str
    participants: tuple[Presence, ...] = ()
    participants_count_by_role: dict[str, int] = field(default_factory=dict)
    anonymous_participant_count: int = 0
    started_at: Moment | None = None
    ended_at: Moment | None = None


class Transcription(Struct, frozen=True):
    """settings.transcription (STREAM.md 8.1)."""

    closed_caption_mode: str = "disabled"
    language: str = ""


class Settings(Struct, frozen=True):
    """The parts of CallSettingsResponse that shape a moderator's choices."""

    transcription: Transcription = Transcription()


class CallState(Struct, frozen=True):
    """CallResponse (STREAM.md 4.5)."""

    cid: str
    type: str
    id: str
    created_at: Moment = Moment()
    updated_at: Moment = Moment()
    ended_at: Moment | None = None
    custom: dict[str, Any] | None = None
    settings: Settings = Settings()
    backstage: bool = False
    captioning: bool = False
    blocked_user_ids: tuple[str, ...] = ()
    current_session_id: str | None = None
    session: Session | None = None


class Caption(Struct, frozen=True):
    """CallClosedCaption (STREAM.md 8.2)."""

    text: str
    speaker_id: str
    start_time: Moment
    end_time: Moment | None = None
    id: str = ""
    user: User | None = None
    language: str | None = None
    translated: bool = False


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What every event has; the tag is Stream's type."""

    created_at: Moment = Moment()

    @property
    def type(self) -> str:
        """Stream's name of what happened."""
        return str(self.__struct_config__.tag)


class CallEvent(Event, frozen=True, kw_only=True):
    """What every event of a call has."""

    call_cid: str


class ConnectionOk(Event, frozen=True, kw_only=True, tag="connection.ok"):
    """The first answer of a socket that accepted us."""

    connection_id: str
    me: User


class ApiError(Struct, frozen=True):
    """APIError (STREAM.md 1.6)."""

    code: int = 0
    message: str = ""


class ConnectionRefused(Event, frozen=True, kw_only=True, tag="connection.error"):
    """The first answer of a socket that did not, or a later notice that it ends."""

    error: ApiError = ApiError()


class HealthCheck(Event, frozen=True, kw_only=True, tag="health.check"):
    """A sign of life."""


class CallCreated(CallEvent, frozen=True, kw_only=True, tag="call.created"):
    call: CallState


class CallUpdated(CallEvent, frozen=True, kw_only=True, tag="call.updated"):
    call: CallState


class CallLiveStarted(CallEvent, frozen=True, kw_only=True, tag="call.live_started"):
    call: CallState


class CallDeleted(CallEvent, frozen=True, kw_only=True, tag="call.deleted"):
    pass


class CallEnded(CallEvent, frozen=True, kw_only=True, tag="call.ended"):
    user: User | None = None
    reason: str | None = None


class SessionStarted(CallEvent, frozen=True, kw_only=True, tag="call.session_started"):
    call: CallState
    session_id: str = ""


class SessionEnded(CallEvent, frozen=True, kw_only=True, tag="call.session_ended"):
    session_id: str = ""


class ParticipantJoined(
    CallEvent, frozen=True, kw_only=True, tag="call.session_participant_joined"
):
    session_id: str
    participant: Presence


class ParticipantLeft(CallEvent, frozen=True, kw_only=True, tag="call.session_participant_left"):
    session_id: str
    participant: Presence
    reason: str | None = None


class ParticipantCountUpdated(
    CallEvent, frozen=True, kw_only=True, tag="call.session_participant_count_updated"
):
    session_id: str
    participants_count_by_role: dict[str, int]
    anonymous_participant_count: int = 0


class BlockedUser(CallEvent, frozen=True, kw_only=True, tag="call.blocked_user"):
    user: User
    blocked_by_user: User | None = None


class UnblockedUser(CallEvent, frozen=True, kw_only=True, tag="call.unblocked_user"):
    user: User


class KickedUser(CallEvent, frozen=True, kw_only=True, tag="call.kicked_user"):
    user: User
    kicked_by_user: User | None = None


class UserMuted(CallEvent, frozen=True, kw_only=True, tag="call.user_muted"):
    """Stream does not say which tracks (STREAM.md 3.4)."""

    from_user_id: str = ""
    muted_user_ids: tuple[str, ...]
    reason: str = ""


class PermissionsUpdated(CallEvent, frozen=True, kw_only=True, tag="call.permissions_updated"):
    """``own_capabilities``: the full new list of ``user``, not of us."""

    user: User
    own_capabilities: frozenset[str]


class PermissionRequest(CallEvent, frozen=True, kw_only=True, tag="call.permission_request"):
    user: User
    permissions: tuple[str, ...]


class ModerationWarning(CallEvent, frozen=True, kw_only=True, tag="call.moderation_warning"):
    user_id: str
    message: str = ""


class ModerationBlur(CallEvent, frozen=True, kw_only=True, tag="call.moderation_blur"):
    user_id: str


class ClosedCaption(CallEvent, frozen=True, kw_only=True, tag="call.closed_caption"):
    closed_caption: Caption


class CaptionsStarted(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_started"):
    pass


class CaptionsStopped(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_stopped"):
    pass


class CaptionsFailed(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_failed"):
    pass


class UserBanned(Event, frozen=True, kw_only=True, tag="user.banned"):
    user: User
    created_by: User | None = None
    reason: str | None = None


class UserUnbanned(Event, frozen=True, kw_only=True, tag="user.unbanned"):
    user: User
    created_by: User | None = None


class UserDeactivated(Event, frozen=True, kw_only=True, tag="user.deactivated"):
    user: User


class UserReactivated(Event, frozen=True, kw_only=True, tag="user.reactivated"):
    user: User


class Unknown(Event, frozen=True, kw_only=True):
    """A type this console has no use for; ``name`` is its hostile type."""

    name: str
    call_cid: str = ""


class MalformedEvent(Event, frozen=True, kw_only=True):
    """A frame that is no event, or an event without what makes it useful.

    Attributes:
        name: its type, where that much could be read. place: where to look. sentence: what is
            wrong, without the content.
    """

    name: str = ""
    place: str
    sentence: str


OF_SOCKETS: tuple[type[Event], ...] = (ConnectionOk, ConnectionRefused, HealthCheck)
OF_CALLS: tuple[type[Event], ...] = (
    CallCreated,
    CallUpdated,
    CallLiveStarted,
    CallDeleted,
    CallEnded,
    SessionStarted,
    SessionEnded,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantCountUpdated,
    BlockedUser,
    UnblockedUser,
    KickedUser,
    UserMuted,
    PermissionsUpdated,
    PermissionRequest,
    ModerationWarning,
    ModerationBlur,
    ClosedCaption,
    CaptionsStarted,
    CaptionsStopped,
    CaptionsFailed,
    UserBanned,
    UserUnbanned,
    UserDeactivated,
    UserReactivated,
)
