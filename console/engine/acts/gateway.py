"""What acts need of the gateway to Stream, and of what the engine knows of calls and people."""

from collections.abc import Sequence
from typing import Any, Protocol

from console.domain.call import Call, Participant


class ActsGateway(Protocol):
    """Requests in domain words. All raise StreamRefusedError's family, and nothing else."""

    async def mute(
        self, cid: str, track: str, *, user_ids: Sequence[str] = (), everyone: bool = False
    ) -> None:
        """Mute one track of some people, or of everyone; softly (STREAM.md 5.1)."""

    async def kick(self, cid: str, user_id: str) -> None:
        """Put a person out of a call (STREAM.md 5.2)."""

    async def block(self, cid: str, user_id: str) -> None:
        """Put a person out of a call for good."""

    async def unblock(self, cid: str, user_id: str) -> None:
        """Let a blocked person in again."""

    async def update_permissions(
        self, cid: str, user_id: str, *, grant: Sequence[str] = (), revoke: Sequence[str] = ()
    ) -> None:
        """Give and take permissions in a call (STREAM.md 5.3)."""

    async def ban(
        self, user_id: str, *, minutes: int | None, reason: str = "", ip_ban: bool = False
    ) -> None:
        """Ban from the app; ``minutes`` None is for good (STREAM.md 5.5)."""

    async def unban(self, user_id: str) -> None:
        """Lift a ban."""

    async def end_call(self, cid: str) -> None:
        """End a call for everyone."""

    async def call_state(self, cid: str) -> dict[str, Any]:
        """The raw answer of get_call."""

    async def find_user(self, user_id: str) -> dict[str, Any] | None:
        """The raw user; None when there is none of this id."""

    async def participants(
        self, cid: str, filter_conditions: dict[str, Any], *, limit: int = 100
    ) -> dict[str, Any]:
        """The raw answer of the participants query (STREAM.md 4.3)."""


class DirectoryView(Protocol):
    """What the directory knows, for decisions that need the state before an act."""

    def call(self, cid: str) -> Call | None:
        """The call, if it is active."""

    def person(self, cid: str, user_id: str) -> Participant | None:
        """One device of the person in the call, or what is known of them otherwise."""
