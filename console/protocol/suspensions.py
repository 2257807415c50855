"""Questions about suspended calls."""

from console.domain.suspended import HeldRights
from console.protocol.ask import Answer, Ask


class AskSuspension(Ask, frozen=True, tag="ask_suspension"):
    """Wanted: who waits for their rights in a call; answered by SuspensionAnswer."""

    cid: str


class SuspensionAnswer(Answer, frozen=True, tag="suspension", kw_only=True):
    """Answer to AskSuspension.

    Attributes:
        since: unix seconds; 0.0 where nothing is suspended.
    """

    asks = (AskSuspension,)

    cid: str = ""
    since: float = 0.0
    people: tuple[HeldRights, ...] = ()
