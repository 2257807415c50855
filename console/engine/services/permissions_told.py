"""What is known of the permissions of the people in one call. Pure.

Stream lists nobody's permissions but our own (STREAM.md 4.6): it tells them when they change.
"""

from collections.abc import Set

from console.domain.call import ASKABLE

HELD_UP_S = 0.1
"""An event that was made so long before another, or longer, is the older one: Stream's own machines
do not agree better than that."""


class PermissionsTold:
    """By user id.

    Attributes:
        capabilities: all that somebody may do, where an event told it.
        revoked: what was taken from them.
        made_at: when that was so (unix seconds of Stream's clock).
    """

    def __init__(self) -> None:
        self.capabilities: dict[str, frozenset[str]] = {}
        self.revoked: dict[str, frozenset[str]] = {}
        self.made_at: dict[str, float] = {}
        self._regained: dict[str, frozenset[str]] = {}
        """What was restored, and then seen in use."""

    def take(
        self,
        user_id: str,
        capabilities: frozenset[str],
        used: frozenset[str],
        made_at: float = 0.0,
    ) -> bool:
        """An event told all they may do; ``used``: what they must have had before.

        Returns whether it is so now: False for an event that was held up on its way, and that a
        newer one has overtaken. ``made_at``: unix seconds of Stream's clock; 0.0 if not known.
        """
        if made_at and made_at <= self.made_at.get(user_id, 0.0) - HELD_UP_S:
            return False
        self.made_at[user_id] = made_at
        before = self.capabilities.get(user_id, used) | self.taken_from(user_id)
        self.capabilities[user_id] = capabilities
        self.revoked[user_id] = (ASKABLE & before) - capabilities
        return True

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
