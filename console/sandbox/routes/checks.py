"""The check of content by a policy (STREAM.md 6.1)."""

import asyncio
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.judging import Content
from console.sandbox.operation import Asked

IMAGES_TAKE = 0.3
"""Seconds until images were looked at."""


class Payload(Struct):
    texts: list[str] | None = None
    images: Annotated[list[str], Meta(max_length=30)] | None = None
    videos: list[str] | None = None
    custom: dict[str, Any] | None = None


class Check(Struct):
    entity_type: str
    entity_id: str
    entity_creator_id: str
    moderation_payload: Payload | None = None
    config_key: str | None = None
    config_team: str | None = None
    config: dict[str, Any] | None = None
    test_mode: bool | None = None
    options: dict[str, Any] | None = None


async def check(asked: Asked, wanted: Check) -> dict[str, Any]:
    payload = wanted.moderation_payload or Payload()
    content = Content(
        entity_type=wanted.entity_type,
        entity_id=wanted.entity_id,
        creator_id=wanted.entity_creator_id,
        payload={
            "texts": payload.texts or [],
            "images": payload.images or [],
            "videos": payload.videos or [],
            "custom": payload.custom or {},
        },
        config_key=wanted.config_key or wanted.entity_type,
        team=wanted.config_team or "",
        test_config=wanted.config,
        test_mode=bool(wanted.test_mode),
    )
    at_once = bool((wanted.options or {}).get("force_sync"))
    judging = asked.world.judging
    outcome = judging.check(content, images_later=not at_once)
    answer: dict[str, Any] = {"recommended_action": outcome.action, "status": "complete"}
    if outcome.pending:
        answer["status"] = "partial"
        asyncio.get_running_loop().call_later(IMAGES_TAKE, judging.finish, content)
    if outcome.item is not None:
        answer["item"] = outcome.item.wire()
    return answer
