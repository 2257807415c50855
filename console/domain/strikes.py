"""How often somebody was sanctioned lately, and which act would come next. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of

LASTING_DAYS = 30
"""A sanction counts for so many days."""
INCIDENT_S = 60.0
"""Acts that follow each other within this time answer the same incident: one strike."""
LADDER = ("mute_audio", "revoke_audio", "kick", "block", "ban")
"""The act for the first strike, the second, and so on; the last one from then on."""

_DONE = (ReceiptState.ACCEPTED, ReceiptState.SEEN, ReceiptState.UNCONFIRMED)


class Strikes(Struct, frozen=True):
    """``count`` within LASTING_DAYS, the last at ``last_at`` (unix seconds; 0.0 without one).

    ``next_kind``: the act that the ladder has for the next one.
    """

    count: int = 0
    last_at: float = 0.0
    next_kind: str = LADDER[0]


def strikes_of(acts: Iterable[tuple[Act, Receipt]], now: float) -> Strikes:
    """The strikes of the person whom ``acts`` are about, in any order.

    What was taken back, or never left this machine, is no strike.
    """
    since = now - LASTING_DAYS * 86_400
    times = sorted(
        act.requested_at
        for act, receipt in acts
        if act.requested_at >= since and _counts(act, receipt)
    )
    count, last = 0, 0.0
    for at in times:
        if not last or at - last > INCIDENT_S:
            count += 1
        last = at
    return Strikes(count, last, LADDER[min(count, len(LADDER) - 1)])


def _counts(act: Act, receipt: Receipt) -> bool:
    if act.undo_of or receipt.undone_by or receipt.state not in _DONE:
        return False
    return spec_of(act.kind).sanction
