"""Reports of clients about themselves: accepted and dropped."""

from typing import Any

from msgspec import Struct

from console.sandbox.operation import Asked


class Reports(Struct):
    events: list[dict[str, Any]] | None = None


async def report(asked: Asked) -> None:
    """A browser client sends these before it has a user, too."""
    asked.body(Reports)
