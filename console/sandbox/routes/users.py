"""Users: query and upsert."""

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.filters import EQ_IN, RANGE, TEXT, Field, compiled
from console.sandbox.operation import Asked
from console.sandbox.query import OffsetQuery, ordered
from console.sandbox.records import User
from console.sandbox.wire import FullUser


class QueryUsers(OffsetQuery):
    limit: Annotated[int, Meta(ge=0, le=100)] | None = None
    offset: Annotated[int, Meta(ge=0, le=1000)] | None = None
    id_gt: str | None = None
    id_gte: str | None = None
    id_lt: str | None = None
    id_lte: str | None = None
    include_deactivated_users: bool | None = None


class UserRequest(Struct):
    id: str
    name: str | None = None
    role: str | None = None
    image: str | None = None
    language: str | None = None
    custom: dict[str, Any] | None = None
    teams: list[str] | None = None
    teams_role: dict[str, str] | None = None
    privacy_settings: dict[str, dict[str, bool] | None] | None = None
    invisible: bool | None = None


class UpsertUsers(Struct):
    users: Annotated[dict[str, UserRequest], Meta(max_length=100)]


_FIELDS: dict[str, Field[User]] = {
    "id": Field(lambda user: user.id, "str", RANGE | {"$autocomplete"}),
    "name": Field(lambda user: user.name, "str", TEXT),
    "role": Field(lambda user: user.role),
    "banned": Field(lambda user: user.banned, "bool", EQ_IN),
    "shadow_banned": Field(lambda user: user.shadow_banned, "bool", EQ_IN),
    "online": Field(lambda user: user.online, "bool", EQ_IN),
    "teams": Field(lambda user: user.teams, "list", TEXT),
    "created_at": Field(lambda user: user.created_at, "date"),
    "updated_at": Field(lambda user: user.updated_at, "date"),
    "last_active": Field(lambda user: user.last_active or None, "date"),
}


class _Sorts(dict[str, Callable[[User], Any]]):
    """What users can be sorted by: their own fields, and any of their custom data."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name) or _custom(name).read


async def query_users(asked: Asked) -> dict[str, Any]:
    wanted = asked.payload(QueryUsers)
    limit = 30 if wanted.limit is None else wanted.limit
    offset = wanted.offset or 0
    fits = compiled(wanted.filter_conditions, _FIELDS, _custom)
    rows = [
        user
        for user in asked.world.state.users.values()
        if not user.deleted_at
        and (wanted.include_deactivated_users or not user.deactivated_at)
        and fits(user)
        and _within(wanted, user.id)
    ]
    sorts = _Sorts({name: field.read for name, field in _FIELDS.items() if name != "teams"})
    rows = ordered(rows, wanted.sort, sorts, "created_at", lambda user: user.id)
    return {"users": [FullUser(user) for user in rows[offset : offset + limit]]}


async def upsert_users(asked: Asked, wanted: UpsertUsers) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, request in wanted.users.items():
        if key != request.id:
            raise input_error(f"the key {key} is not the id {request.id}")
        if not asked.who.server and request.id != asked.who.user_id:
            raise not_allowed("a user may change only their own user object")
        if not asked.who.server and request.role not in (None, getattr(asked.caller, "role", "")):
            raise not_allowed("a user may not change their own role")
        earlier = asked.world.state.users.get(request.id)
        user = asked.world.add_user(
            request.id,
            request.name or "",
            role=request.role or (earlier.role if earlier else "user"),
            language=request.language or (earlier.language if earlier else "en"),
            custom=request.custom or {},
            image=request.image or "",
        )
        user.teams = request.teams or []
        user.teams_role = request.teams_role or {}
        user.invisible = bool(request.invisible)
        given = request.privacy_settings or {}
        user.privacy |= {name: each for name, each in given.items() if each is not None}
        user.touch()
        changed[user.id] = FullUser(user)
        if earlier is not None:
            asked.world.state.emit("user.updated", payload={"user": user, "custom": {}})
    return {"users": changed, "membership_deletion_task_id": ""}


def _within(wanted: QueryUsers, user_id: str) -> bool:
    return (
        (wanted.id_gt is None or user_id > wanted.id_gt)
        and (wanted.id_gte is None or user_id >= wanted.id_gte)
        and (wanted.id_lt is None or user_id < wanted.id_lt)
        and (wanted.id_lte is None or user_id <= wanted.id_lte)
    )


def _custom(name: str) -> Field[User]:
    return Field(lambda user: user.custom.get(name), "any", TEXT)
