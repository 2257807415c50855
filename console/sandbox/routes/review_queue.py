"""The review queue: filters, sort, pages, locks, and what drives a client's own filters."""

from collections import Counter
from typing import Any

from console.sandbox.api_errors import input_error
from console.sandbox.filters import EQ_IN, ONLY_EQ, Field, Test, compiled
from console.sandbox.inbox import default_actions
from console.sandbox.operation import Asked
from console.sandbox.query import Query, page_of
from console.sandbox.review_item import ReviewItem
from console.sandbox.timestamps import read_time
from console.sandbox.wire import ban

LOCK_SECONDS = 300.0
"""How long a lock lasts when none is asked for; the unit of lock_duration is not known (?)."""


class QueryQueue(Query):
    lock_items: bool | None = None
    lock_count: int | None = None
    lock_duration: int | None = None
    stats_only: bool | None = None
    exclude_default_action_config: bool | None = None
    user_id: str | None = None


_WITHIN = frozenset({"$contains", "$eq", "$in"})

FIELDS: dict[str, Field[ReviewItem]] = {
    "id": Field(lambda item: item.id),
    "status": Field(lambda item: item.status),
    "severity": Field(lambda item: item.severity, "int"),
    "entity_type": Field(lambda item: item.entity_type),
    "entity_id": Field(lambda item: item.entity_id),
    "entity_creator_id": Field(lambda item: item.entity_creator_id),
    "entity_creator_name": Field(lambda item: item.creator.name if item.creator else ""),
    "config_key": Field(lambda item: item.config_key),
    "latest_moderator_action": Field(lambda item: item.actions[-1].type if item.actions else ""),
    "created_at": Field(lambda item: item.created_at, "date"),
    "updated_at": Field(lambda item: item.updated_at, "date"),
    "reviewed_at": Field(lambda item: item.reviewed_at, "date"),
    "escalated_at": Field(lambda item: item.escalated_at, "date"),
    "escalated_by": Field(lambda item: item.escalated_by),
    "reviewed": Field(lambda item: item.reviewed_at is not None, "bool", ONLY_EQ),
    "escalated": Field(lambda item: item.escalated_at is not None, "bool", ONLY_EQ),
    "escalation_priority": Field(
        lambda item: (item.escalation_metadata or {}).get("priority", ""), "str", ONLY_EQ
    ),
    "has_text": Field(lambda item: bool(item.payload.get("texts")), "bool", ONLY_EQ),
    "has_image": Field(lambda item: bool(item.payload.get("images")), "bool", ONLY_EQ),
    "has_video": Field(lambda item: bool(item.payload.get("videos")), "bool", ONLY_EQ),
    "ai_text_severity": Field(lambda item: item.ai_text_severity, "str", ONLY_EQ),
    "flags_count": Field(lambda item: len(item.flags), "int", ONLY_EQ),
    "flagged_user_id": Field(lambda item: item.entity_creator_id, "str", ONLY_EQ),
    "recommended_action": Field(lambda item: item.recommended_action, "str", EQ_IN),
    "label": Field(lambda item: item.labels, "list", EQ_IN),
    "category": Field(lambda item: item.labels, "list", EQ_IN),
    "reporter_id": Field(lambda item: [flag.user_id for flag in item.flags], "list", EQ_IN),
    "reporter_type": Field(
        lambda item: ["automod" if flag.user is None else "user" for flag in item.flags],
        "list",
        EQ_IN,
    ),
    "appeal": Field(lambda item: item.appeal is not None, "bool", ONLY_EQ),
    "appeal_id": Field(lambda item: item.appeal.id if item.appeal else "", "str", ONLY_EQ),
    "appeal_status": Field(lambda item: item.appeal.status if item.appeal else "", "str", ONLY_EQ),
    "language": Field(lambda item: item.languages, "list", _WITHIN),
    "teams": Field(lambda item: [], "list", _WITHIN),
}

_SORTS = ("created_at", "updated_at", "severity", "reviewed_at", "flags_count", "id")


