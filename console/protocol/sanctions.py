"""Everything in force: what lasts of what was done to people, over all calls."""

from msgspec import Struct

from console.domain.sanction import Sanction
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class SanctionsChanged(Push, frozen=True, tag="sanctions_changed"):
    """Sanctions in force.

    Attributes:
        gone: ids of those that are over.
        whole: there are no others.
    """

    merge = Merge("changed", key=lambda sanction: sanction.sanction_id, removed="gone")

    changed: tuple[Sanction, ...] = ()
    gone: tuple[str, ...] = ()
    whole: bool = False


class SanctionCounts(Struct, frozen=True):
    """What became of the sanctions of this sign-in.

    Attributes:
        set: those that acts of this console made, soft mutes not among them.
        lifted: those of them that were taken back, by a clock or by hand.
        outlived: those that were still in force ten seconds after their time was over.
        wrongly_lifted: those that were taken back although somebody else wanted them, too.
        refused: sanctions that found no room on the board.
    """

    set: int = 0
    lifted: int = 0
    outlived: int = 0
    wrongly_lifted: int = 0
    refused: int = 0


class LiftSanction(Ask, frozen=True, tag="lift_sanction"):
    """Take a sanction back now, whoever wanted it; a receipt tells what becomes of it."""

    repeatable = False

    sanction_id: str


class LiftSanctions(Ask, frozen=True, tag="lift_sanctions"):
    """Take several back by one press: their acts are taken back together by one undo."""

    repeatable = False

    sanction_ids: tuple[str, ...]


class TimeSanction(Ask, frozen=True, tag="time_sanction"):
    """Let a sanction that this console made end in so many minutes; None: by hand only."""

    repeatable = False

    sanction_id: str
    minutes: float | None


class SanctionAnswer(Answer, frozen=True, tag="sanction_answer", kw_only=True):
    """It was done, or the sentence says why not.

    Attributes:
        lifting: how many are being taken back now. left: how many of those that were asked for are
            not, for the first reason in ``why``.
    """

    asks = (LiftSanction, LiftSanctions, TimeSanction)

    lifting: int = 0
    left: int = 0
    why: str = ""
