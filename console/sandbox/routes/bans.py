"""Bans of the app."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.filters import TEXT, Field, compiled
from console.sandbox.operation import Asked
from console.sandbox.query import OffsetQuery, ordered
from console.sandbox.records import Ban as BanRecord


class Ban(Struct):
    target_user_id: str
    timeout: Annotated[int, Meta(ge=0)] | None = None
    reason: str | None = None
    shadow: bool | None = None
    ip_ban: bool | None = None
    channel_cid: str | None = None
    banned_by_id: str | None = None
    type: str | None = None
    id: str | None = None
    delete_messages: Literal["soft", "hard", "pruning", ""] | None = None


class Unban(Struct):
    unbanned_by_id: str | None = None


_FIELDS: dict[str, Field[BanRecord]] = {
    "user_id": Field(lambda ban: ban.user.id),
    "banned_by_id": Field(lambda ban: ban.by.id if ban.by else ""),
    "channel_cid": Field(lambda ban: ban.cid),
    "created_at": Field(lambda ban: ban.created_at, "date"),
    "reason": Field(lambda ban: ban.reason, "str", TEXT),
}
_SORTS = {"created_at": lambda ban: ban.created_at}


async def ban(asked: Asked, wanted: Ban) -> None:
    by = asked.actor(wanted.banned_by_id)
    asked.world.sanctions.ban(
        wanted.target_user_id,
        by,
        minutes=wanted.timeout,
        reason=wanted.reason or "",
        shadow=bool(wanted.shadow),
        ip=bool(wanted.ip_ban),
        cid=wanted.channel_cid or _cid(wanted.type, wanted.id),
    )
    if wanted.delete_messages:
        hard = wanted.delete_messages == "hard"
        asked.world.chat.delete_all_of(wanted.target_user_id, by, hard=hard)


async def unban(asked: Asked) -> None:
    target = asked.query.get("target_user_id", "")
    if not target:
        raise input_error("target_user_id is a required field")
    wanted = asked.body(Unban)
    asked.world.sanctions.unban(
        target,
        asked.actor(wanted.unbanned_by_id or asked.query.get("created_by")),
        cid=asked.query.get("channel_cid") or _cid(asked.query.get("type"), asked.query.get("id")),
    )


async def query_banned(asked: Asked) -> dict[str, Any]:
    wanted = asked.payload(OffsetQuery)
    fits = compiled(wanted.filter_conditions, _FIELDS)
    bans = [one for one in asked.world.state.bans_now() if fits(one)]
    rows = ordered(bans, wanted.sort, _SORTS, "created_at", lambda one: f"{one.user.id} {one.cid}")
    first = wanted.offset or 0
    last = first + (100 if wanted.limit is None else wanted.limit)
    return {"bans": [wire.ban(one) for one in rows[first:last]]}


def _cid(kind: str | None, identifier: str | None) -> str:
    """What a ban is of, where it is named in two parts; empty for the app."""
    return f"{kind}:{identifier}" if kind and identifier else ""
