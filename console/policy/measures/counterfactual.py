"""A policy compared with what moderators did: which line an act was about, who overturned whom."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from console.domain.act import Act, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.past import PastLine
from console.domain.results import Counterfactual
from console.domain.verdict import KEEP

LOOK_BACK_S = 120.0
"""An act is about something its target said at most so long before it was asked for."""

AUTOMATION = "automation"


def is_answer(act: Act, state: ReceiptState) -> bool:
    """Whether a person did it and it may be about something said; failed acts are not."""
    done = state is not ReceiptState.FAILED
    return done and spec_of(act.kind).sanction and act.by != AUTOMATION and not act.undo_of


def line_of_act(at: float, lines: Iterable[PastLine]) -> str | None:
    """The item that an act at ``at`` (unix seconds) on its speaker is about, or None.

    The last line before it that was raised, else the last line before it, within LOOK_BACK_S.
    """
    near = [line for line in lines if at - LOOK_BACK_S <= line.at <= at]
    near.sort(key=lambda line: line.at)
    about = next((line for line in reversed(near) if line.raised), near[-1] if near else None)
    return None if about is None else about.item_id


class Stand(StrEnum):
    """A policy and the moderators on one line. Anything else is neither raised nor acted on."""

    AGREED = "agreed"
    MISSED_BY_POLICY = "missed_by_policy"
    ONLY_POLICY = "only_policy"


def stand_of(action: str, acts_undone: Collection[bool]) -> Stand | None:
    """Where a recommended action stands beside acts on that line, each taken back or not."""
    acted = not all(acts_undone)
    if action == KEEP:
        return Stand.MISSED_BY_POLICY if acted else None
    return Stand.AGREED if acted else Stand.ONLY_POLICY


def count_line(
    counts: Counterfactual, action: str, acts_undone: Collection[bool], said: str
) -> None:
    """Count one line, for which ``said`` (empty when unknown) was shown at the time."""
    counts.judged += 1
    counts.acted += not all(acts_undone)
    taken_back = bool(acts_undone) and all(acts_undone)
    counts.undone += taken_back
    counts.raised_undone += taken_back and action != KEEP
    counts.said_differently += bool(said) and said != action
    match stand_of(action, acts_undone):
        case Stand.AGREED:
            counts.agreed += 1
        case Stand.MISSED_BY_POLICY:
            counts.missed_by_policy += 1
        case Stand.ONLY_POLICY:
            counts.only_policy += 1
