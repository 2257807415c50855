"""Bodies of the control endpoint."""

from typing import Literal

from msgspec import Struct


class SayBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who says what; the language is the speaker's own when empty."""

    cid: str
    user_id: str
    text: str
    language: str = ""


class WriteBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who writes what into the chat of the call ``cid``; ``message_id`` is one to change."""

    cid: str
    user_id: str
    text: str
    message_id: str = ""


class ActBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody does besides talking."""

    kind: Literal["join", "leave", "publish", "unpublish", "ask"]
    cid: str
    user_id: str
    track: Literal["audio", "video", "screenshare"] = "audio"
    permissions: tuple[str, ...] = ("send-audio",)


class AddressBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which IP address somebody comes; two people may share one."""

    user_id: str
    address: str


class SeedsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a semantic filter looks for, as its author writes it in Stream's dashboard."""

    name: str
    phrases: tuple[str, ...]


class DropBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which close code, and whose sockets; everybody's when ``user_id`` is empty."""

    code: int = 1011
    user_id: str = ""


class RawBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Any text, valid or not."""

    text: str
    user_id: str = ""


class FramesBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frames of a call now; or with ``user_id``, the labels of what this person shows."""

    cid: str
    user_id: str = ""
    labels: tuple[str, ...] = ()


class HookBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the app's webhooks go.

    Attributes:
        event_types: those that are sent; all where none is named.
        packed: with gzip.
    """

    url: str
    event_types: tuple[str, ...] = ()
    packed: bool = False


class SwitchesBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which undocumented behaviour to switch; None leaves a switch as it is.

    Attributes:
        frames: call.frame_recording_ready goes over sockets too.
        literal: events follow the documented table of members and watchers to the letter.
        ban_ejects: a ban takes people out of running calls.
        revokes_end_on_leaving: who left a call and joins again may send what was revoked before.
        mute_all_includes_caller: as it says.
        shadow_bans_end: a shadow ban with a time ends by itself.
    """

    frames: bool | None = None
    literal: bool | None = None
    ban_ejects: bool | None = None
    revokes_end_on_leaving: bool | None = None
    mute_all_includes_caller: bool | None = None
    shadow_bans_end: bool | None = None
