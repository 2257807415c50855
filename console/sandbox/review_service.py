"""What moderators do about review items, with its effect in the world (STREAM.md 6.7)."""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from console.sandbox.accounts import Accounts
from console.sandbox.api_errors import input_error
from console.sandbox.call_control import CallControl
from console.sandbox.judging import Judging
from console.sandbox.review_item import Flag, ModerationAction, ReviewItem
from console.sandbox.sanctions import Sanctions
from console.sandbox.state import State

LOGS_KEPT = 20_000

# These leave the item in the inbox; every other action resolves it. Natural reading (?).
UNRESOLVING = frozenset({"flag", "escalate", "de_escalate", "bypass"})

_REMOVING = frozenset(
    {
        "delete_message",
        "delete_activity",
        "delete_comment",
        "delete_reaction",
        "block",
        "shadow_block",
    }
)
_RESTORING = frozenset({"restore", "unblock", "unmask"})

# Content of chat and feeds is not kept here: recorded on the item, nothing else to do.
_RECORDED = frozenset(
    {
        "mark_reviewed",
        "delete_message",
        "delete_activity",
        "delete_comment",
        "delete_reaction",
        "delete_user_messages",
        "block",
        "shadow_block",
        "unblock",
        "restore",
        "unmask",
        "reject_appeal",
    }
)

Fields = Mapping[str, Any]


