"""Whether a channel may be the team's: only moderators may read it. Pure."""

from collections.abc import Iterable

from console.domain.team import TeamMember

OPEN_TYPES = ("livestream", "gaming", "videocall")
"""Everybody may read channels of these types (STREAM.md 12.6), or they are the chat of a call."""
MODERATOR_ROLES = frozenset({"admin", "moderator", "global_admin", "global_moderator"})


def why_not_this_channel(channel_cid: str, call_ids: Iterable[str]) -> str:
    """Why ``channel_cid`` cannot be the team's channel, in one sentence; "" when it can."""
    kind, colon, channel_id = channel_cid.partition(":")
    if not (kind and colon and channel_id):
        return f"The team's channel needs a type and an id, such as messaging:{channel_cid}."
    if kind in OPEN_TYPES:
        return f"Everybody may read channels of the type {kind}: take one for members only."
    if channel_id in call_ids:
        return "This is the channel of a call: its people would read what the team says."
    return ""


def who_should_not_read(members: Iterable[TeamMember]) -> list[TeamMember]:
    """Members who are no moderators by their role in the app."""
    return [member for member in members if member.role not in MODERATOR_ROLES]
