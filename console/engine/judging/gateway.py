"""What judging needs of the gateway to Stream."""

from typing import Protocol

from msgspec import Struct

from console.domain.utterance import Utterance
from console.domain.verdict import Severity


class CheckAnswer(Struct, frozen=True, kw_only=True):
    """What Stream said of one line (STREAM.md 6.1), in our words.

    Attributes:
        action: recommended action, in Stream's words.
        confidence: 0.0 to 1.0, or None when the answer gives none.
        rule: the deciding rule's or list's name; empty when not told.
        status: complete, partial, or whatever else Stream says.
    """

    action: str
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NONE
    confidence: float | None = None
    rule: str = ""
    status: str = ""


class CheckGateway(Protocol):
    """The one hot call."""

    async def check(self, utterance: Utterance, config_key: str) -> CheckAnswer:
        """Ask Stream for the verdict of one line.

        Raises:
            StreamRefusedError: RateLimitedError, RefusedError or UnreachableError.
        """
