"""Channels of chat: those of calls, and those that are made for their members (STREAM.md 12.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.chat_messages import Message
from console.sandbox.records import User
from console.sandbox.timestamps import Stamp

OPEN_TYPES = ("videocall", "livestream", "gaming")
"""Everybody may read and write in channels of these types; in others only members (and admins).
Whether a global moderator may read others too is not known (?): the safe side is no."""


@dataclass(slots=True)
class Channel:
    """``members``: since when, by user id; messages by id, oldest first. Times are unix seconds.

    ``cooldown``: seconds that each person waits between two messages; ``wrote``: when each wrote
    last. ``frozen``: nobody can write.
    """

    type: str
    id: str
    created_by: User | None
    created_at: float
    updated_at: float
    members: dict[str, float] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    cooldown: int = 0
    frozen: bool = False
    wrote: dict[str, float] = field(default_factory=dict)

    @property
    def cid(self) -> str:
        return f"{self.type}:{self.id}"

    @property
    def last_message_at(self) -> float | None:
        """Unix seconds; None before the first message."""
        return max((message.created_at for message in self.messages.values()), default=None)

    def lets_in(self, user: User | None) -> bool:
        """Whether ``user`` may read and write here; None is the app's server, which may."""
        if user is None or self.type in OPEN_TYPES:
            return True
        return user.id in self.members or user.role == "admin"

    def add(self, user_ids: Iterable[str], at: float) -> list[str]:
        """Take in members; returns those who were none before."""
        new = [user_id for user_id in user_ids if user_id not in self.members]
        self.members |= dict.fromkeys(new, at)
        return new

    def members_wire(self, users: Mapping[str, User]) -> list[dict[str, Any]]:
        """ChannelMemberResponse of each member."""
        flags = ("banned", "shadow_banned", "notifications_muted")
        return [
            {
                "user_id": user_id,
                "user": users[user_id],
                "channel_role": "channel_member",
                "created_at": Stamp(since),
                "updated_at": Stamp(since),
                **dict.fromkeys(flags, False),
                "custom": {},
            }
            for user_id, since in self.members.items()
        ]

    def wire(self) -> dict[str, Any]:
        """ChannelResponse."""
        last = self.last_message_at
        return {
            "id": self.id,
            "type": self.type,
            "cid": self.cid,
            "created_at": Stamp(self.created_at),
            "updated_at": Stamp(self.updated_at),
            "created_by": self.created_by,
            "frozen": self.frozen,
            "disabled": False,
            **({"cooldown": self.cooldown} if self.cooldown else {}),
            "member_count": len(self.members),
            **({} if last is None else {"last_message_at": Stamp(last)}),
            "custom": self.custom,
        }
