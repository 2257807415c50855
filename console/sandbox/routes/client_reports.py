"""Reports of clients about themselves: accepted and dropped."""

from typing import Any

from msgspec import Struct

from console.sandbox.operation import Asked, Operations

operations = Operations()


class Reports(Struct):
    events: list[dict[str, Any]] | None = None


@operations.add("ReportClientEvent", "POST", "/call_client_event", side="public")
async def report(asked: Asked) -> dict[str, Any]:
    """A browser client sends these before it has a user, too."""
    asked.body(Reports)
    return {}
