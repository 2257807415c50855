"""One appeal: somebody asks to have a decision about them reversed."""

from dataclasses import dataclass, field
from typing import Any

from console.sandbox.records import User
from console.sandbox.review_item import ModerationAction, ReviewItem
from console.sandbox.timestamps import Stamp

OPEN, ACCEPTED, REJECTED = "submitted", "accepted", "rejected"
"""The names of the statuses are not in any source that was read (?)."""


@dataclass(slots=True, eq=False)
class Appeal:
    """An appeal against what was done about ``item``, or against a ban when there is none."""

    id: str
    entity_type: str
    entity_id: str
    reason: str
    by: User
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
            "id": self.id,
            "entity_type": self.entity_type,
            "entity_id": self.entity_id,
            "appeal_reason": self.reason,
            "attachments": self.attachments,
            "status": self.status,
            "decision_reason": self.decision_reason or None,
            "user": self.by,
            "review_queue_item_id": item.id if item else None,
            "config_key": item.config_key if item else None,
            "recommended_action": item.recommended_action if item else None,
            "severity": item.severity if item else None,
            "ai_text_severity": item.text_severity if item else None,
            "entity_content": item.payload if item else None,
            "flags": [flag.wire(item) for flag in flags] if item else [],
            "flag_labels": item.labels if item else [],
            "flag_types": list(dict.fromkeys(flag.type for flag in flags)),
            "actions": [deed.wire() for deed in item.deeds] if item else [],
            "original_moderation_action": self.against.wire() if self.against else None,
            "moderation_action": self.decision.wire() if self.decision else None,
            "created_at": Stamp(self.created_at),
            "updated_at": Stamp(self.updated_at),
        }
