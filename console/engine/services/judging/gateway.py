"""What judging needs of the gateway to Stream."""

from typing import Protocol

from console.domain.item import Item
from console.engine.wire.check_answer import CheckAnswer


class CheckGateway(Protocol):
    """The one hot call."""

    async def check(self, item: Item, config_key: str = "") -> CheckAnswer:
        """Ask Stream for the verdict of one line.

        Raises:
            StreamRefusedError: RateLimitedError, RefusedError or UnreachableError.
        """
