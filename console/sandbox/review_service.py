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

_CONTENT = ("message", "activity", "comment", "reaction")
_REMOVING = frozenset({"block", "shadow_block", *(f"delete_{kind}" for kind in _CONTENT)})
_RESTORING = frozenset({"restore", "unblock", "unmask"})

# Content of chat and feeds is not kept here: recorded on the item, nothing else to do.
_RECORDED = _REMOVING | _RESTORING | {"mark_reviewed", "delete_user_messages", "reject_appeal"}

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
        self._on_people: dict[str, Callable[[ReviewItem | None, Fields, str], str]] = {
            "ban": self._ban,
            "unban": self._unban,
            "kick_user": self._kick,
            "delete_user": self._delete_user,
            "bypass": self._bypass,
        }
        self._on_items: dict[str, Callable[[ReviewItem, Fields, str], None]] = {
            "end_call": self._end_call,
            "flag": self._flag,
            "escalate": self._escalate,
            "de_escalate": self._de_escalate,
            "custom": self._custom,
        }

    def submit(self, action: str, item_id: str, payload: Fields, by: str) -> ReviewItem | None:
        """Carry out ``action`` on an item, or on its target alone when ``item_id`` is empty.

        Raises:
            ApiError: no such item or action; the action needs an item or a target it lacks.
        """
        item = self._judging.items[item_id] if item_id else None
        on_person, on_item = self._on_people.get(action), self._on_items.get(action)
        if on_person is not None:
            target = on_person(item, payload, by)
        elif on_item is None and action not in _RECORDED:
            raise input_error(f"action_type {action} is not supported")
        elif item is None:
            raise input_error("item_id is a required field")
        else:
            target = item.entity_creator_id
            if on_item is not None:
                on_item(item, payload, by)
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
        self._judging.emit_flagged(item, [flag], new=new, actor=by)
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

    def _end_call(self, item: ReviewItem, payload: Fields, by: str) -> None:
        self._control.end(self._cid(item), by)

    def _delete_user(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = str(payload.get("entity_id") or self._target(item, payload))
        self._accounts.delete(target, hard=bool(payload.get("hard_delete")), by=by)
        return target

    def _flag(self, item: ReviewItem, payload: Fields, by: str) -> None:
        item.flags.append(
            Flag(
                type="moderator",
                created_at=self._state.now(),
                user=self._state.users.get(by),
                user_id=by,
                reason=str(payload.get("reason") or ""),
            )
        )

    def _escalate(self, item: ReviewItem, payload: Fields, by: str) -> None:
        priority = payload.get("priority") or "medium"
        if priority not in ("low", "medium", "high"):
            raise input_error("priority must be low, medium or high")
        item.escalated_at, item.escalated_by = self._state.now(), by
        item.escalation_metadata = {
            "reason": payload.get("reason") or "",
            "notes": payload.get("notes") or "",
            "priority": priority,
        }

    def _de_escalate(self, item: ReviewItem, payload: Fields, by: str) -> None:
        item.escalated_at, item.escalated_by, item.escalation_metadata = None, "", None

    def _custom(self, item: ReviewItem, payload: Fields, by: str) -> None:
        if not payload.get("id"):
            raise input_error("custom.id is a required field")
        self._state.emit(
            "moderation.custom_action",
            payload={
                "action_id": payload["id"],
                "action_options": payload.get("options") or {},
                "review_queue_item": item.wire(),
            },
            actor=by,
        )

    def _bypass(self, item: ReviewItem | None, payload: Fields, by: str) -> str:
        target = self._target(item, payload)
        self._judging.bypassed.discard(target)
        if payload.get("enabled"):
            self._judging.bypassed.add(target)
        return target
