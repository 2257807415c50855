"""Moderation rules (STREAM.md 7)."""

from typing import Any

from console.sandbox.call_rules import Rule
from console.sandbox.filters import Field
from console.sandbox.operation import Asked
from console.sandbox.query import Query, find
from console.sandbox.routes.answers import stored_part

_FIELDS: dict[str, Field[Rule]] = {
    "id": Field(lambda rule: rule.id),
    "name": Field(lambda rule: rule.name),
    "rule_type": Field(lambda rule: rule.document["rule_type"]),
    "enabled": Field(lambda rule: rule.document.get("enabled") is not False, "bool"),
    "created_at": Field(lambda rule: rule.created_at, "date"),
    "updated_at": Field(lambda rule: rule.updated_at, "date"),
}


async def upsert(asked: Asked, wanted: dict[str, Any]) -> dict[str, Any]:
    return {"rule": asked.world.call_rules.put(stored_part(wanted)).wire()}


async def get(asked: Asked) -> dict[str, Any]:
    return {"rule": asked.world.call_rules.rules[asked.path["id"]].wire()}


async def delete(asked: Asked) -> None:
    asked.world.call_rules.rules.drop(asked.path["id"])


async def query(asked: Asked) -> dict[str, Any]:
    rules = asked.world.call_rules.rules.values()
    sorts = ("created_at", "updated_at", "id", "name", "rule_type")
    found = find(rules, asked.body(Query), _FIELDS, lambda rule: rule.id, sorts)
    return {
        **found.answer("rules", Rule.wire),
        "closed_caption_labels": asked.world.judging.list_labels(),
        "keyframe_labels": [],
        "ocr_labels": [],
        "ai_image_label_definitions": [],
        "ai_image_subclassifications": {},
        "default_llm_labels": {},
        "default_username_llm_labels": {},
        "keyframe_label_classifications": {},
    }
