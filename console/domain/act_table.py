"""The one table of acts. Buttons, menus, keys, the palette, help and the log all read it."""

from enum import StrEnum

from msgspec import Struct

from console.domain.act import ActKind
from console.domain.call import Permission, Track


class Scope(StrEnum):
    """What an act is aimed at."""

    PERSON = "person"
    REQUEST = "request"
    CALL = "call"


class Weight(StrEnum):
    """How much an act asks of the hand: LIGHT at once, DETAILS opens a form, GUARDED confirms."""

    LIGHT = "light"
    DETAILS = "details"
    GUARDED = "guarded"


class ActSpec(Struct, frozen=True, kw_only=True):
    """What is fixed about a kind of act.

    Attributes:
        label: on the button. done: past tense for the log, ``{who}`` is filled in.
        key: default shortcut in Qt's portable notation; empty for none.
        capability: what a user token needs (STREAM.md 4.6); empty when none is documented.
        undo: the kind that takes it back; None where the API has no way back.
        consequence: one sentence on what it does and what it does not.
        track, permission: what it concerns, empty when not applicable.
        many: one request of the API takes several people.
    """

    kind: ActKind
    scope: Scope
    label: str
    done: str
    consequence: str
    key: str = ""
    capability: str = ""
    undo: ActKind | None = None
    weight: Weight = Weight.LIGHT
    track: str = ""
    permission: str = ""
    many: bool = False


_K = ActKind

