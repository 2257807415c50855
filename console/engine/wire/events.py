"""The coordinator events this console understands, with exactly the fields it needs.

Names are Stream's own (STREAM.md 3). Fields that Stream marks required but that we can do without
have a default, so that one missing detail does not cost an event. All text in here is hostile, and
no longer than ``limits`` says.
"""

from typing import Any, ClassVar

from msgspec import Struct, field
from msgspec.structs import force_setattr

from console.base.invisible import shows_nothing
from console.engine.wire.bounded import Bounded, Id, Texts, cut_list, cut_text
from console.engine.wire.call_settings import Settings
from console.engine.wire.limits import (
    MAX_ADDRESS,
    MAX_ID,
    MAX_NAME,
    MAX_PEOPLE,
    MAX_REASON,
    MAX_TEXT,
    MAX_WORD,
)
from console.engine.wire.timestamps import Moment

_ROLE = ("role", MAX_WORD, "Roles")
_REASON = ("reason", MAX_REASON, "Reasons")


class User(Bounded, frozen=True):
    """UserResponse (STREAM.md 4.5)."""

    texts: ClassVar[Texts] = (
        ("name", MAX_NAME, "Names"),
        ("image", MAX_ADDRESS, "Addresses of pictures"),
        _ROLE,
    )

    id: Id
    name: str | None = None
    image: str | None = None
    role: str = ""
    banned: bool = False
    created_at: Moment | None = None
    deactivated_at: Moment | None = None

    @property
    def deactivated(self) -> bool:
        """Whether the account is shut in the whole app."""
        return self.deactivated_at is not None

    @property
    def shown_name(self) -> str:
        """The name, or the id where the person has none that shows anything."""
        return self.id if self.name is None or shows_nothing(self.name) else self.name


class Me(User, frozen=True):
    """OwnUserResponse. ``mutes``: whom they do not want to read in chats, as Stream sends it."""

    mutes: Any = None


class Presence(Bounded, frozen=True):
    """CallParticipantResponse: one device of one person in a session."""

    texts: ClassVar[Texts] = (_ROLE,)

    user: User
    user_session_id: Id
    role: str = ""
    joined_at: Moment = Moment()


class Session(Struct, frozen=True):
    """CallSessionResponse."""

    id: Id
    participants: tuple[Presence, ...] = ()
    participants_count_by_role: dict[str, int] = field(default_factory=dict)
    anonymous_participant_count: int = 0
    started_at: Moment | None = None
    ended_at: Moment | None = None

    def __post_init__(self) -> None:
        people = cut_list(self.participants, MAX_PEOPLE, "People of one call")
        force_setattr(self, "participants", people)


class Custom(Struct, frozen=True):
    """What an app adds to its calls; a name and its chat channel are of use here."""

    name: Any = None
    channel_in_camel_case: Any = field(default=None, name="channelCid")
    channel_cid: Any = None

    def __post_init__(self) -> None:
        name = cut_text(self.name, MAX_NAME, "Names") if isinstance(self.name, str) else None
        force_setattr(self, "name", name)

    @property
    def channel(self) -> str:
        """The channel that the app names, in either of the two ways (STREAM.md 12.11), or ""."""
        for named in (self.channel_in_camel_case, self.channel_cid):
            if isinstance(named, str) and ":" in named and len(named) <= MAX_ID:
                return named
        return ""


class CallState(Struct, frozen=True):
    """CallResponse (STREAM.md 4.5)."""

    cid: Id
    type: Id
    id: Id
    created_at: Moment = Moment()
    updated_at: Moment = Moment()
    ended_at: Moment | None = None
    custom: Custom | None = None
    settings: Settings = Settings()
    backstage: bool = False
    captioning: bool = False
    recording: bool = False
    transcribing: bool = False
    blocked_user_ids: tuple[Id, ...] = ()
    current_session_id: Id | None = None
    session: Session | None = None
    channel_cid: Id | None = None

    def __post_init__(self) -> None:
        blocked = cut_list(self.blocked_user_ids, MAX_PEOPLE, "Blocked users of one call")
        force_setattr(self, "blocked_user_ids", blocked)


class Caption(Bounded, frozen=True):
    """CallClosedCaption (STREAM.md 8.2)."""

    texts: ClassVar[Texts] = (("text", MAX_TEXT, "Captions"), ("language", MAX_WORD, "Languages"))

    text: str
    speaker_id: Id
    start_time: Moment
    end_time: Moment | None = None
    id: Id = ""
    user: User | None = None
    language: str | None = None
    translated: bool = False


class Event(Bounded, frozen=True, kw_only=True, tag_field="type"):
    """What every event has; the tag is Stream's type."""

    created_at: Moment = Moment()

    @property
    def type(self) -> str:
        """Stream's name of what happened."""
        return str(self.__struct_config__.tag)


