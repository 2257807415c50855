"""What one user may do in a chat channel (STREAM.md 12.6). Pure.

The grants of custom channel types are not known (?): all types have those of an open one here, and
membership is asked for where a channel is entered.
"""

from console.sandbox.channels import Channel
from console.sandbox.records import User

_READING = frozenset(("connect-events", "read-events", "search-messages"))
_OF_USERS = _READING | {
    "create-attachment",
    "create-mention",
    "delete-own-message",
    "flag-message",
    "join-channel",
    "leave-channel",
    "mute-channel",
    "quote-message",
    "send-custom-events",
    "send-links",
    "send-message",
    "send-reaction",
    "send-reply",
    "send-typing-events",
    "typing-events",
    "update-own-message",
    "upload-file",
}
_OF_STAFF = _OF_USERS | {
    "ban-channel-members",
    "delete-any-message",
    "freeze-channel",
    "pin-message",
    "set-channel-cooldown",
    "skip-slow-mode",
    "update-any-message",
    "update-channel",
    "update-channel-members",
}
STAFF = ("admin", "moderator", "global_admin", "global_moderator")


def own_capabilities(channel: Channel, user: User) -> frozenset[str]:
    """The capabilities of ``user`` there; with ``slow-mode`` where it slows them."""
    if user.role in STAFF:
        return _OF_STAFF
    held = _READING if user.role == "anonymous" else _OF_USERS
    return held | {"slow-mode"} if channel.cooldown else held
