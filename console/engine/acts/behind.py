"""What an act changes behind those that were wanted before it and are still on their way. Pure."""

from collections.abc import Iterable

from console.domain.act import Act
from console.domain.acts.spec import CHANGED, ActSpec
from console.domain.acts.table import spec_of
from console.engine.acts.pending_acts import UNDER_WAY, Entry


def changes_behind(
    act: Act, user_id: str, changes: tuple[str, ...], earlier: Iterable[Entry]
) -> tuple[str, ...]:
    """What ``act`` changes for somebody.

    ``changes``: what it would change for them as they are now. What an ``earlier`` act on them is
    about to take back or to set, the other way round, is changed as well: the outbox sends it
    first.
    """
    spec = spec_of(act.kind)
    found = dict.fromkeys(changes)
    for entry in earlier:
        if entry.receipt.state not in UNDER_WAY or user_id in entry.seen:
            continue
        other = spec_of(entry.act.kind)
        here = other.app_wide or entry.act.cid == act.cid
        if here and user_id in entry.act.user_ids:
            found |= dict.fromkeys(_turned(act, spec, entry, other, user_id))
    return tuple(found)


def _turned(act: Act, spec: ActSpec, entry: Entry, other: ActSpec, user_id: str) -> tuple[str, ...]:
    """What the act changes because ``entry``, which does the opposite, is done before it."""
    if spec.permissions_of(act):
        opposite = spec.grants == other.revokes and spec.revokes == other.grants
        mine = spec.permissions_of(act)
        return tuple(p for p in entry.permissions.get(user_id, ()) if opposite and p in mine)
    opposite = spec.kind == other.undo or other.kind == spec.undo
    return CHANGED if opposite else ()
