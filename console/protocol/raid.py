"""Questions about people of a call who may have come together."""

from console.domain.alike import Alike
from console.protocol.ask import Answer, Ask


class AskRaid(Ask, frozen=True, tag="ask_raid"):
    """Wanted: who in a call joined lately, and who are alike; answered by RaidAnswer."""

    newest_only = True

    cid: str
    minutes: int


class RaidAnswer(Answer, frozen=True, tag="raid", kw_only=True):
    """Answer to AskRaid; of people who are in the call now.

    Attributes:
        joined: ids of those who joined in the last ``minutes``.
        names, lines: groups whose names, or whose lines of late, are alike; the largest first.
    """

    asks = (AskRaid,)

    cid: str = ""
    minutes: int = 0
    joined: tuple[str, ...] = ()
    names: tuple[Alike, ...] = ()
    lines: tuple[Alike, ...] = ()