class ReviewService:
    """Carries out submitted actions and keeps the log of them."""

    def __init__(
        self,
        state: State,
        judging: Judging,
        sanctions: Sanctions,
        control: CallControl,
        accounts: Accounts,
    ) -> None:
        self._state = state
        self._judging = judging
        self._sanctions = sanctions
        self._control = control
        self._accounts = accounts
        self.log: deque[tuple[ModerationAction, str]] = deque(maxlen=LOGS_KEPT)
        self._effects: dict[str, Callable[[ReviewItem | None, Fields, str], str]] = {
            "ban": self._ban,
            "unban": self._unban,
            "kick_user": self._kick,
            "end_call": self._end_call,
            "delete_user": self._delete_user,
            "flag": self._flag,
            "escalate": self._escalate,
            "de_escalate": self._de_escalate,
            "custom": self._custom,
            "bypass": self._bypass,
        }

    def submit(self, action: str, item_id: str, payload: Fields, by: str) -> ReviewItem | None:
        """Carry out ``action`` on an item, or on its target alone when ``item_id`` is empty.

        Raises:
            ApiError: no such item or action; the action needs an item or a target it lacks.
        """
        item = self._judging.items[item_id] if item_id else None
        effect = self._effects.get(action)
        if effect is None and action not in _RECORDED:
            raise input_error(f"action_type {action} is not supported")
        if effect is None and item is None:
            raise input_error("item_id is a required field")
        target = effect(item, payload, by) if effect else item.entity_creator_id if item else ""
        reason = str(payload.get("reason") or payload.get("decision_reason") or "")
        self.record(action, item, by, target, reason)
        if item is None:
            return None
        now = self._state.now()
        item.updated_at = now
        self._content(action, item)
        if action not in UNRESOLVING:
            item.reviewed_at, item.reviewed_by = now, by
        self._state.emit(
            "review_queue_item.updated",
            payload={
                "review_queue_item": item.wire(),
                "action": item.actions[-1].wire(),
                "custom": {},
            },
            actor=by,
            targets=(target,) if target else (),
        )
        if action == "mark_reviewed":
            self._state.emit(
                "moderation.mark_reviewed", payload={"item": item.wire(), "custom": {}}, actor=by
            )
        return item

    def _content(self, action: str, item: ReviewItem) -> None:
        """Record that content was deleted or restored; the content itself is not stored here."""
        if action == "delete_user_messages":
            concerned = [
                one
                for one in self._judging.items.values()
                if one.entity_creator_id == item.entity_creator_id
            ]
        elif action in _REMOVING or action in _RESTORING:
            concerned = [item]
        else:
            return
        removed = action not in _RESTORING
        for one in concerned:
            if one.removed is not removed and one.creator is not None:
                one.creator.deleted_content += 1 if removed else -1
            one.removed = removed

    def record(
        self, action: str, item: ReviewItem | None, by: str, target: str, reason: str = ""
    ) -> ModerationAction:
        """Write one line of the log, on the item too if there is one."""
        entry = ModerationAction(
            id=self._state.new_id(),
            type=action,
            created_at=self._state.now(),
            user=self._state.users.get(by),
            user_id=by,
            target_user=self._state.users.get(target),
            target_user_id=target,
            reason=reason,
        )
        self.log.append((entry, item.id if item else ""))
        if item is not None:
            item.actions.append(entry)
        return entry

    def report(
        self,
        entity_type: str,
        entity_id: str,
        creator_id: str,
        payload: Fields,
        *,
        reason: str,
        custom: Fields,
        by: str,
    ) -> ReviewItem:
        """A person reports an entity: a new item, or one more flag on the one there is."""
        item = self._judging.find_item(entity_type, entity_id)
        new = item is None
        if item is None:
            item = ReviewItem(
                id=self._state.new_id(),
                entity_type=entity_type,
                entity_id=entity_id,
                creator=self._state.users.get(creator_id),
                entity_creator_id=creator_id,
                created_at=self._state.now(),
                payload=dict(payload),
                recommended_action="flag",
            )
            self._judging.put_item(item)
        flag = Flag(
            type="user_report",
            created_at=self._state.now(),
            user=self._state.users.get(by),
            user_id=by,
            reason=reason,
            custom=dict(custom),
        )
        item.flags.append(flag)
        item.updated_at = flag.created_at
        # A new report brings a reviewed item back into the inbox.
        item.reviewed_at, item.reviewed_by = None, ""
        self._state.emit(
            "review_queue_item.new" if new else "review_queue_item.updated",
            payload={
                "review_queue_item": item.wire(),
                "flags": [flag.wire(item)],
                "custom": {},
            },
            actor=by,
            targets=(creator_id,) if creator_id else (),
        )
        self._state.emit(
            "moderation.flagged",
            payload={"content_type": entity_type, "object_id": entity_id, "custom": {}},
            actor=by,
        )
        return item

    def _target(self, item: ReviewItem | None, payload: Fields) -> str:
        target = payload.get("target_user_id") or (item.entity_creator_id if item else "")
        if not target:
            raise input_error("target_user_id is required without an item")
        return str(target)

    def _cid(self, item: ReviewItem | None) -> str:
        """The call an item is about: itself, or what its payload's ``cid`` names (?)."""
        if item is None:
            raise input_error("item_id is a required field")
        if item.entity_type == "stream:v1:call":
            return item.entity_id
        cid = (item.payload.get("custom") or {}).get("cid")
        if not isinstance(cid, str):
            raise input_error("the item does not belong to a call")
        return cid

    def _ban(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = self._target(item, payload)
        self._sanctions.ban(
            target,
            by,
            minutes=payload.get("timeout"),
            reason=str(payload.get("reason") or ""),
            shadow=bool(payload.get("shadow")),
            ip=bool(payload.get("ip_ban")),
            cid=str(payload.get("channel_cid") or ""),
        )
        return target

    def _unban(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = self._target(item, payload)
        self._sanctions.unban(target, by, cid=str(payload.get("channel_cid") or ""))
        return target

    def _kick(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = self._target(item, payload)
        self._sanctions.kick(self._cid(item), target, by)
        return target

    def _end_call(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        self._control.end(self._cid(item), by)
        return item.entity_creator_id if item else ""

    def _delete_user(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = str(payload.get("entity_id") or self._target(item, payload))
        self._accounts.delete(target, hard=bool(payload.get("hard_delete")), by=by)
        return target

    def _flag(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        if item is None:
            raise input_error("item_id is a required field")
        item.flags.append(
            Flag(
                type="moderator",
                created_at=self._state.now(),
                user=self._state.users.get(by),
                user_id=by,
                reason=str(payload.get("reason") or ""),
            )
        )
        return item.entity_creator_id

    def _escalate(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        if item is None:
            raise input_error("item_id is a required field")
        priority = payload.get("priority") or "medium"
        if priority not in ("low", "medium", "high"):
            raise input_error("priority must be low, medium or high")
        item.escalated_at, item.escalated_by = self._state.now(), by
        item.escalation_metadata = {
            "reason": payload.get("reason") or "",
            "notes": payload.get("notes") or "",
            "priority": priority,
        }
        return item.entity_creator_id

    def _de_escalate(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        if item is None:
            raise input_error("item_id is a required field")
        item.escalated_at, item.escalated_by, item.escalation_metadata = None, "", None
        return item.entity_creator_id

    def _custom(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        if item is None or not payload.get("id"):
            raise input_error("item_id and custom.id are required fields")
        self._state.emit(
            "moderation.custom_action",
            payload={
                "action_id": payload["id"],
                "action_options": payload.get("options") or {},
                "review_queue_item": item.wire(),
            },
            actor=by,
        )
        return item.entity_creator_id

    def _bypass(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = self._target(item, payload)
        self._judging.bypassed.discard(target)
        if payload.get("enabled"):
            self._judging.bypassed.add(target)
        return target
