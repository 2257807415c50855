"""Calls and the people in them, in Stream's names. Times are unix seconds; 0.0 means unknown."""

from collections.abc import Iterable

from msgspec import Struct


class Track:
    """Track names as Stream's participant query and mute use them."""

    AUDIO = "audio"
    VIDEO = "video"
    SCREENSHARE = "screenshare"
    SCREENSHARE_AUDIO = "screenshare_audio"


TRACKS = (Track.AUDIO, Track.VIDEO, Track.SCREENSHARE)
"""What is followed of people; the sound of a shared screen comes and goes with it."""


class Permission:
    """The three permissions a moderator can grant and revoke in a call (STREAM.md 5.3)."""

    SEND_AUDIO = "send-audio"
    SEND_VIDEO = "send-video"
    SCREENSHARE = "screenshare"


PERMISSION_OF_TRACK = {
    Track.AUDIO: Permission.SEND_AUDIO,
    Track.VIDEO: Permission.SEND_VIDEO,
    Track.SCREENSHARE: Permission.SCREENSHARE,
}

ASKABLE = frozenset(PERMISSION_OF_TRACK.values())
"""All of them."""

DOOR_MEMBERS = "members"
"""Only members of the call, and whoever was in it already, may come in."""

BANNED_IN_CHAT = "banned"
SHADOWED_IN_CHAT = "shadowed"
"""What holds of somebody in the chat of a call: shadowed, only they see what they write."""

_THINGS: dict[str, str] = {
    Permission.SEND_AUDIO: "microphone",
    Permission.SEND_VIDEO: "camera",
    Permission.SCREENSHARE: "screen share",
}


def permission_words(permissions: Iterable[str]) -> str:
    """What ``permissions`` let people use: ``camera and microphone``.

    Those that this version does not know are Stream's names without their dashes: hostile text.
    """
    things = sorted(_THINGS.get(each, each.replace("-", " ")) for each in permissions)
    return " and ".join(filter(None, (", ".join(things[:-1]), *things[-1:])))


_DOINGS = {
    "mute-users": "mute people",
    "kick-user": "kick people",
    "block-users": "block people",
    "end-call": "end it",
    "update-call-permissions": "change what people may use",
    "update-call-settings": "change its settings",
    "update-call": "take it on or off the air",
    "update-call-member": "change its members",
    "remove-call-member": "remove its members",
    "start-record-call": "record it",
    "stop-record-call": "stop its recording",
    "start-transcription-call": "transcribe it",
    "stop-transcription-call": "stop its transcription",
    "start-closed-captions-call": "caption it",
    "stop-closed-captions-call": "stop its captions",
}


def capability_words(capability: str) -> str:
    """What one of Stream's capabilities lets somebody do: ``kick people``."""
    return _DOINGS.get(capability, capability.replace("-", " "))


class Call(Struct, frozen=True, kw_only=True):
    """One call as the directory knows it.

    Attributes:
        cid: ``type:id``.
        name: the custom name if the call has one, else its id. Hostile text.
        session_id: the running session, empty when none.
        people: participants in the session, anonymous ones included.
        backstage: not live yet, or taken off air.
        captioning: closed captions are running.
        listened: this machine hears it by itself and writes down what is said.
        captions_mode: ``available``, ``disabled`` or ``auto-on`` (STREAM.md 8.1).
        own_capabilities: what the signed-in user may do here (STREAM.md 4.6).
        unmonitored_since: when nothing said here could be heard any more; 0.0 while monitored.
        recording, transcribing: whether these run beside it (STREAM.md 4.5).
        recording_mode, transcription_mode: like ``captions_mode``.
        allowed: the permissions that its settings leave to whoever's role has them.
        may_be_asked: the permissions that people may ask for here.
        audio_device: which device their apps play it on at first.
        suspended: the permissions that are taken from everybody here until they are given back.
        to_give_back: of how many people the rights are remembered that they had before.
        door: who may come in: empty for everybody, or DOOR_MEMBERS.
        names_channel: the chat channel that the call itself names as its own; empty for none.
        chat_cid: the chat channel that belongs to it; empty while none is found.
        chat_cooldown: seconds that people have to wait there between two messages; 0 for none.
        chat_bans: user id of each who is banned there alone, with what in_chat of theirs is.
    """

    cid: str
    type: str
    id: str
    name: str
    session_id: str = ""
    created_at: float = 0.0
    started_at: float = 0.0
    ended_at: float = 0.0
    people: int = 0
    anonymous: int = 0
    backstage: bool = False
    captioning: bool = False
    listened: bool = False
    captions_mode: str = "disabled"
    blocked_user_ids: tuple[str, ...] = ()
    own_capabilities: frozenset[str] = frozenset()
    unmonitored_since: float = 0.0
    recording: bool = False
    transcribing: bool = False
    recording_mode: str = "disabled"
    transcription_mode: str = "disabled"
    allowed: frozenset[str] = ASKABLE
    may_be_asked: frozenset[str] = frozenset()
    audio_device: str = "speaker"
    suspended: frozenset[str] = frozenset()
    to_give_back: int = 0
    door: str = ""
    names_channel: str = ""
    chat_cid: str = ""
    chat_cooldown: int = 0
    chat_bans: tuple[tuple[str, str], ...] = ()

    def in_chat(self, user_id: str) -> str:
        """BANNED_IN_CHAT or SHADOWED_IN_CHAT; empty for somebody who may write."""
        return dict(self.chat_bans).get(user_id, "")


class Participant(Struct, frozen=True, kw_only=True):
    """One device of one person in one session.

    A person on two devices is two participants: same ``user_id``, other ``user_session_id``.

    Attributes:
        live: tracks known to be published now.
        live_known: whether ``live`` is known at all; coordinator events do not tell it, it comes
            from the participant query (STREAM.md 4.3) and from captions.
        muted: tracks a moderator muted (softly) since they were last heard or seen.
        revoked: permissions taken away in this call.
        asked: permissions the person is asking for.
        capabilities: the person's own capabilities where an event named them, else None.
        banned: banned in the app; blocked: blocked from this call.
        in_chat: BANNED_IN_CHAT or SHADOWED_IN_CHAT; empty where they may write.
    """

    cid: str
    user_id: str
    user_session_id: str
    name: str
    role: str = ""
    joined_at: float = 0.0
    live: frozenset[str] = frozenset()
    live_known: bool = False
    muted: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    capabilities: frozenset[str] | None = None
    banned: bool = False
    blocked: bool = False
    in_chat: str = ""

    @property
    def key(self) -> str:
        """What tells the participants of a call apart, those who are not in it included."""
        return self.user_session_id or f"user:{self.user_id}"
