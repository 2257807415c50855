"""Mutes between users (chat, not calls), and checks by somebody else's model."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.wire import own_user

MAX_TARGETS = 1000
CUSTOM_TYPES = ("custom_check_text", "custom_check_image", "custom_check_video")


class Mute(Struct):
    target_ids: list[str]
    timeout: int | None = None
    user_id: str | None = None


class CustomFlag(Struct):
    type: str
    labels: list[str] | None = None
    reason: str | None = None
    custom: dict[str, Any] | None = None


class CustomCheck(Struct):
    entity_type: str
    entity_id: str
    flags: list[CustomFlag]
    entity_creator_id: str | None = None
    moderation_payload: dict[str, Any] | None = None
    user_id: str | None = None


async def mute(asked: Asked) -> dict[str, Any]:
    wanted, by = _wanted(asked)
    users, accounts = asked.world.state.users, asked.world.accounts
    made = [accounts.mute(by, one, wanted.timeout) for one in wanted.target_ids if one in users]
    return {
        "mutes": [one.wire() for one in made],
        "non_existing_users": [one for one in wanted.target_ids if one not in users],
        "own_user": own_user(users[by], accounts.mutes_of(by)),
    }


async def unmute(asked: Asked) -> dict[str, Any]:
    wanted, by = _wanted(asked)
    for one in wanted.target_ids:
        asked.world.accounts.unmute(by, one)
    return {
        "non_existing_users": [
            one for one in wanted.target_ids if one not in asked.world.state.users
        ]
    }


async def custom_check(asked: Asked, wanted: CustomCheck) -> dict[str, Any]:
    if not 1 <= len(wanted.flags) <= 10:
        raise input_error("flags must hold 1 to 10 entries")
    for flag in wanted.flags:
        if flag.type not in CUSTOM_TYPES:
            raise input_error(f"flag type must be one of {', '.join(CUSTOM_TYPES)}")
    creator = wanted.entity_creator_id or wanted.user_id or ""
    item = None
    for flag in wanted.flags:
        item = asked.world.reviews.report(
            wanted.entity_type,
            wanted.entity_id,
            creator,
            wanted.moderation_payload or {},
            reason=flag.reason or "",
            custom=flag.custom or {},
            by="",
        )
        item.flags[-1].type = flag.type
        item.flags[-1].labels = list(flag.labels or ())
    if item is None:
        return {}
    return {"id": item.id, "status": item.status, "item": item.wire()}


def _wanted(asked: Asked) -> tuple[Mute, str]:
    wanted = asked.body(Mute)
    by = asked.named_actor(wanted.user_id)
    if not 1 <= len(wanted.target_ids) <= MAX_TARGETS:
        raise input_error(f"target_ids must hold 1 to {MAX_TARGETS} ids")
    return wanted, by
