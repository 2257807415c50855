"""Mutes between users (chat, not calls), and checks by somebody else's model."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.wire import own_user


class Mute(Struct):
    """``target_id``: the old form, of one user (STREAM.md 12.5)."""

    target_ids: Annotated[list[str], Meta(max_length=1000)] = []
    target_id: str | None = None
    timeout: int | None = None
    user_id: str | None = None

    @property
    def targets(self) -> list[str]:
        """Whom it is about.

        Raises:
            ApiError: 400, it names nobody.
        """
        named = [*self.target_ids, *([self.target_id] if self.target_id else [])]
        if not named:
            raise input_error("target_ids is a required field")
        return named


class CustomFlag(Struct):
    type: Literal["custom_check_text", "custom_check_image", "custom_check_video"]
    labels: list[str] | None = None
    reason: str | None = None
    custom: dict[str, Any] | None = None


class CustomCheck(Struct):
    entity_type: str
    entity_id: str
    flags: Annotated[list[CustomFlag], Meta(min_length=1, max_length=10)]
    entity_creator_id: str | None = None
    moderation_payload: dict[str, Any] | None = None
    user_id: str | None = None


async def mute(asked: Asked, wanted: Mute) -> dict[str, Any]:
    by = asked.named_actor(wanted.user_id)
    users, accounts = asked.world.state.users, asked.world.accounts
    made = [accounts.mute(by, one, wanted.timeout) for one in wanted.targets if one in users]
    return {
        "mutes": [one.wire() for one in made],
        "non_existing_users": [one for one in wanted.targets if one not in users],
        "own_user": own_user(users[by], accounts.mutes_of(by)),
    }


async def unmute(asked: Asked, wanted: Mute) -> dict[str, Any]:
    by = asked.named_actor(wanted.user_id)
    for one in wanted.targets:
        asked.world.accounts.unmute(by, one)
    return {
        "non_existing_users": [one for one in wanted.targets if one not in asked.world.state.users]
    }


async def custom_check(asked: Asked, wanted: CustomCheck) -> dict[str, Any]:
    creator = wanted.entity_creator_id or wanted.user_id or ""
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
    return {"id": item.id, "status": item.status, "item": item.wire()}
