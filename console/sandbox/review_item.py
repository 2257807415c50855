"""Items of the review queue: what was checked, why it is there, what was done about it."""

from dataclasses import dataclass, field
from typing import Any

from console.sandbox.records import User
from console.sandbox.rendering import fields
from console.sandbox.timestamps import Stamp, stamp

OPEN, ACCEPTED, REJECTED = "submitted", "accepted", "rejected"
"""The names of the statuses are not in any source that was read (?)."""


@dataclass(slots=True, eq=False)
class Flag:
    """One reason why an item is in the queue (ModerationFlagResponse)."""

    type: str
    created_at: float
    user: User | None
    user_id: str
    labels: list[str] = field(default_factory=list)
    reason: str = ""
    result: list[dict[str, Any]] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)

    def wire(self, item: "ReviewItem") -> dict[str, Any]:
        return {
            **fields(self),
            "entity_type": item.entity_type,
            "entity_id": item.entity_id,
            "entity_creator_id": item.entity_creator_id,
            "moderation_payload": item.payload,
            "review_queue_item_id": item.id,
            "updated_at": Stamp(self.created_at),
        }


@dataclass(slots=True, eq=False)
class ModerationAction:
    """One thing done about an item (ActionLogResponse)."""

    id: str
    type: str
    created_at: float
    user: User | None
    user_id: str
    target_user: User | None
    target_user_id: str
    reason: str = ""
    reporter_type: str = "moderator"
    custom: dict[str, Any] = field(default_factory=dict)

    def wire(self) -> dict[str, Any]:
        return {**fields(self), "ai_providers": []}


@dataclass(slots=True, eq=False)
class ReviewItem:
    """One entity that somebody should look at (STREAM.md 6.6)."""

    id: str
    entity_type: str
    entity_id: str
    creator: User | None
    entity_creator_id: str
    created_at: float
    config_key: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    recommended_action: str = "keep"
    severity: int = 0
    ai_text_severity: str = ""
    status: str = "complete"
    updated_at: float = 0.0
    languages: list[str] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    actions: list[ModerationAction] = field(default_factory=list)
    reviewed_at: float | None = None
    reviewed_by: str = ""
    escalated_at: float | None = None
    escalated_by: str = ""
    escalation_metadata: dict[str, Any] | None = None
    call: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    locked_until: float = 0.0
    locked_by: User | None = None
    appeal: "Appeal | None" = None
    removed: bool = False

    @property
    def labels(self) -> list[str]:
        """Labels of all flags, each once."""
        return list(dict.fromkeys(label for flag in self.flags for label in flag.labels))

    def wire(self, bans: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        """ReviewQueueItemResponse."""
        creator = self.creator.wire() if self.creator else None
        if creator is not None:
            creator |= {
                "ban_count": int(creator["banned"]),
                "flagged_count": len(self.flags),
                "deleted_content_count": self.creator.deleted_content if self.creator else 0,
            }
        return {
            **fields(self, "creator", "payload", "locked_until", "locked_by", "removed"),
            "entity_creator": creator,
            "moderation_payload": self.payload,
            "confidence_score": None,
            "flags": [flag.wire(self) for flag in self.flags],
            "flags_count": len(self.flags),
            "actions": [entry.wire() for entry in self.actions],
            "bans": bans or [],
            "latest_moderator_action": self.actions[-1].type if self.actions else "",
            "completed_at": stamp(self.created_at if self.status == "complete" else None),
            "escalated": self.escalated_at is not None,
            "escalated_by": self.escalated_by or None,
            "assigned_to": self.locked_by,
            "appeal": self.appeal.wire() if self.appeal else None,
            "teams": [],
            "updated_at": Stamp(self.updated_at or self.created_at),
        }


@dataclass(slots=True, eq=False)
class Appeal:
    """An appeal against what was done about ``item``, or against a ban when there is none."""

    id: str
    entity_type: str
    entity_id: str
    appeal_reason: str
    user: User
    created_at: float
    updated_at: float
    item: ReviewItem | None = None
    against: ModerationAction | None = None
    attachments: list[str] = field(default_factory=list)
    status: str = OPEN
    decision_reason: str = ""
    decision: ModerationAction | None = None

    def wire(self) -> dict[str, Any]:
        """AppealItemResponse."""
        item = self.item
        flags = item.flags if item else []
        return {
            **fields(self, "item", "against", "decision"),
            "decision_reason": self.decision_reason or None,
            "review_queue_item_id": item.id if item else None,
            "config_key": item.config_key if item else None,
            "recommended_action": item.recommended_action if item else None,
            "severity": item.severity if item else None,
            "ai_text_severity": item.ai_text_severity if item else None,
            "entity_content": item.payload if item else None,
            "flags": [flag.wire(item) for flag in flags] if item else [],
            "flag_labels": item.labels if item else [],
            "flag_types": list(dict.fromkeys(flag.type for flag in flags)),
            "actions": [entry.wire() for entry in item.actions] if item else [],
            "original_moderation_action": self.against.wire() if self.against else None,
            "moderation_action": self.decision.wire() if self.decision else None,
        }
