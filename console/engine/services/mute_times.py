"""When people of a call were muted, so that what is older says nothing against it. Pure."""

from collections.abc import Iterable

MUTE_SETTLES_S = 2.0
"""How long after a mute lists of what is published may still name the track: the app of whoever was
muted has to stop it first."""


class MuteTimes:
    """By user id; times are unix seconds."""

    def __init__(self) -> None:
        self._muted_at: dict[str, float] = {}
        """When they were muted by Stream's clock, or by ours until Stream has told."""
        self._told_at: dict[str, float] = {}
        self._sent_at: dict[str, float] = {}

    def told(self, user_ids: Iterable[str], at: float, now: float) -> None:
        """Stream muted these people at ``at``, by its own clock, and tells it now."""
        for user_id in user_ids:
            self._muted_at[user_id] = at
            self._told_at[user_id] = now

    def sent(self, user_id: str, now: float, *, of_sound: bool) -> None:
        """A moderator muted them; ``of_sound``: their microphone."""
        # Stream's own time of this mute may have come before the answer.
        if of_sound and now - self._told_at.get(user_id, 0.0) > MUTE_SETTLES_S:
            self._muted_at[user_id] = now
        self._sent_at[user_id] = now

    def muted_since(self, user_id: str, began_at: float) -> bool:
        """Whether what they said from ``began_at`` on began before they were muted."""
        return began_at <= self._muted_at.get(user_id, float("-inf"))

    def settling(self, user_id: str, asked_at: float) -> bool:
        """Whether what they published at ``asked_at`` may still hold what was muted."""
        return asked_at < self._sent_at.get(user_id, 0.0) + MUTE_SETTLES_S

    def clear(self) -> None:
        """What comes next is newer than all of it."""
        for stamps in (self._muted_at, self._told_at, self._sent_at):
            stamps.clear()