class CallEvent(Event, frozen=True, kw_only=True):
    """What every event of a call has."""

    call_cid: Id


class ConnectionOk(Event, frozen=True, kw_only=True, tag="connection.ok"):
    """The first answer of a socket that accepted us."""

    connection_id: Id
    me: Me


class ApiError(Bounded, frozen=True):
    """APIError (STREAM.md 1.6)."""

    texts: ClassVar[Texts] = (("message", MAX_REASON, "Errors"),)

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
    """``capabilities_by_role``: what each role may do in it now (STREAM.md 5.4)."""

    call: CallState
    capabilities_by_role: dict[Id, frozenset[Id]] = field(default_factory=dict)


class CallLiveStarted(CallEvent, frozen=True, kw_only=True, tag="call.live_started"):
    call: CallState


class CallDeleted(CallEvent, frozen=True, kw_only=True, tag="call.deleted"):
    pass


class CallEnded(CallEvent, frozen=True, kw_only=True, tag="call.ended"):
    texts: ClassVar[Texts] = (_REASON,)

    user: User | None = None
    reason: str | None = None


class SessionStarted(CallEvent, frozen=True, kw_only=True, tag="call.session_started"):
    call: CallState
    session_id: Id = ""


class SessionEnded(CallEvent, frozen=True, kw_only=True, tag="call.session_ended"):
    session_id: Id = ""


class ParticipantJoined(
    CallEvent, frozen=True, kw_only=True, tag="call.session_participant_joined"
):
    session_id: Id
    participant: Presence


class ParticipantLeft(CallEvent, frozen=True, kw_only=True, tag="call.session_participant_left"):
    texts: ClassVar[Texts] = (_REASON,)

    session_id: Id
    participant: Presence
    reason: str | None = None


class ParticipantCountUpdated(
    CallEvent, frozen=True, kw_only=True, tag="call.session_participant_count_updated"
):
    session_id: Id
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

    texts: ClassVar[Texts] = (_REASON,)

    from_user_id: Id = ""
    muted_user_ids: tuple[Id, ...]
    reason: str = ""


class PermissionsUpdated(CallEvent, frozen=True, kw_only=True, tag="call.permissions_updated"):
    """``own_capabilities``: the full new list of ``user``, not of us."""

    user: User
    own_capabilities: frozenset[Id]


class PermissionRequest(CallEvent, frozen=True, kw_only=True, tag="call.permission_request"):
    user: User
    permissions: tuple[Id, ...]


class ModerationWarning(CallEvent, frozen=True, kw_only=True, tag="call.moderation_warning"):
    texts: ClassVar[Texts] = (("message", MAX_REASON, "Warnings"),)

    user_id: Id
    message: str = ""


class CustomEvent(CallEvent, frozen=True, kw_only=True, tag="custom"):
    """Whatever an app tells the others in a call; ``told.told_by`` reads ours."""

    user: User
    custom: Any = None


class ModerationBlur(CallEvent, frozen=True, kw_only=True, tag="call.moderation_blur"):
    user_id: Id


class ClosedCaption(CallEvent, frozen=True, kw_only=True, tag="call.closed_caption"):
    closed_caption: Caption


class CaptionsStarted(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_started"):
    pass


class CaptionsStopped(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_stopped"):
    pass


class CaptionsFailed(CallEvent, frozen=True, kw_only=True, tag="call.closed_captions_failed"):
    pass


class UserBanned(Event, frozen=True, kw_only=True, tag="user.banned"):
    texts: ClassVar[Texts] = (_REASON,)

    user: User
    created_by: User | None = None
    reason: str | None = None
    expiration: Moment | None = None
    shadow: bool = False
    cid: Id | None = None  # of a ban from one channel only


class UserUnbanned(Event, frozen=True, kw_only=True, tag="user.unbanned"):
    user: User
    created_by: User | None = None
    cid: Id | None = None


class UserUpdated(Event, frozen=True, kw_only=True, tag="user.updated"):
    """Whom Stream tells of it is not known (STREAM.md 2.6); the lists of calls show it too."""

    user: User


class UserDeactivated(Event, frozen=True, kw_only=True, tag="user.deactivated"):
    user: User


class UserDeleted(Event, frozen=True, kw_only=True, tag="user.deleted"):
    user: User


class UserReactivated(Event, frozen=True, kw_only=True, tag="user.reactivated"):
    user: User


class ModerationFlagged(Event, frozen=True, kw_only=True, tag="moderation.flagged"):
    """Somebody reported this; whether a socket of calls gets it is not known (STREAM.md 3.7)."""

    content_type: Id = ""
    object_id: Id


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
