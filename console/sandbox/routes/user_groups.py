"""Groups of users."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.operation import Asked
from console.sandbox.user_groups import UserGroup

Ids = Annotated[list[str], Meta(max_length=100)]


class NewGroup(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=255)]
    id: str | None = None
    description: str | None = None
    team_id: str | None = None
    member_ids: Ids | None = None


class ChangedGroup(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    description: str | None = None
    team_id: str | None = None


class Members(Struct):
    member_ids: Annotated[list[str], Meta(min_length=1, max_length=100)]
    as_admin: bool | None = None
    team_id: str | None = None


async def create(asked: Asked, wanted: NewGroup) -> dict[str, Any]:
    groups, users = asked.world.user_groups, asked.world.state.users
    members = [users[user_id].id for user_id in wanted.member_ids or ()]
    group = groups.create(
        wanted.name,
        asked.who.user_id,
        group_id=wanted.id or "",
        description=wanted.description or "",
        team_id=wanted.team_id or "",
    )
    groups.add(group, members)
    return _answer(group)


async def get(asked: Asked) -> dict[str, Any]:
    return _answer(_group(asked))


async def listed(asked: Asked) -> dict[str, Any]:
    return _found(asked, "")


async def search(asked: Asked) -> dict[str, Any]:
    return _found(asked, asked.query.get("query", "").casefold())


async def update(asked: Asked, wanted: ChangedGroup) -> dict[str, Any]:
    group = _group(asked)
    group.name = wanted.name or group.name
    if wanted.description is not None:
        group.description = wanted.description
    group.team_id = wanted.team_id or group.team_id
    group.updated_at = asked.world.state.now()
    return _answer(group)


async def delete(asked: Asked) -> None:
    asked.world.user_groups.drop(asked.path["id"])


async def add_members(asked: Asked, wanted: Members) -> dict[str, Any]:
    group = _group(asked)
    asked.world.user_groups.add(group, wanted.member_ids, admin=bool(wanted.as_admin))
    return _answer(group)


async def remove_members(asked: Asked, wanted: Members) -> dict[str, Any]:
    group = _group(asked)
    asked.world.user_groups.remove(group, wanted.member_ids)
    return _answer(group)


def _group(asked: Asked) -> UserGroup:
    return asked.world.user_groups[asked.path["id"]]


def _answer(group: UserGroup) -> dict[str, Any]:
    return {"user_group": group.wire()}


def _found(asked: Asked, start: str) -> dict[str, Any]:
    """Groups of the team whose names begin with ``start``, by name and id."""
    team, limit = asked.query.get("team_id", ""), asked.number("limit", 25, 100)
    after = (asked.query.get("name_gt", ""), asked.query.get("id_gt", ""))
    rows = sorted(
        (group.name, group.id)
        for group in asked.world.user_groups.values()
        if group.name.casefold().startswith(start) and (not team or group.team_id == team)
    )
    by_id = not after[0]
    rows = [row for row in rows if (row[1] > after[1] if by_id else row > after)]
    rows.sort(key=lambda row: row[1] if by_id and after[1] else row)
    return {"user_groups": [asked.world.user_groups[each].wire() for _, each in rows[:limit]]}
