"""The records that the world consists of. Times are unix seconds; 0.0 or None means not yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.rendering import fields
from console.sandbox.timestamps import Form, Stamp, encode, nanoseconds, stamp

SCREEN, QR = "screen", "qr"
"""Keys of a user's custom data: the words and the QR code on the screen that they share."""


class User:
    """One person known to the app. ``touch`` after every change: the JSON is kept.

    ``blocks``: whom they block, and since when (unix seconds). ``address``: the IP address they
    come from, empty while it is not known; only bans of addresses look at it. ``tokens_from``:
    tokens issued before are refused.

    Not a dataclass: msgspec would write those field by field instead of asking for their JSON.
    """

    def __init__(
        self, user_id: str, name: str, created_at: float, role: str = "user", language: str = "en"
    ) -> None:
        self.id = user_id
        self.name = name
        self.created_at = created_at
        self.role = role
        self.language = language
        self.image = ""
        self.custom: dict[str, Any] = {}
        self.teams: list[str] = []
        self.teams_role: dict[str, str] = {}
        self.privacy: dict[str, dict[str, bool]] = {}
        self.tokens_from: float | None = None
        self.updated_at = created_at
        self.last_active = 0.0
        self.online = False
        self.invisible = False
        self.banned = False
        self.shadow_banned = False
        self.ban_expires: float | None = None
        self.deactivated_at: float | None = None
        self.deleted_at: float | None = None
        self.deleted_content = 0
        self.deleted_hard = False
        self.blocks: dict[str, float] = {}
        self.devices: dict[str, dict[str, Any]] = {}
        self.address = ""
        self.version = 0
        self._json: dict[Form, bytes] = {}

    def __repr__(self) -> str:
        return f"User({self.id!r})"

    def touch(self, at: float | None = None) -> None:
        """Forget the kept JSON; ``at`` becomes ``updated_at``."""
        if at is not None:
            self.updated_at = at
        self.version += 1
        self._json.clear()

    def wire(self) -> dict[str, Any]:
        """UserResponse (STREAM.md 4.5) with all that the app's own server may see."""
        return {
            "id": self.id,
            "name": self.name or None,
            "image": self.image or None,
            "role": self.role,
            "language": self.language,
            "banned": self.banned,
            "online": self.online,
            "blocked_user_ids": list(self.blocks),
            "teams": self.teams,
            "teams_role": self.teams_role or None,
            "custom": self.custom,
            "created_at": Stamp(self.created_at),
            "updated_at": Stamp(self.updated_at),
            "last_active": stamp(self.last_active),
            "deactivated_at": stamp(self.deactivated_at),
            "deleted_at": stamp(self.deleted_at),
            "revoke_tokens_issued_before": stamp(self.tokens_from),
            "invisible": self.invisible,
            "shadow_banned": self.shadow_banned,
            "ban_expires": stamp(self.ban_expires),
            "privacy_settings": self.privacy or None,
        }

    def json(self, form: Form) -> bytes:
        kept = self._json.get(form)
        if kept is None:
            kept = self._json[form] = encode(told(self.wire(), form, SERVER_ONLY), form)
        return kept


SERVER_ONLY = ("ban_expires", "invisible", "privacy_settings", "shadow_banned")
"""What only the app's own server sees of a user (STREAM.md 1.5)."""


def told(user: dict[str, Any], form: Form, server_only: Sequence[str]) -> dict[str, Any]:
    """The fields of ``user`` that are told in ``form``."""
    if form.full:
        return user
    return {name: value for name, value in user.items() if name not in server_only}


@dataclass(slots=True, eq=False)
class Member:
    """A user's lasting tie to one call, with a role there."""

    user: User
    created_at: float
    role: str = "user"
    custom: dict[str, Any] = field(default_factory=dict)
    updated_at: float = 0.0

    def wire(self) -> dict[str, Any]:
        """MemberResponse."""
        return {
            **fields(self),
            "user_id": self.user.id,
            "updated_at": Stamp(self.updated_at or self.created_at),
        }


