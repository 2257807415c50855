"""Whether a channel may be the team's: only moderators may read it; and who is believed. Pure."""

from collections.abc import Iterable

from console.base.plain_text import visible
from console.domain.team import HeldDoor, LetIn, Restored, TeamMember, Told, Withheld

OPEN_TYPES = ("livestream", "gaming", "videocall")
"""Everybody may read channels of these types (STREAM.md 12.6), or they are the chat of a call."""
OF_MODERATORS = (Withheld, Restored, HeldDoor, LetIn)
"""Words by which consoles go on with what a colleague did: only of moderators by their role."""
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


def is_moderator(user_id: str, members: Iterable[TeamMember]) -> bool:
    """Whether this member is one by their role in the app."""
    return any(one.user_id == user_id and one.role in MODERATOR_ROLES for one in members)


def why_not_believed(told: Told) -> str:
    """Why a word is left out, in one sentence that is safe to look at; "" where it counts."""
    if not isinstance(told.word, OF_MODERATORS) or told.moderator:
        return ""
    of_door = isinstance(told.word, HeldDoor | LetIn)
    what = "the door of a call" if of_door else "a suspended call"
    return f"{visible(told.name)} is no moderator, and told of {what}."
