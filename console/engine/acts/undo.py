"""What an act changes, and what therefore takes it back. Pure.

An undo puts back what the act changed and nothing else: a revoke of a permission that was missing
already is not taken back by granting it, and undoing a ban does not lift an earlier one.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from console.domain.act import Act, Receipt
from console.domain.acts.table import spec_of
from console.domain.call import Participant


def changes_of(act: Act, person: Participant | None) -> tuple[str, ...] | None:
    """What ``act`` changes for ``person`` as they are now; None when that is not known.

    Permissions for grants and revokes, CHANGED for other states, empty for no change.
    """
    spec = spec_of(act.kind)
    if person is None or spec.undo is None:
        return None
    return spec.changes(spec, act, person)


def undoable(act: Act, changes: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an undo exists and would put something back."""
    if spec_of(act.kind).undo is None:
        return False
    return any(changes.get(user_id) != () for user_id in act.user_ids)


def validate(act: Act, original: Act | None, receipt: Receipt | None) -> str:
    """One sentence on why ``act`` cannot take back ``original``, or an empty string."""
    if original is None or receipt is None:
        return "The act to undo is not known here."
    if spec_of(original.kind).undo != act.kind or original.cid != act.cid:
        return "This does not take that act back."
    if not set(act.user_ids) <= set(original.user_ids):
        return "The act to undo was on other people."
    if receipt.undone_by and receipt.undone_by != act.act_id:
        return "It was undone already."
    if not receipt.undoable:
        return "There is nothing to put back."
    return ""


def limits(original: Act, changes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """For each person of ``original``: the permissions its undo may touch."""
    wanted = spec_of(original.kind).permissions_of(original)
    return {user_id: changes.get(user_id, wanted) for user_id in original.user_ids}


def limited(act: Act, original: Act, changes: Mapping[str, tuple[str, ...]]) -> Act:
    """The undo ``act`` for those of ``original``'s people for whom there is something to put back.

    What was asked for comes from the original, too: an undo need not repeat it.
    """
    names = dict(zip(original.user_ids, original.names, strict=False))
    wanted = act.user_ids or original.user_ids
    left = tuple(u for u in dict.fromkeys(wanted) if changes.get(u) != ())
    return replace(
        act,
        user_ids=left,
        names=tuple(names.get(user_id, user_id) for user_id in left),
        permissions=original.permissions,
    )
