"""What acts need of the gateway to Stream, and of what the engine knows of calls and people."""

from collections.abc import Collection
from typing import Any, Protocol

from console.domain.call import Call, Participant
from console.engine.wire.asking import AskingAs
from console.engine.wire.events import User

LOOK_LIMIT = 100
"""Devices in one answer of the participants query; the rest is cut off (STREAM.md 4.3)."""


class ActsGateway(AskingAs, Protocol):
    """Stream's REST API. Everything raises StreamRefusedError's family, and nothing else.

    Attributes:
        user_id: whoever is signed in.
    """

    user_id: str

    async def act(
        self,
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        *,
        method: str = "POST",
    ) -> str:
        """One request that changes something, judged by the status of its answer alone.

        Returns the id of the task that does it, where Stream does it later (STREAM.md 5.6).
        """

    async def find_user(self, user_id: str) -> User | None:
        """The user, deactivated or not; None when there is none of this id."""

    async def find_users(self, user_ids: Collection[str]) -> list[User]:
        """Those of up to LOOK_LIMIT users that Stream knows, deactivated or not."""

    async def participants(
        self, cid: str, filter_conditions: dict[str, Any], *, limit: int = LOOK_LIMIT
    ) -> dict[str, Any]:
        """The raw answer of the participants query (STREAM.md 4.3)."""


class DirectoryView(Protocol):
    """What the directory knows, for decisions that need the state before an act."""

    def call(self, cid: str) -> Call | None:
        """The call, if it is active."""

    def person(self, cid: str, user_id: str) -> Participant | None:
        """One device of the person in the call, or what is known of them otherwise."""

    def devices(self, cid: str, user_id: str) -> frozenset[str]:
        """The person's devices in the call (user_session_ids), as far as they are known."""
