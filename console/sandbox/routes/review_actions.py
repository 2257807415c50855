"""Submitted actions, reports, and the log of both."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error
from console.sandbox.filters import RANGE, Field
from console.sandbox.operation import Asked
from console.sandbox.query import Query, find
from console.sandbox.review_item import Appeal, ModerationAction, ReviewItem

MESSAGE = "stream:chat:v1:message"

PAYLOADS = (
    "ban",
    "block",
    "bypass",
    "custom",
    "delete_activity",
    "delete_comment",
    "delete_message",
    "delete_reaction",
    "delete_user",
    "escalate",
    "flag",
    "mark_reviewed",
    "reject_appeal",
    "restore",
    "shadow_block",
    "unban",
    "unblock",
)


class Report(Struct):
    entity_type: str
    entity_id: str
    entity_creator_id: str | None = None
    reason: Annotated[str, Meta(max_length=255)] | None = None
    user_id: str | None = None
    custom: dict[str, Any] | None = None
    moderation_payload: dict[str, Any] | None = None


class FlagCount(Struct):
    entity_creator_id: str
    entity_type: str | None = None


class NewLog(Struct):
    action_type: str
    entity_creator_id: str
    entity_id: str
    entity_type: str
    reason: str | None = None
    reporter_type: str | None = None
    reporter_user_id: str | None = None
    custom: dict[str, Any] | None = None


class Bypassing(Struct):
    enabled: bool
    target_user_id: str


Line = tuple[ModerationAction, str]

_LOG_FIELDS: dict[str, Field[Line]] = {
    "id": Field(lambda line: line[0].id),
    "type": Field(lambda line: line[0].type),
    "created_at": Field(lambda line: line[0].created_at, "date"),
    "target_user_id": Field(lambda line: line[0].target_user_id),
    "reporter_id": Field(lambda line: line[0].user_id),
    "review_queue_item_id": Field(lambda line: line[1]),
    "reason": Field(lambda line: line[0].reason, "str", frozenset({"$eq"})),
    "reporter_type": Field(lambda line: line[0].reporter_type, "str", frozenset({"$eq"})),
}
_FLAG_FIELDS: dict[str, Field[tuple[ReviewItem, int]]] = {
    "entity_type": Field(lambda row: row[0].entity_type),
    "entity_id": Field(lambda row: row[0].entity_id),
    "labels": Field(lambda row: row[0].flags[row[1]].labels, "list", RANGE),
    "review_queue_item_id": Field(lambda row: row[0].id),
    "created_at": Field(lambda row: row[0].flags[row[1]].created_at, "date"),
}


async def submit_action(asked: Asked, wanted: dict[str, Any]) -> dict[str, Any]:
    action, item_id = wanted.get("action_type"), wanted.get("item_id")
    if not isinstance(action, str) or not action:
        raise input_error("action_type is a required field")
    given = [name for name in PAYLOADS if wanted.get(name) is not None]
    if any(name != action for name in given):
        raise input_error(f"the payload of {action} must be called {action}")
    payload = wanted.get(action) or {}
    if not isinstance(payload, dict) or not isinstance(item_id, str | None):
        raise input_error("item_id must be a string and the payload an object")
    by = asked.actor(wanted.get("user_id"))
    appeals, appeal_id = asked.world.appeals, wanted.get("appeal_id")
    appeal: Appeal | None
    if appeal_id:
        appeal = appeals.decide(str(appeal_id), action, payload, by)
        item = appeals.all[str(appeal_id)].item
    elif action == "restore" and not item_id and wanted.get("entity_type") == MESSAGE:
        _restore(asked, str(wanted.get("entity_id")), by)
        item, appeal = None, None
    else:
        appeals.check(action, payload)
        item = asked.world.reviews.submit(action, item_id or "", payload, by)
        _on_message(asked, action, item, payload, by)
        appeal = appeals.after(action, item, payload.get("target_user_id") or "", by, payload)
    answer: dict[str, Any] = {}
    if item is not None:
        answer["item"] = item.wire()
    if appeal is not None:
        answer["appeal_item"] = appeal.wire()
    return answer


def _restore(asked: Asked, message_id: str, by: str) -> None:
    """Put a message back that is named by its entity alone; (?) whether Stream does."""
    asked.need_staff("RestoreMessage")
    chat = asked.world.chat
    message = chat.messages[message_id]
    if message.deleted_at is not None:
        chat.undelete(message_id, asked.world.state.users[by] if by else message.user)


def _on_message(
    asked: Asked, action: str, item: ReviewItem | None, payload: dict[str, Any], by: str
) -> None:
    """Take the chat message of an item away, or put it back; (?) the event of the latter."""
    chat, users = asked.world.chat, asked.world.state.users
    if item is None or item.entity_type != MESSAGE or item.entity_id not in chat.messages:
        return
    message = chat.messages[item.entity_id]
    actor = users[by] if by else message.user
    if message.error:
        if action == "restore":
            asked.world.gate.release(message)
    elif action == "delete_message":
        chat.delete(message.id, actor, hard=bool(payload.get("hard_delete")))
    elif action == "restore" and message.deleted_at is not None:
        chat.undelete(message.id, actor)


async def flag(asked: Asked, wanted: Report) -> dict[str, Any]:
    by = asked.named_actor(wanted.user_id)
    item = asked.world.reviews.report(
        wanted.entity_type,
        wanted.entity_id,
        wanted.entity_creator_id or "",
        wanted.moderation_payload or {},
        reason=wanted.reason or "",
        custom=wanted.custom or {},
        by=by,
    )
    return {"item_id": item.id}


async def logs(asked: Asked) -> dict[str, Any]:
    log = asked.world.reviews.log
    found = find(log, asked.body(Query), _LOG_FIELDS, lambda line: line[0].id)
    return found.answer("logs", lambda line: line[0].wire())


async def flags(asked: Asked) -> dict[str, Any]:
    rows = [
        (item, number)
        for item in asked.world.judging.items.values()
        for number in range(len(item.flags))
    ]
    found = find(rows, asked.body(Query), _FLAG_FIELDS, lambda row: f"{row[0].id}:{row[1]:06}")
    return found.answer("flags", lambda row: row[0].flags[row[1]].wire(row[0]))


async def flag_count(asked: Asked, wanted: FlagCount) -> dict[str, Any]:
    return {
        "count": sum(
            len(item.flags)
            for item in asked.world.judging.items.values()
            if item.entity_creator_id == wanted.entity_creator_id
            and wanted.entity_type in (None, item.entity_type)
        )
    }


async def insert_log(asked: Asked, wanted: NewLog) -> None:
    """Write an action of another system into the log."""
    entry = asked.world.reviews.record(
        wanted.action_type,
        asked.world.judging.find_item(wanted.entity_type, wanted.entity_id),
        asked.actor(wanted.reporter_user_id),
        wanted.entity_creator_id,
        wanted.reason or "",
    )
    entry.reporter_type = wanted.reporter_type or "api_integration"
    entry.custom = wanted.custom or {}


async def bypass(asked: Asked, wanted: Bypassing) -> None:
    payload = {"target_user_id": wanted.target_user_id, "enabled": wanted.enabled}
    asked.world.state.users[wanted.target_user_id]
    asked.world.reviews.submit("bypass", "", payload, "")
