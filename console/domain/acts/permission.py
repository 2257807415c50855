"""Take a permission in a call away, or give it (STREAM.md 5.3)."""

from typing import Any, NamedTuple

from console.domain.act import Act
from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import PERMISSION_OF_TRACK, Participant, Track

REVOKE_AUDIO = "revoke_audio"
KEEP_MUTED = "keep_muted"


class _Device(NamedTuple):
    """What a track is called, its letter among the keys, and its row on the person card."""

    name: str
    key: str
    row: str


_DEVICES = {
    Track.AUDIO: _Device("microphone", "M", "mic"),
    Track.VIDEO: _Device("camera", "C", "camera"),
    Track.SCREENSHARE: _Device("screen share", "S", "screen"),
}


def _refusal(spec: ActSpec, person: Participant) -> str:
    held = _has(person, spec.permission)
    if spec.grants:
        return "They have this permission." if held else ""
    if spec.permission in person.revoked:
        return "Already revoked."
    return "They do not have this permission." if held is False else ""


def _refusal_to_keep(spec: ActSpec, person: Participant) -> str:
    # Of somebody whose permission was revoked it may be kept off all the same.
    revoked = spec.permission in person.revoked
    return "" if revoked else _refusal(spec, person)


def permission_changes(spec: ActSpec, act: Act, person: Participant) -> tuple[str, ...]:
    """The permissions that the person does not have yet, or still has."""
    return tuple(p for p in spec.permissions_of(act) if _has(person, p) is not spec.grants)


def _has(person: Participant, permission: str) -> bool | None:
    """Whether they have it; None when that is not known."""
    if permission in person.revoked:
        return False
    if person.capabilities is None:
        return None
    return permission in person.capabilities


def _on_permission(track: str, consequence: str, **own: Any) -> ActSpec:
    return ActSpec(
        scope=Scope.PERSON,
        consequence=consequence,
        row=_DEVICES[track].row,
        capability="update-call-permissions",
        reversal=Reversal.EXACT,
        tracks=(track,),
        permission=PERMISSION_OF_TRACK[track],
        refusal=_refusal,
        changes=permission_changes,
        **own,
    )


def _revoke(track: str, consequence: str, **own: Any) -> ActSpec:
    return _on_permission(
        track,
        consequence,
        kind=f"revoke_{track}",
        label=f"Revoke {_DEVICES[track].name}",
        short="Revoke",
        imperative=f"Revoke {_DEVICES[track].name} of {{who}}",
        done=f"revoked the {_DEVICES[track].name} of {{who}}",
        key=f"Shift+{_DEVICES[track].key}",
        undo=f"grant_{track}",
        revokes=True,
        sanction=True,
        **own,
    )


def _grant(track: str, consequence: str) -> ActSpec:
    return _on_permission(
        track,
        consequence,
        kind=f"grant_{track}",
        label=f"Grant {_DEVICES[track].name}",
        short="Grant",
        imperative=f"Grant {_DEVICES[track].name} to {{who}}",
        done=f"granted the {_DEVICES[track].name} to {{who}}",
        key=f"Alt+{_DEVICES[track].key}",
        undo=f"revoke_{track}",
        grants=True,
    )


ACTS = (
    _revoke(
        Track.AUDIO,
        "Silences them and keeps them from unmuting until it is granted again.",
        icon="lock",
        quick=True,
    ),
    # The permission goes first and the mute follows; the engine watches, and repeats both.
    ActSpec(
        kind=KEEP_MUTED,
        scope=Scope.PERSON,
        label="Mute and keep muted…",
        short="Keep muted…",
        done="muted {who} and keeps the microphone off",
        consequence="Silences them, also when they come back, until the time is over or you stop.",
        key="Alt+Shift+M",
        icon="clock",
        row="clock",
        weight=Weight.DETAILS,
        capability="update-call-permissions",
        tracks=(Track.AUDIO,),
        permission=PERMISSION_OF_TRACK[Track.AUDIO],
        undo=f"grant_{Track.AUDIO}",
        revokes=True,
        reversal=Reversal.EXACT,
        sanction=True,
        timed=True,
        refusal=_refusal_to_keep,
        changes=permission_changes,
    ),
    _revoke(Track.VIDEO, "Stops their camera and keeps it off until it is granted again."),
    _revoke(
        Track.SCREENSHARE, "Stops their screen share and keeps it off until it is granted again."
    ),
    # Grant stands beside revoke and does not take its place: a second click must never take back
    # the first.
    _grant(Track.AUDIO, "Lets them speak; it does not unmute them."),
    _grant(Track.VIDEO, "Lets them turn their camera on."),
    _grant(Track.SCREENSHARE, "Lets them share their screen."),
)
