"""What one user may do in one call. Pure: computed from grants, roles, settings and state.

The order is ours (STREAM.md 4.6 says only that they are computed): roles give, moderators' grants
add, settings and the call's state take away, moderators' revocations take away last.
"""

from collections.abc import Mapping, Set
from typing import Any

from console.sandbox.records import CallRecord, User

_NONE: frozenset[str] = frozenset()


def by_settings(settings: Mapping[str, Any]) -> frozenset[str]:
    """Capabilities that the settings switch off for everybody."""
    off: set[str] = set()
    if not settings["video"]["enabled"]:
        off.add("send-video")
    if not settings["screensharing"]["enabled"]:
        off.add("screenshare")
    if not settings["broadcasting"]["enabled"]:
        off |= {"start-broadcast-call", "stop-broadcast-call"}
    transcription = settings["transcription"]
    for mode, name in (
        (transcription["closed_caption_mode"], "closed-captions"),
        (transcription["mode"], "transcription"),
        (settings["recording"]["mode"], "record"),
        (settings["frame_recording"]["mode"], "frame-record"),
        (settings["individual_recording"]["mode"], "individual-record"),
        (settings["raw_recording"]["mode"], "raw-record"),
    ):
        if mode == "disabled":
            off |= {f"start-{name}-call", f"stop-{name}-call"}
    if settings["audio"].get("noise_cancellation", {}).get("mode") == "disabled":
        off.add("enable-noise-cancellation")
    return frozenset(off)


def of_role(
    grants: Mapping[str, Set[str]], call: CallRecord, role: str, *extra: str
) -> frozenset[str]:
    """What a role (and ``extra`` roles) gives in ``call``, before anything about one person."""
    held: set[str] = set()
    for name in (role, *extra):
        held |= grants.get(name, _NONE)
    held -= by_settings(call.settings)
    if call.ended_at and "join-ended-call" not in held:
        held.discard("join-call")
    if call.backstage and "join-backstage" not in held:
        held.discard("join-call")
    return frozenset(held)


def own_capabilities(
    grants: Mapping[str, Set[str]], call: CallRecord, user: User, *, call_role: str = ""
) -> frozenset[str]:
    """Everything ``user`` may do in ``call`` now.

    Args:
        grants: the call type's grants by role.
        call_role: a role that a call token gives on this call (STREAM.md 1.1), or empty.
    """
    extra = []
    member = call.members.get(user.id)
    if member is not None:
        extra += ["call_member", member.role]
    if call.created_by is user:
        extra.append("owner")
    if call_role:
        extra += ["call_member", call_role]
    held = set(of_role(grants, call, user.role, *extra))
    held |= call.grants.get(user.id, set()) - by_settings(call.settings)
    held -= call.revokes.get(user.id, set())
    if user.id in call.blocked_user_ids or user.banned:
        held.discard("join-call")
    return frozenset(held)


def by_role(grants: Mapping[str, Set[str]], call: CallRecord) -> dict[str, list[str]]:
    """The event field ``capabilities_by_role``."""
    return {role: sorted(of_role(grants, call, role)) for role in grants}
