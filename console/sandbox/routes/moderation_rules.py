"""Moderation rules (STREAM.md 7)."""

from typing import Any

from msgspec import Struct

from console.sandbox.call_rules import Rule
from console.sandbox.operation import Asked, Operations
from console.sandbox.query import Field, SortParam, compiled, ordered, page

operations = Operations()


class QueryRules(Struct):
    filter: dict[str, Any] | None = None
    sort: list[SortParam] | None = None
    limit: int | None = None
    next: str | None = None
    prev: str | None = None


_FIELDS: dict[str, Field[Rule]] = {
    "id": Field(lambda rule: rule.id),
    "name": Field(lambda rule: rule.name),
    "rule_type": Field(lambda rule: rule.document["rule_type"]),
    "enabled": Field(lambda rule: rule.document.get("enabled") is not False, "bool"),
    "created_at": Field(lambda rule: rule.created_at, "date"),
    "updated_at": Field(lambda rule: rule.updated_at, "date"),
}


@operations.add(
    "UpsertModerationRule", "POST", "/moderation/moderation_rule", family="v2", side="server"
)
async def upsert(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(dict[str, Any])
    document = {
        name: value
        for name, value in wanted.items()
        if value is not None and name not in ("user", "user_id")
    }
    return {"rule": asked.world.call_rules.put(document).wire()}


@operations.add(
    "GetModerationRule", "GET", "/moderation/moderation_rule/{id}", family="v2", side="server"
)
async def get(asked: Asked) -> dict[str, Any]:
    return {"rule": asked.world.call_rules.find(asked.path["id"]).wire()}


@operations.add(
    "DeleteModerationRule",
    "DELETE",
    "/moderation/moderation_rule/{id}",
    family="v2",
    side="server",
)
async def delete(asked: Asked) -> dict[str, Any]:
    rule = asked.world.call_rules.find(asked.path["id"])
    del asked.world.call_rules.rules[rule.id]
    return {}


@operations.add(
    "QueryModerationRules", "POST", "/moderation/moderation_rules", family="v2", side="server"
)
async def query(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(QueryRules)
    fits = compiled(wanted.filter, _FIELDS)
    rows = ordered(
        [rule for rule in asked.world.call_rules.rules.values() if fits(rule)],
        wanted.sort,
        {name: one.read for name, one in _FIELDS.items() if name != "enabled"},
        "created_at",
        lambda rule: rule.id,
    )
    found = page(
        rows,
        lambda rule: rule.id,
        limit=wanted.limit,
        following=wanted.next,
        before=wanted.prev,
    )
    lists = asked.world.judging.blocklists
    labels = sorted({str(one.get("label") or name) for name, one in lists.items()})
    return {
        "rules": [rule.wire() for rule in found.rows],
        "closed_caption_labels": labels,
        "keyframe_labels": [],
        "ocr_labels": [],
        "ai_image_label_definitions": [],
        "ai_image_subclassifications": {},
        "default_llm_labels": {},
        "default_username_llm_labels": {},
        "keyframe_label_classifications": {},
        **found.tokens(),
    }
