"""What is known of the permissions of the people in one call. Pure.

Stream lists nobody's permissions but our own (STREAM.md 4.6): it tells them when they change.
"""

from collections.abc import Set

from console.domain.call import ASKABLE


class PermissionsTold:
    """By user id.

    Attributes:
        capabilities: all that somebody may do, where an event told it.
        revoked: what was taken from them.
    """

    def __init__(self) -> None:
        self.capabilities: dict[str, frozenset[str]] = {}
        self.revoked: dict[str, frozenset[str]] = {}
        self._regained: dict[str, frozenset[str]] = {}
        """What was restored, and then seen in use."""

    def take(self, user_id: str, capabilities: frozenset[str], used: frozenset[str]) -> None:
        """An event told all they may do now; ``used``: what they must have had before."""
        before = self.capabilities.get(user_id, used) | self.taken_from(user_id)
        self.capabilities[user_id] = capabilities
        self.revoked[user_id] = (ASKABLE & before) - capabilities

    def restore(self, user_id: str, permission: str) -> bool:
        """It was taken from them while an earlier engine listened; whether that is news.

        What an event has told since, or they were seen to use, is newer.
        """
        known = self.taken_from(user_id) | self._regained.get(user_id, frozenset())
        if user_id in self.capabilities or permission in known:
            return False
        self.revoked[user_id] = self.taken_from(user_id) | {permission}
        return True

    def seen(self, user_id: str, permissions: Set[str | None]) -> bool:
        """They use these, so what was restored is not so any more; whether that is news."""
        before = self.taken_from(user_id)
        if user_id in self.capabilities or not before & permissions:
            return False
        self.revoked[user_id] = before - permissions
        again = self._regained.get(user_id, frozenset())
        self._regained[user_id] = again | (before & permissions)
        return True

    def taken_from(self, user_id: str) -> frozenset[str]:
        """What was taken from somebody."""
        return self.revoked.get(user_id, frozenset())
