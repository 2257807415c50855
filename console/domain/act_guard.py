"""Why an act cannot be done now, decided from what is known. Pure; the window shows the answer."""

from console.domain.act import ActKind
from console.domain.act_table import ACTS, ActSpec, Scope
from console.domain.call import Call, Participant
from console.domain.sign_in import Method

# Server tokens are not bound to capabilities (STREAM.md 1.5), so only user tokens are asked.


def why_not(
    kind: ActKind, *, method: Method | None, call: Call | None, person: Participant | None
) -> str:
    """One sentence on why ``kind`` is impossible, or an empty string when it is possible."""
    spec = ACTS[kind]
    if method is None:
        return "You are not signed in."
    if call is None:
        return "Choose a call first."
    if spec.scope is not Scope.PERSON and call.ended_at:
        return "This call has ended."
    if method is Method.TOKEN and spec.capability and spec.capability not in call.own_capabilities:
        return f"Your role here lacks the capability {spec.capability}."
    if spec.scope is Scope.CALL:
        return "" if call.people else "Nobody is in this call."
    if person is None:
        return "Choose a person first."
    return _about_person(spec, person)


def _about_person(spec: ActSpec, person: Participant) -> str:
    present = bool(person.user_session_id)
    match spec.kind:
        case ActKind.MUTE_AUDIO | ActKind.MUTE_VIDEO | ActKind.MUTE_SCREENSHARE:
            if not present:
                return "They are not in the call."
            if spec.track in person.muted:
                return "Already off, and they have not turned it on again."
            if person.live_known and spec.track not in person.live:
                return "It is off already."
        case ActKind.REVOKE_AUDIO | ActKind.REVOKE_VIDEO | ActKind.REVOKE_SCREENSHARE:
            if spec.permission in person.revoked:
                return "Already revoked."
            if person.capabilities is not None and spec.permission not in person.capabilities:
                return "They do not have this permission."
        case ActKind.GRANT_AUDIO | ActKind.GRANT_VIDEO | ActKind.GRANT_SCREENSHARE:
            if person.capabilities is not None and spec.permission in person.capabilities:
                return "They have this permission."
        case ActKind.ACCEPT_REQUEST | ActKind.REFUSE_REQUEST:
            if not person.asked:
                return "They have not asked for anything."
        case ActKind.KICK:
            if not present:
                return "They are not in the call."
        case ActKind.BLOCK:
            if person.blocked:
                return "Already blocked from this call."
        case ActKind.UNBLOCK:
            if not person.blocked:
                return "They are not blocked from this call."
        case ActKind.BAN:
            if person.banned:
                return "Already banned."
        case ActKind.UNBAN:
            if not person.banned:
                return "They are not banned."
        case _:
            return ""
    return ""