_SPECS = (
    ActSpec(
        kind=_K.MUTE_AUDIO,
        scope=Scope.PERSON,
        label="Mute microphone",
        done="muted the microphone of {who}",
        consequence="Silences them now; they can unmute themselves. No undo: only they can unmute.",
        key="M",
        capability="mute-users",
        track=Track.AUDIO,
        many=True,
    ),
    ActSpec(
        kind=_K.MUTE_VIDEO,
        scope=Scope.PERSON,
        label="Turn off camera",
        done="turned off the camera of {who}",
        consequence="Stops their camera now; they can turn it on again.",
        key="C",
        capability="mute-users",
        track=Track.VIDEO,
        many=True,
    ),
    ActSpec(
        kind=_K.MUTE_SCREENSHARE,
        scope=Scope.PERSON,
        label="Stop screen share",
        done="stopped the screen share of {who}",
        consequence="Stops their screen share now; they can start it again.",
        key="S",
        capability="mute-users",
        track=Track.SCREENSHARE,
        many=True,
    ),
    ActSpec(
        kind=_K.REVOKE_AUDIO,
        scope=Scope.PERSON,
        label="Revoke microphone",
        done="revoked the microphone of {who}",
        consequence="Silences them and keeps them from unmuting until it is granted again.",
        key="Shift+M",
        capability="update-call-permissions",
        undo=_K.GRANT_AUDIO,
        track=Track.AUDIO,
        permission=Permission.SEND_AUDIO,
    ),
    ActSpec(
        kind=_K.REVOKE_VIDEO,
        scope=Scope.PERSON,
        label="Revoke camera",
        done="revoked the camera of {who}",
        consequence="Stops their camera and keeps it off until it is granted again.",
        key="Shift+C",
        capability="update-call-permissions",
        undo=_K.GRANT_VIDEO,
        track=Track.VIDEO,
        permission=Permission.SEND_VIDEO,
    ),
    ActSpec(
        kind=_K.REVOKE_SCREENSHARE,
        scope=Scope.PERSON,
        label="Revoke screen share",
        done="revoked the screen share of {who}",
        consequence="Stops their screen share and keeps it off until it is granted again.",
        key="Shift+S",
        capability="update-call-permissions",
        undo=_K.GRANT_SCREENSHARE,
        track=Track.SCREENSHARE,
        permission=Permission.SCREENSHARE,
    ),
    ActSpec(
        kind=_K.GRANT_AUDIO,
        scope=Scope.PERSON,
        label="Grant microphone",
        done="granted the microphone to {who}",
        consequence="Lets them speak; it does not unmute them.",
        key="Alt+M",
        capability="update-call-permissions",
        undo=_K.REVOKE_AUDIO,
        track=Track.AUDIO,
        permission=Permission.SEND_AUDIO,
    ),
    ActSpec(
        kind=_K.GRANT_VIDEO,
        scope=Scope.PERSON,
        label="Grant camera",
        done="granted the camera to {who}",
        consequence="Lets them turn their camera on.",
        key="Alt+C",
        capability="update-call-permissions",
        undo=_K.REVOKE_VIDEO,
        track=Track.VIDEO,
        permission=Permission.SEND_VIDEO,
    ),
    ActSpec(
        kind=_K.GRANT_SCREENSHARE,
        scope=Scope.PERSON,
        label="Grant screen share",
        done="granted the screen share to {who}",
        consequence="Lets them share their screen.",
        key="Alt+S",
        capability="update-call-permissions",
        undo=_K.REVOKE_SCREENSHARE,
        track=Track.SCREENSHARE,
        permission=Permission.SCREENSHARE,
    ),
    ActSpec(
        kind=_K.ACCEPT_REQUEST,
        scope=Scope.REQUEST,
        label="Accept request",
        done="accepted the request of {who}",
        consequence="Grants what they asked for in this call.",
        key="A",
        capability="update-call-permissions",
        undo=_K.REFUSE_REQUEST,
    ),
    ActSpec(
        kind=_K.REFUSE_REQUEST,
        scope=Scope.REQUEST,
        label="Refuse request",
        done="refused the request of {who}",
        consequence="Takes the permission they asked for away; their app is told.",
        key="R",
        capability="update-call-permissions",
        undo=_K.ACCEPT_REQUEST,
    ),
    ActSpec(
        kind=_K.KICK,
        scope=Scope.PERSON,
        label="Kick",
        done="kicked {who}",
        consequence="Puts them out of the call; they can come back at once. No undo.",
        key="X",
        capability="kick-user",
    ),
    ActSpec(
        kind=_K.BLOCK,
        scope=Scope.PERSON,
        label="Block from call",
        done="blocked {who} from the call",
        consequence="Puts them out of this call and keeps them out until unblocked.",
        key="L",
        capability="block-users",
        undo=_K.UNBLOCK,
    ),
    ActSpec(
        kind=_K.UNBLOCK,
        scope=Scope.PERSON,
        label="Unblock",
        done="unblocked {who}",
        consequence="Lets them join this call again.",
        key="Shift+L",
        capability="block-users",
        undo=_K.BLOCK,
    ),
    ActSpec(
        kind=_K.BAN,
        scope=Scope.PERSON,
        label="Ban…",
        done="banned {who}",
        consequence="Keeps them out of every call of the app; it may not eject them from this one.",
        key="B",
        undo=_K.UNBAN,
        weight=Weight.DETAILS,
    ),
    ActSpec(
        kind=_K.UNBAN,
        scope=Scope.PERSON,
        label="Unban",
        done="unbanned {who}",
        consequence="Lifts their ban in the whole app.",
        key="Shift+B",
    ),
    ActSpec(
        kind=_K.MUTE_EVERYONE_AUDIO,
        scope=Scope.CALL,
        label="Mute everyone",
        done="muted every microphone",
        consequence="Silences everyone in the call now; they can unmute themselves.",
        key="Ctrl+Shift+M",
        capability="mute-users",
        weight=Weight.GUARDED,
        track=Track.AUDIO,
    ),
    ActSpec(
        kind=_K.MUTE_EVERYONE_VIDEO,
        scope=Scope.CALL,
        label="Turn off all cameras",
        done="turned off every camera",
        consequence="Stops every camera in the call now; people can turn theirs on again.",
        key="Ctrl+Shift+C",
        capability="mute-users",
        weight=Weight.GUARDED,
        track=Track.VIDEO,
    ),
    ActSpec(
        kind=_K.MUTE_EVERYONE_SCREENSHARE,
        scope=Scope.CALL,
        label="Stop all screen shares",
        done="stopped every screen share",
        consequence="Stops every screen share in the call now; people can start again.",
        key="Ctrl+Shift+S",
        capability="mute-users",
        weight=Weight.GUARDED,
        track=Track.SCREENSHARE,
    ),
    ActSpec(
        kind=_K.END_CALL,
        scope=Scope.CALL,
        label="End call…",
        done="ended the call",
        consequence="Ends the call for everyone in it. There is no way back.",
        key="Ctrl+Shift+E",
        capability="end-call",
        weight=Weight.GUARDED,
    ),
)

ACTS: dict[ActKind, ActSpec] = {spec.kind: spec for spec in _SPECS}
