"""Roles of the app, and the permissions that there are (simplified: one for each capability)."""

from dataclasses import dataclass
from typing import Any

from console.sandbox.api_errors import input_error
from console.sandbox.call_types import OWN_CAPABILITIES
from console.sandbox.collection import Collection
from console.sandbox.rendering import fields

BUILT_IN = (
    "admin",
    "anonymous",
    "call_member",
    "channel_member",
    "channel_moderator",
    "global_admin",
    "global_moderator",
    "guest",
    "host",
    "moderator",
    "owner",
    "user",
)


@dataclass(slots=True, eq=False)
class Role:
    """A role that users or members can have."""

    name: str
    created_at: float
    custom: bool

    def wire(self) -> dict[str, Any]:
        """Role."""
        rendered = fields(self)
        return {**rendered, "updated_at": rendered["created_at"], "scopes": []}


def permissions() -> Collection[dict[str, Any]]:
    """What roles can be granted, by id."""
    found: Collection[dict[str, Any]] = Collection("permission {} does not exist")
    for name in sorted(OWN_CAPABILITIES):
        words = name.replace("-", " ")
        found[name] = {
            "id": name,
            "name": words.capitalize(),
            "action": words.title().replace(" ", ""),
            "description": f"May {words} in calls",
            "level": "app",
            "owner": False,
            "owner_resource": "",
            "same_team": False,
            "custom": False,
            "tags": ["Video"],
        }
    return found


class Roles(Collection[Role]):
    """The roles by name; those that Stream brings along cannot be deleted."""

    def __init__(self, now: float) -> None:
        super().__init__("role {} does not exist")
        self.update({name: Role(name, now, custom=False) for name in BUILT_IN})

    def add(self, name: str, now: float) -> Role:
        """A new role.

        Raises:
            ApiError: 400, there is one of this name.
        """
        if name in self:
            raise input_error(f"role {name} already exists")
        self[name] = role = Role(name, now, custom=True)
        return role

    def remove(self, name: str) -> None:
        """Delete a role.

        Raises:
            ApiError: 404, there is none; 400, it is one of Stream's own.
        """
        if not self[name].custom:
            raise input_error(f"role {name} cannot be deleted")
        del self[name]