class Presence:
    """One device of one person in one session. ``live`` holds the tracks it publishes."""

    def __init__(
        self, user: User, user_session_id: str, cid: str, role: str, joined_at: float
    ) -> None:
        self.user = user
        self.user_session_id = user_session_id
        self.cid = cid
        self.role = role
        self.joined_at = joined_at
        self.live: set[str] = set()
        self._json: dict[Form, tuple[int, bytes]] = {}

    def __repr__(self) -> str:
        return f"Presence({self.user.id!r} in {self.cid!r})"

    @property
    def user_id(self) -> str:
        return self.user.id

    def wire(self) -> dict[str, Any]:
        """CallParticipantResponse."""
        return {
            "user": self.user,
            "user_session_id": self.user_session_id,
            "role": self.role,
            "joined_at": Stamp(self.joined_at),
        }

    def json(self, form: Form) -> bytes:
        version, kept = self._json.get(form, (-1, b""))
        if version != self.user.version:
            kept = encode(self.wire(), form)
            self._json[form] = (self.user.version, kept)
        return kept


@dataclass(slots=True, eq=False)
class Session:
    """One run of a call, from the first join to the last leave."""

    id: str
    started_at: float
    ended_at: float | None = None
    live_started_at: float | None = None
    live_ended_at: float | None = None
    presences: dict[str, Presence] = field(default_factory=dict)
    accepted_by: dict[str, Stamp] = field(default_factory=dict)
    rejected_by: dict[str, Stamp] = field(default_factory=dict)
    missed_by: dict[str, Stamp] = field(default_factory=dict)

    def of_user(self, user_id: str) -> list[Presence]:
        """The devices of one person."""
        return [one for one in self.presences.values() if one.user.id == user_id]


@dataclass(slots=True, eq=False)
class CallRecord:
    """One call. ``grants`` and ``revokes`` are what moderators changed per user."""

    type: str
    id: str
    created_by: User
    created_at: float
    settings: dict[str, Any]
    custom: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    team: str = ""
    updated_at: float = 0.0
    starts_at: float | None = None
    ended_at: float | None = None
    deleted_at: float | None = None
    backstage: bool = False
    captioning: bool = False
    transcribing: bool = False
    recording: bool = False
    frame_recording: bool = False
    broadcasting: bool = False
    rtmps: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocked_user_ids: list[str] = field(default_factory=list)
    session: Session | None = None
    grants: dict[str, set[str]] = field(default_factory=dict)
    revokes: dict[str, set[str]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)

    @property
    def cid(self) -> str:
        return f"{self.type}:{self.id}"

    @property
    def name(self) -> str:
        return str(self.custom.get("name", ""))

    @property
    def time_is_up(self) -> float | None:
        """When the running session has to end, if its length is limited."""
        most = self.settings["limits"].get("max_duration_seconds")
        return self.running.started_at + most if most and self.running else None

    @property
    def running(self) -> Session | None:
        """The session, if people are in it now."""
        return self.session if self.session and self.session.ended_at is None else None


@dataclass(slots=True, eq=False)
class Ban:
    """A ban of the whole app, or of one call when ``cid`` is set. ``expires`` None is for good.

    ``address``: the IP address that is banned too; empty for a ban of the person only.
    """

    user: User
    created_at: float
    by: User | None = None
    reason: str = ""
    expires: float | None = None
    shadow: bool = False
    address: str = ""
    cid: str = ""


@dataclass(slots=True, eq=False)
class ChatMute:
    """One user muted another in chat; ``expires`` None is for ever."""

    user: User
    target: User
    created_at: float
    expires: float | None = None

    def wire(self) -> dict[str, Any]:
        """UserMuteResponse."""
        return {**fields(self), "updated_at": Stamp(self.created_at)}


@dataclass(slots=True, frozen=True)
class Caption:
    """One caption the world produced. ``start`` and ``end`` are unix seconds."""

    id: str
    cid: str
    session_id: str
    speaker_id: str
    text: str
    start: float
    end: float
    language: str

    @property
    def start_time_ns(self) -> int:
        """The start exactly as sockets of the nanosecond family carry it."""
        return nanoseconds(self.start)


@dataclass(slots=True, frozen=True)
class Refusal:
    """Why somebody may not join: ``blocked``, ``banned``, ``ended``, ``backstage``, ``full``,
    ``no permission``, ``deactivated``, ``deleted`` (the call is)."""

    reason: str


@dataclass(slots=True, frozen=True)
class SpeakOutcome:
    """The outcome of something said: a caption, or the reason why there is none."""

    caption: Caption | None
    reason: str = ""

    @property
    def captioned(self) -> bool:
        return self.caption is not None
