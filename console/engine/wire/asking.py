"""The one thing that most parts need of the gateway to Stream."""

from typing import Any, Protocol


class Asking(Protocol):
    """What asks Stream. Raises StreamRefusedError's family, and nothing else."""

    async def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """One request; the answer as it came."""


class AskingAs(Asking, Protocol):
    """The same, where requests say who acts."""

    @property
    def actor(self) -> str:
        """Whom requests have to name as who acts; empty with a user token."""
