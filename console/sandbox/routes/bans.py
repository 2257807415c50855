"""Bans of the app."""

from typing import Any

from msgspec import Struct

from console.sandbox import wire
from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.operation import Asked, Operations

operations = Operations()

STAFF = ("admin", "moderator", "global_admin", "global_moderator")


class Ban(Struct):
    target_user_id: str
    timeout: int | None = None
    reason: str | None = None
    shadow: bool | None = None
    ip_ban: bool | None = None
    channel_cid: str | None = None
    banned_by_id: str | None = None


class Unban(Struct):
    unbanned_by_id: str | None = None


class QueryBanned(Struct):
    filter_conditions: dict[str, Any] | None = None
    limit: int | None = None
    offset: int | None = None


def only_staff(asked: Asked, action: str) -> None:
    """Refuse users who are not staff of the app.

    Raises:
        ApiError: 403 code 17.
    """
    user = asked.caller
    if not asked.who.server and (user is None or user.role not in STAFF):
        raise not_allowed(
            f"User '{asked.who.user_id}' with role '{user.role if user else ''}' is not allowed "
            f"to perform action {action}"
        )


@operations.add("Ban", "POST", "/moderation/ban", family="v2")
async def ban(asked: Asked) -> dict[str, Any]:
    only_staff(asked, "BanUser")
    wanted = asked.body(Ban)
    if wanted.timeout is not None and wanted.timeout < 0:
        raise input_error("timeout must be a number of minutes")
    asked.world.sanctions.ban(
        wanted.target_user_id,
        asked.actor(wanted.banned_by_id),
        minutes=wanted.timeout,
        reason=wanted.reason or "",
        shadow=bool(wanted.shadow),
        ip=bool(wanted.ip_ban),
        cid=wanted.channel_cid or "",
    )
    return {}


@operations.add("Unban", "POST", "/moderation/unban", family="v2", side="server")
async def unban(asked: Asked) -> dict[str, Any]:
    target = asked.query.get("target_user_id", "")
    if not target:
        raise input_error("target_user_id is a required field")
    wanted = asked.body(Unban)
    asked.world.sanctions.unban(
        target,
        asked.actor(wanted.unbanned_by_id or asked.query.get("created_by")),
        cid=asked.query.get("channel_cid", ""),
    )
    return {}


@operations.add("QueryBannedUsers", "GET", "/chat/query_banned_users", family="v2")
async def query_banned(asked: Asked) -> dict[str, Any]:
    wanted = asked.payload(QueryBanned)
    state = asked.world.state
    bans = [one for (_, _), one in list(state.bans.items()) if state.ban_on(one.user, one.cid)]
    conditions = wanted.filter_conditions or {}
    ids = conditions.get("user_id")
    if isinstance(ids, dict):
        ids = ids.get("$in", [ids.get("$eq")])
    if ids is not None:
        allowed = [ids] if isinstance(ids, str) else list(ids)
        bans = [one for one in bans if one.user.id in allowed]
    first = wanted.offset or 0
    last = first + (100 if wanted.limit is None else wanted.limit)
    return {"bans": [wire.ban(one) for one in bans[first:last]]}
