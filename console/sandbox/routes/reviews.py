"""What moderators do about items of the review queue."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import input_error, not_found
from console.sandbox.operation import Asked, Operations
from console.sandbox.review_item import Deed, ReviewItem
from console.sandbox.routes.bans import only_staff

operations = Operations()


class BanPayload(Struct):
    target_user_id: str | None = None
    timeout: int | None = None
    reason: str | None = None
    shadow: bool | None = None
    ip_ban: bool | None = None
    channel_cid: str | None = None


class UnbanPayload(Struct):
    target_user_id: str | None = None
    channel_cid: str | None = None
    decision_reason: str | None = None


class SubmitAction(Struct):
    action_type: str
    item_id: str | None = None
    user_id: str | None = None
    ban: BanPayload | None = None
    unban: UnbanPayload | None = None


@operations.add("SubmitAction", "POST", "/moderation/submit_action", family="v2")
async def submit_action(asked: Asked) -> dict[str, Any]:
    only_staff(asked, "SubmitModerationAction")
    wanted = asked.body(SubmitAction)
    by = asked.actor(wanted.user_id)
    item = _item(asked, wanted.item_id)
    match wanted.action_type:
        case "ban":
            target, reason = _ban(asked, wanted, item, by)
        case "unban":
            target, reason = _unban(asked, wanted, item, by)
        case "mark_reviewed":
            target, reason = _creator(item), ""
            if item is None:
                raise input_error("item_id is a required field")
        case other:
            raise input_error(f"action_type {other} is not supported by this sandbox yet")
    if item is None:
        return {}
    now = asked.world.now()
    item.deeds.append(
        Deed(
            id=asked.world.state.new_id(),
            type=wanted.action_type,
            created_at=now,
            by=asked.world.users.get(by),
            by_id=by,
            target=asked.world.users.get(target),
            target_id=target,
            reason=reason,
        )
    )
    item.reviewed_at, item.reviewed_by, item.updated_at = now, by, now
    return {"item": item.wire()}


def _item(asked: Asked, item_id: str | None) -> ReviewItem | None:
    if not item_id:
        return None
    found = asked.world.judging.items.get(item_id)
    if found is None:
        raise not_found(f"review queue item {item_id} does not exist")
    return found


def _creator(item: ReviewItem | None) -> str:
    return item.creator_id if item else ""


def _ban(asked: Asked, wanted: SubmitAction, item: ReviewItem | None, by: str) -> tuple[str, str]:
    payload = wanted.ban or BanPayload()
    target = payload.target_user_id or _creator(item)
    asked.world.sanctions.ban(
        target,
        by,
        minutes=payload.timeout,
        reason=payload.reason or "",
        shadow=bool(payload.shadow),
        ip=bool(payload.ip_ban),
        cid=payload.channel_cid or "",
    )
    return target, payload.reason or ""


def _unban(asked: Asked, wanted: SubmitAction, item: ReviewItem | None, by: str) -> tuple[str, str]:
    payload = wanted.unban or UnbanPayload()
    target = payload.target_user_id or _creator(item)
    asked.world.sanctions.unban(target, by, cid=payload.channel_cid or "")
    return target, payload.decision_reason or ""
