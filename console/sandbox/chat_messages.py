"""One message of a chat channel."""

from dataclasses import dataclass, field
from typing import Any

from console.sandbox.records import User
from console.sandbox.rendering import fields
from console.sandbox.timestamps import Stamp

_COUNTS = ("reply_count", "deleted_reply_count")
_LISTS = (
    "attachments",
    "latest_reactions",
    "own_reactions",
    "mentioned_users",
    "restricted_visibility",
)
_FLAGS = ("pinned", "silent", "mentioned_channel", "mentioned_here")


@dataclass(slots=True)
class Message:
    """Times are unix seconds; ``deleted_at`` is None while it is there.

    ``shadowed``: its author was shadow banned, so only they are to see it. ``error``: it was
    refused, and is an answer to its author alone. ``moderation``: why.
    """

    id: str
    cid: str
    user: User
    text: str
    created_at: float
    updated_at: float
    shadowed: bool = False
    deleted_at: float | None = None
    text_updated_at: float | None = None
    custom: dict[str, Any] = field(default_factory=dict)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    error: bool = False
    moderation: dict[str, Any] | None = None

    @property
    def _type(self) -> str:
        if self.error:
            return "error"
        return "regular" if self.deleted_at is None else "deleted"

    def wire(self) -> dict[str, Any]:
        """MessageResponse."""
        return {
            **fields(self, "deleted_at", "text_updated_at", "error", "moderation"),
            "html": "",
            "type": self._type,
            **({} if self.moderation is None else {"moderation": self.moderation}),
            **({} if self.deleted_at is None else {"deleted_at": Stamp(self.deleted_at)}),
            **_edited(self.text_updated_at),
            **dict.fromkeys(_COUNTS, 0),
            **{name: [] for name in _LISTS},
            **dict.fromkeys(_FLAGS, False),
            "attachments": self.attachments,
            "reaction_counts": {},
            "reaction_scores": {},
        }


def _edited(at: float | None) -> dict[str, Any]:
    return {} if at is None else {"message_text_updated_at": Stamp(at)}