async def query(asked: Asked, wanted: QueryQueue) -> dict[str, Any]:
    if not 1 <= (wanted.lock_count or 25) <= 25:
        raise input_error("lock_count must be between 1 and 25")
    conditions = dict(wanted.filter or {})
    fits_range = _date_range(conditions.pop("date_range", None))
    fits = matching(conditions)
    items = [item for item in asked.world.judging.items.values() if fits(item) and fits_range(item)]
    kinds = {item.entity_type for item in items}
    answer: dict[str, Any] = {
        "items": [],
        "stats": _stats(items),
        "action_config": _offered(asked, kinds),
        "default_action_config": default_actions(kinds),
        "filter_config": _filter_config(asked),
    }
    if wanted.exclude_default_action_config:
        answer["default_action_config"] = {}
    if wanted.stats_only:
        return answer
    found = page_of(items, wanted, FIELDS, lambda item: item.id, _SORTS)
    if wanted.lock_items is not None:
        _lock(asked, wanted, found.rows)
    answer["items"] = [_rendered(asked, item) for item in found.rows]
    return {**answer, **found.tokens()}


async def get_item(asked: Asked) -> dict[str, Any]:
    return {"item": _rendered(asked, asked.world.judging.items[asked.path["id"]])}


def _rendered(asked: Asked, item: ReviewItem) -> dict[str, Any]:
    bans = [
        {**ban(one), "created_by": one.by}
        for one in asked.world.state.bans.values()
        if one.user is item.creator
    ]
    if item.locked_by is not None and item.locked_until <= asked.world.state.now():
        item.locked_by = None
    return item.wire(bans)


def _lock(asked: Asked, wanted: QueryQueue, rows: list[ReviewItem]) -> None:
    """Locks are cooperative: they mark items for others, and refuse nothing."""
    by = asked.world.state.users.get(asked.actor(wanted.user_id))
    now = asked.world.state.now()
    for item in rows[: wanted.lock_count or 25]:
        taken = item.locked_by is not None and item.locked_until > now
        if wanted.lock_items and (not taken or item.locked_by is by):
            item.locked_by, item.locked_until = by, now + (wanted.lock_duration or LOCK_SECONDS)
        elif not wanted.lock_items and item.locked_by is by:
            item.locked_by = None


def matching(conditions: dict[str, Any]) -> Test[ReviewItem]:
    """Which items fit; a key that is no field is looked up in moderation_payload.custom."""
    return compiled(
        conditions,
        FIELDS,
        lambda name: Field(lambda item: (item.payload.get("custom") or {}).get(name), "any"),
    )


def _date_range(text: object) -> Any:
    if text is None:
        return lambda item: True
    if isinstance(text, dict):
        text = text.get("$eq")
    try:
        first, last = (read_time(part) or 0.0 for part in str(text).split("_"))
    except ValueError:
        raise input_error("date_range must be two dates joined by _") from None
    return lambda item: first <= item.created_at <= last


def _stats(items: list[ReviewItem]) -> dict[str, Any]:
    reviewed = sum(1 for item in items if item.reviewed_at is not None)
    return {
        "total": len(items),
        "unreviewed": len(items) - reviewed,
        "reviewed": reviewed,
        "recommended_action": dict(Counter(item.recommended_action for item in items)),
    }


def _offered(asked: Asked, kinds: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The app's own actions where it has any, else the defaults."""
    defaults = default_actions(kinds)
    own = asked.world.inbox.actions_of(kinds)
    return {kind: own[kind] or defaults.get(kind, []) for kind in own}


def _filter_config(asked: Asked) -> dict[str, Any]:
    judging = asked.world.judging
    custom = {key for item in judging.items.values() for key in (item.payload.get("custom") or {})}
    return {
        "ai_text_labels": judging.list_labels(),
        "llm_labels": [],
        "ai_image_labels": [],
        "ai_image_taxonomy": {},
        "config_keys": sorted(judging.configs),
        "filterable_custom_keys": sorted(custom),
    }
