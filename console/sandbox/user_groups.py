"""Groups of users, with members and admins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.api_errors import input_error
from console.sandbox.collection import Collection
from console.sandbox.rendering import fields
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

MAX_MEMBERS = 100


@dataclass(slots=True, eq=False)
class UserGroup:
    """One group; ``members`` holds when somebody was added and whether they are an admin."""

    id: str
    name: str
    created_at: float
    updated_at: float
    created_by: str = ""
    description: str = ""
    team_id: str = ""
    members: dict[str, tuple[float, bool]] = field(default_factory=dict)

    def wire(self) -> dict[str, Any]:
        """UserGroupResponse."""
        texts = {name: getattr(self, name) or None for name in _OPTIONAL}
        members = [
            {
                "app_pk": 1,
                "group_id": self.id,
                "user_id": user_id,
                "is_admin": admin,
                "created_at": Stamp(since),
            }
            for user_id, (since, admin) in self.members.items()
        ]
        return {**fields(self, "members", *_OPTIONAL), **texts, "members": members}


_OPTIONAL = ("created_by", "description", "team_id")


class UserGroups(Collection[UserGroup]):
    """The groups by id."""

    def __init__(self, state: State) -> None:
        super().__init__("user group {} does not exist")
        self._state = state

    def create(
        self, name: str, by: str, *, group_id: str, description: str, team_id: str
    ) -> UserGroup:
        """A new group without members; its id is made up where none is given.

        Raises:
            ApiError: 400, there is one of this id.
        """
        if group_id in self:
            raise input_error(f"user group {group_id} already exists")
        now = self._state.now()
        made = UserGroup(group_id or self._state.new_id(), name, now, now, by, description, team_id)
        self[made.id] = made
        return made

    def add(self, group: UserGroup, user_ids: Iterable[str], *, admin: bool = False) -> None:
        """Add members; those who are in it become admins, or none any more.

        Raises:
            ApiError: 404, a user does not exist; 400, the group would be too large.
        """
        wanted = [self._state.users[user_id].id for user_id in user_ids]
        if len({*group.members, *wanted}) > MAX_MEMBERS:
            raise input_error(f"a user group may have {MAX_MEMBERS} members")
        now = self._state.now()
        for user_id in wanted:
            since, _ = group.members.get(user_id, (now, False))
            group.members[user_id] = (since, admin)
        group.updated_at = now

    def remove(self, group: UserGroup, user_ids: Iterable[str]) -> None:
        """Remove members; others change nothing."""
        for user_id in user_ids:
            group.members.pop(user_id, None)
        group.updated_at = self._state.now()
