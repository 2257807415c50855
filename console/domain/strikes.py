"""How often somebody was sanctioned lately. Pure."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.acts.warn import BLUR, WARN

LASTING_DAYS = 30
"""A sanction counts for so many days."""
INCIDENT_S = 60.0
"""Acts that follow each other within this time answer the same incident: one strike."""

_ASKS_THE_APP = frozenset((WARN, BLUR))
"""Takes nothing from the person: their app may do it, or not."""
_DONE = (ReceiptState.ACCEPTED, ReceiptState.SEEN, ReceiptState.UNCONFIRMED)


class Strikes(Struct, frozen=True):
    """``count`` within LASTING_DAYS, the last at ``last_at`` (unix seconds; 0.0 without one)."""

    count: int = 0
    last_at: float = 0.0


def strikes_of(acts: Iterable[tuple[Act, Receipt]], now: float) -> Strikes:
    """The strikes of the person whom ``acts`` are about, in any order.

    What was taken back, or never left this machine, is no strike, nor what only asks their app for
    something. The mute of a press has no undo; it goes with what else that press did, once all of
    that which could be taken back was.
    """
    acts = tuple(acts)
    taken_back = _presses_taken_back(acts)
    since = now - LASTING_DAYS * 86_400
    times = sorted(
        act.requested_at
        for act, receipt in acts
        if act.requested_at >= since and act.together not in taken_back and _counts(act, receipt)
    )
    count, last = 0, 0.0
    for at in times:
        if not last or at - last > INCIDENT_S:
            count += 1
        last = at
    return Strikes(count, last)


def _presses_taken_back(acts: Sequence[tuple[Act, Receipt]]) -> set[str]:
    """The presses of which something was taken back, and nothing that could be still stands."""
    of_presses = [(act, receipt) for act, receipt in acts if act.together and not act.undo_of]
    undone = {act.together for act, receipt in of_presses if receipt.overturned}
    return undone - {
        act.together for act, receipt in of_presses if receipt.undoable and not receipt.undone_by
    }


def _counts(act: Act, receipt: Receipt) -> bool:
    if act.undo_of or receipt.overturned or receipt.state not in _DONE:
        return False
    return spec_of(act.kind).sanction and act.kind not in _ASKS_THE_APP
