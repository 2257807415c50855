"""What other acts still hold of what an act set, so that its undo leaves it. Pure.

Somebody was kept from speaking by hand, and then by a mute that is kept up; or was banned for an
hour, and then for good. Whoever takes back the first must not lift the second.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.spec import CHANGED, ActSpec
from console.domain.acts.table import spec_of
from console.store.acts import StoredAct


class Standing(Struct, frozen=True):
    """Acts that hold what another act set.

    Attributes:
        held: for each person, the permissions or the state (CHANGED) that the undo has to leave.
        by: the newest act that holds any of it.
    """

    held: Mapping[str, frozenset[str]]
    by: Act | None = None

    def left(self, user_id: str, changes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of ``changes`` that nothing else holds."""
        held = self.held.get(user_id, frozenset())
        return tuple(each for each in changes if each not in held)


NOTHING_ELSE = Standing({})


def standing(original: StoredAct, acts: Sequence[StoredAct], now: float) -> Standing:
    """What of ``original`` the other ``acts`` hold, which are in the order in which they came.

    ``now``: unix seconds, for bans that have ended. Of an act before the original it is known that
    it held nothing any more where the original changed something.
    """
    mine = spec_of(original.act.kind)
    ids = [each.act.act_id for each in acts]
    place = ids.index(original.act.act_id) if original.act.act_id in ids else -1
    held: dict[str, frozenset[str]] = {}
    newest: Act | None = None
    for user_id in original.act.user_ids:
        holders: dict[str, Act] = {}
        wanted = original.changes.get(user_id) or mine.permissions_of(original.act) or CHANGED
        for at, other in enumerate(acts):
            known_before = at < place and user_id in original.changes
            if at == place or known_before or other.act.holding:
                continue
            if not _concerns(other, original.act, user_id):
                continue
            _follow(holders, other, mine, wanted, now)
        if holders:
            held[user_id] = frozenset(holders)
            latest = max(holders.values(), key=lambda act: act.requested_at)
            if newest is None or latest.requested_at > newest.requested_at:
                newest = latest
    return Standing(held, newest)


def _concerns(other: StoredAct, act: Act, user_id: str) -> bool:
    spec = spec_of(other.act.kind)
    here = spec.app_wide or other.act.cid == act.cid
    return here and user_id in other.act.user_ids


def _follow(
    holders: dict[str, Act], other: StoredAct, mine: ActSpec, wanted: tuple[str, ...], now: float
) -> None:
    """Note what ``other`` set, or that it lifted what one before it had set."""
    spec, act = spec_of(other.act.kind), other.act
    if other.receipt.state is ReceiptState.FAILED:
        return
    if mine.grants or mine.revokes:
        states = tuple(each for each in spec.permissions_of(act) if each in wanted)
        same, opposite = spec.grants == mine.grants, spec.grants != mine.grants
    else:
        states = CHANGED
        same, opposite = spec.undo == mine.undo, spec.kind == mine.undo
    for state in states:
        if opposite:
            holders.pop(state, None)
        elif same and not other.receipt.undone_by and not _ended(act, other.receipt, now):
            holders[state] = act


def _ended(act: Act, receipt: Receipt, now: float) -> bool:
    began = receipt.accepted_at or act.requested_at
    return act.minutes is not None and began + act.minutes * 60 <= now
