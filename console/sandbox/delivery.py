"""Who receives which event. Pure (STREAM.md 2.6)."""

from enum import Enum


class Audience(Enum):
    """Whose sockets an event goes to.

    CALL: members and watchers of the call together. The documented table splits them, leaves some
    events out, and a newer page contradicts it (?); the union is the safe side.
    TARGETS: only the users whom it concerns. CHANNEL: who watches the chat channel.
    """

    APP = "app"
    CALL = "call"
    MEMBERS = "members"
    WATCHERS = "watchers"
    TARGETS = "targets"
    CHANNEL = "channel"
    NOBODY = "nobody"


_APP = frozenset(
    f"user.{name}"
    for name in ("banned", "unbanned", "deactivated", "reactivated", "deleted", "updated")
) | {"app.updated", "user.presence.changed"}

_MEMBERS = frozenset(
    f"call.{name}"
    for name in (
        "created",
        "ended",
        "accepted",
        "rejected",
        "missed",
        "member_added",
        "member_removed",
        "member_updated",
        "member_updated_permission",
    )
) | {"custom"}

# A client that gets one of these rings, so only those who are called may (the browser client says
# that the caller does not).
_TARGETS = frozenset({"call.ring", "call.notification"})

# Webhook only (STREAM.md 3.7); frames too, unless switched on.
_WEBHOOK = ("review_queue_item.", "moderation_check.", "moderation_rule.", "moderation.", "appeal.")


def audience(event_type: str, *, literal: bool = False, frames: bool = False) -> Audience:
    """Whose sockets get ``event_type``.

    Args:
        literal: follow the documented table to the letter instead of the union.
        frames: send call.frame_recording_ready over sockets too.
    """
    if event_type in _APP:
        return Audience.APP
    if event_type.startswith("message."):
        return Audience.CHANNEL
    if event_type in _TARGETS or event_type.startswith("notification."):
        return Audience.TARGETS
    if event_type.startswith(_WEBHOOK):
        return Audience.NOBODY
    if event_type == "call.frame_recording_ready" and not frames:
        return Audience.NOBODY
    if not literal:
        return Audience.CALL
    return Audience.MEMBERS if event_type in _MEMBERS else Audience.WATCHERS
