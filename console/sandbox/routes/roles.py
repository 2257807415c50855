"""Roles and permissions of the app."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.operation import Asked
from console.sandbox.roles import permissions


class NewRole(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=255)]


async def listed(asked: Asked) -> dict[str, Any]:
    return {"roles": [role.wire() for role in asked.world.roles.values()]}


async def search(asked: Asked) -> dict[str, Any]:
    """Roles whose names begin with ``query``, by name."""
    start, after = asked.query.get("query", "").casefold(), asked.query.get("name_gt", "")
    limit = asked.number("limit", 25, 100)
    found = sorted(
        name for name in asked.world.roles if name.casefold().startswith(start) and name > after
    )
    return {"roles": [asked.world.roles[name].wire() for name in found[:limit]]}


async def create(asked: Asked, wanted: NewRole) -> dict[str, Any]:
    return {"role": asked.world.roles.add(wanted.name, asked.world.state.now()).wire()}


async def delete(asked: Asked) -> None:
    asked.world.roles.remove(asked.path["name"])


async def list_permissions(asked: Asked) -> dict[str, Any]:
    return {"permissions": list(permissions().values())}


async def get_permission(asked: Asked) -> dict[str, Any]:
    return {"permission": permissions()[asked.path["id"]]}
