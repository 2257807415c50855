"""Which sanctions of the act log still hold. Pure.

What somebody lifts elsewhere, in Stream's dashboard or from another console, is not in the log.
"""

from collections.abc import Sequence

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of

_DONE = (ReceiptState.ACCEPTED, ReceiptState.SEEN, ReceiptState.UNCONFIRMED)


def in_force(acts: Sequence[tuple[Act, Receipt]], now: float) -> list[tuple[Act, Receipt]]:
    """Of ``acts``, oldest first, the sanctions that hold at ``now`` (unix seconds).

    One that was undone, has run out, or was lifted by a later act on the same person does not.
    """
    lifted: set[tuple[str, str, str]] = set()
    holding: list[tuple[Act, Receipt]] = []
    for act, receipt in reversed(acts):
        if receipt.state not in _DONE or receipt.outcome_unknown:
            continue
        spec = spec_of(act.kind)
        lasts = spec.sanction and spec.undo is not None and not receipt.undone_by
        ends = act.requested_at + 60.0 * act.minutes if act.minutes is not None else None
        place = "" if spec.app_wide else act.cid
        if lasts and (ends is None or ends > now):
            people = [one for one in act.user_ids if (act.kind, place, one) not in lifted]
            if people:
                holding.append((act, receipt))
                # The latest of one kind counts: an earlier ban is part of a longer one.
                lifted |= {(act.kind, place, one) for one in people}
        for kind in _lifts(act.kind):
            lifted |= {(kind, place, one) for one in act.user_ids}
    return holding[::-1]


def _lifts(kind: str) -> list[str]:
    undo = spec_of(kind).undo
    return [undo] if undo is not None and spec_of(undo).undo == kind else []
