"""Appeals, and what is decided about them."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.api_errors import not_allowed
from console.sandbox.appeals import NewAppeal
from console.sandbox.filters import EQ_IN, Field
from console.sandbox.operation import Asked
from console.sandbox.query import Query, find
from console.sandbox.review_item import Appeal

MAX_IN_FLIGHT = 100


class QueryAppeals(Query):
    user_id: str | None = None


class Decisions(Struct):
    action_type: str
    appeal_ids: Annotated[list[str], Meta(min_length=1, max_length=MAX_IN_FLIGHT)]
    user_id: str | None = None
    mark_reviewed: dict[str, Any] | None = None
    reject_appeal: dict[str, Any] | None = None
    restore: dict[str, Any] | None = None
    unban: dict[str, Any] | None = None
    unblock: dict[str, Any] | None = None


FIELDS: dict[str, Field[Appeal]] = {
    "id": Field(lambda appeal: appeal.id),
    "status": Field(lambda appeal: appeal.status, "str", EQ_IN),
    "entity_type": Field(lambda appeal: appeal.entity_type),
    "entity_id": Field(lambda appeal: appeal.entity_id),
    "user_id": Field(lambda appeal: appeal.user.id),
    "review_queue_item_id": Field(lambda appeal: appeal.item.id if appeal.item else ""),
    "created_at": Field(lambda appeal: appeal.created_at, "date"),
    "updated_at": Field(lambda appeal: appeal.updated_at, "date"),
}


async def appeal(asked: Asked, wanted: NewAppeal) -> dict[str, Any]:
    by = asked.named_actor(wanted.user_id)
    return {"appeal_id": asked.world.appeals.submit(wanted, by).id}


async def get_appeal(asked: Asked) -> dict[str, Any]:
    found = asked.world.appeals.all[asked.path["id"]]
    if not asked.is_staff and found.user.id != asked.who.user_id:
        raise not_allowed("this appeal is somebody else's")
    return {"item": found.wire()}


async def query_appeals(asked: Asked, wanted: QueryAppeals) -> dict[str, Any]:
    """Staff see all, others their own."""
    mine = "" if asked.is_staff else asked.who.user_id
    readable = [one for one in asked.world.appeals.all.values() if mine in ("", one.user.id)]
    found = find(readable, wanted, FIELDS, lambda one: one.id, ("created_at", "updated_at"))
    return found.answer("items", Appeal.wire)


async def decide_many(asked: Asked, wanted: Decisions) -> dict[str, Any]:
    payload = getattr(wanted, wanted.action_type, None)
    decided, errors = asked.world.appeals.decide_many(
        wanted.appeal_ids,
        wanted.action_type,
        payload if isinstance(payload, dict) else {},
        asked.actor(wanted.user_id),
    )
    return {
        "results": [{"appeal_id": one.id, "appeal_item": one.wire()} for one in decided],
        "errors": [{"appeal_id": one, "error": reason} for one, reason in errors.items()],
    }
