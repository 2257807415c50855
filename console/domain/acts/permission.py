"""Take a permission in a call away, or give it (STREAM.md 5.3)."""

from typing import Any

from console.domain.act import Act
from console.domain.acts.spec import ActSpec, Scope
from console.domain.call import PERMISSION_OF_TRACK, Participant, Track

REVOKE_AUDIO = "revoke_audio"
REVOKE_VIDEO = "revoke_video"
REVOKE_SCREENSHARE = "revoke_screenshare"
GRANT_AUDIO = "grant_audio"
GRANT_VIDEO = "grant_video"
GRANT_SCREENSHARE = "grant_screenshare"


def _refusal(spec: ActSpec, person: Participant) -> str:
    held = _has(person, spec.permission)
    if spec.grants:
        return "They have this permission." if held else ""
    if spec.permission in person.revoked:
        return "Already revoked."
    return "They do not have this permission." if held is False else ""


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


def _on_permission(track: str, **own: Any) -> ActSpec:
    return ActSpec(
        scope=Scope.PERSON,
        capability="update-call-permissions",
        track=track,
        permission=PERMISSION_OF_TRACK[track],
        refusal=_refusal,
        changes=permission_changes,
        **own,
    )


def _revoke(track: str, **own: Any) -> ActSpec:
    return _on_permission(track, short="Revoke", revokes=True, sanction=True, **own)


def _grant(track: str, **own: Any) -> ActSpec:
    return _on_permission(track, short="Grant", grants=True, **own)


ACTS = (
    _revoke(
        Track.AUDIO,
        kind=REVOKE_AUDIO,
        label="Revoke microphone",
        done="revoked the microphone of {who}",
        consequence="Silences them and keeps them from unmuting until it is granted again.",
        key="Shift+M",
        icon="lock",
        row="mic",
        quick=True,
        undo=GRANT_AUDIO,
    ),
    _revoke(
        Track.VIDEO,
        kind=REVOKE_VIDEO,
        label="Revoke camera",
        done="revoked the camera of {who}",
        consequence="Stops their camera and keeps it off until it is granted again.",
        key="Shift+C",
        row="camera",
        undo=GRANT_VIDEO,
    ),
    _revoke(
        Track.SCREENSHARE,
        kind=REVOKE_SCREENSHARE,
        label="Revoke screen share",
        done="revoked the screen share of {who}",
        consequence="Stops their screen share and keeps it off until it is granted again.",
        key="Shift+S",
        row="screen",
        undo=GRANT_SCREENSHARE,
    ),
    # Grant stands beside revoke and does not take its place: a second click must never take back
    # the first.
    _grant(
        Track.AUDIO,
        kind=GRANT_AUDIO,
        label="Grant microphone",
        done="granted the microphone to {who}",
        consequence="Lets them speak; it does not unmute them.",
        key="Alt+M",
        row="mic",
        undo=REVOKE_AUDIO,
    ),
    _grant(
        Track.VIDEO,
        kind=GRANT_VIDEO,
        label="Grant camera",
        done="granted the camera to {who}",
        consequence="Lets them turn their camera on.",
        key="Alt+C",
        row="camera",
        undo=REVOKE_VIDEO,
    ),
    _grant(
        Track.SCREENSHARE,
        kind=GRANT_SCREENSHARE,
        label="Grant screen share",
        done="granted the screen share to {who}",
        consequence="Lets them share their screen.",
        key="Alt+S",
        row="screen",
        undo=REVOKE_SCREENSHARE,
    ),
)
