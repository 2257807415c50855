"""Analyze and labels: classification alone (STREAM.md 6.1)."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.domain.results import Judgement
from console.domain.verdict import Severity
from console.sandbox.fidelity.labelling import Labelled, NewLabels
from console.sandbox.filters import EQ_IN, Field
from console.sandbox.operation import Asked
from console.sandbox.query import Query, find


class Analyze(Struct):
    texts: Annotated[dict[str, str], Meta(min_length=1, max_length=100)]
    async_response: bool | None = None
    config_key: str | None = None
    entity_creator_id: str | None = None
    entity_id: str | None = None
    entity_type: str | None = None
    content_ids: dict[str, str] | None = None
    custom: dict[str, Any] | None = None
    user_id: str | None = None


_FIELDS: dict[str, Field[Labelled]] = {
    "id": Field(lambda one: one.id),
    "content_id": Field(lambda one: one.content_id),
    "content_type": Field(lambda one: one.content_type),
    "category": Field(lambda one: one.category),
    "policy": Field(lambda one: one.policy),
    "user_id": Field(lambda one: one.user_id),
    "recommended_action": Field(lambda one: one.judgement.action, "str", EQ_IN),
    "labels": Field(lambda one: list(one.judgement.labels), "list", EQ_IN),
    "created_at": Field(lambda one: one.created_at, "date"),
}


async def analyze(asked: Asked, wanted: Analyze) -> dict[str, Any]:
    """With ``async_response`` the answer comes as moderation.text_analysis.complete."""
    key = wanted.config_key or wanted.entity_type or ""
    ids = wanted.content_ids or {}
    user = asked.world.state.users.get(wanted.entity_creator_id or wanted.user_id or "")
    fields = {
        name: {
            "id": ids.get(name),
            "language": user.language if user else None,
            **_classified(asked.world.labelling.judge(key, text)),
        }
        for name, text in wanted.texts.items()
    }
    if not wanted.async_response:
        return {"status": "complete", "texts": fields}
    asked.world.state.emit(
        "moderation.text_analysis.complete",
        payload={
            "config_key": key,
            "entity_id": wanted.entity_id,
            "entity_type": wanted.entity_type,
            "entity_creator_id": wanted.entity_creator_id,
            "texts": fields,
            "custom": wanted.custom or {},
        },
    )
    return {"status": "pending"}


async def labels(asked: Asked, wanted: NewLabels) -> dict[str, Any]:
    return asked.world.labelling.label(wanted).answer()


async def query_results(asked: Asked) -> dict[str, Any]:
    found = find(asked.world.labelling.results, asked.body(Query), _FIELDS, lambda one: one.id)
    return found.answer("label_results", Labelled.wire)


def _classified(judgement: Judgement) -> dict[str, Any]:
    """AnalyzeTextField; severities are in upper case here."""
    worst: dict[str, Severity] = {}
    for match in judgement.matches:
        known = worst.get(match.label, Severity.NONE)
        worst[match.label] = max(known, match.severity, key=lambda one: one.rank)
    return {
        "action": judgement.action,
        "severity": None if judgement.action == "keep" else judgement.severity.value.upper(),
        "classifications": [
            {"name": label, "severity": severity.value.upper(), "confidence": 1.0}
            for label, severity in worst.items()
        ],
    }
