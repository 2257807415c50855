"""What judging needs of the gateway to Stream."""

from typing import Protocol

from console.engine.wire.check import CheckAnswer, CheckRequest


class CheckGateway(Protocol):
    """The one hot call."""

    async def check(self, request: CheckRequest, config_key: str = "") -> CheckAnswer:
        """Ask Stream for the verdict on one item.

        Raises:
            StreamRefusedError: RateLimitedError, RefusedError or UnreachableError.
        """
