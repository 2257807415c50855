"""What an act changes, and what therefore takes it back. Pure.

An undo puts back what the act changed and nothing else: a revoke of a permission that was missing
already is not taken back by granting it, and undoing a ban does not lift an earlier one.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from console.domain.act import WHOLE_CALL, Act
from console.domain.acts.spec import CHANGED
from console.domain.acts.table import spec_of
from console.domain.call import Call, Participant
from console.engine.acts.standing import NOTHING_ELSE, Standing
from console.store.acts import StoredAct


def changes_of(act: Act, person: Participant | None) -> tuple[str, ...] | None:
    """What ``act`` changes for ``person`` as they are now; None when that is not known.

    Permissions for grants and revokes, CHANGED for other states, empty for no change.
    """
    spec = spec_of(act.kind)
    if person is None or spec.undo is None:
        return None
    return spec.changes(spec, act, person)


def changes_of_call(act: Act, call: Call | None) -> dict[str, tuple[str, ...]]:
    """The same for an act on a whole call, which changes nothing where it would be refused."""
    spec = spec_of(act.kind)
    if call is None or spec.undo is None:
        return {}
    return {WHOLE_CALL: () if spec.call_refusal(spec, call) else CHANGED}


def undoable(act: Act, changes: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an undo exists and would put something back."""
    if spec_of(act.kind).undo is None:
        return False
    return any(changes.get(target) != () for target in act.targets)


def validate(act: Act, original: StoredAct | None) -> str:
    """One sentence on why ``act`` cannot take back ``original``, or an empty string."""
    if original is None:
        return "The act to undo is not known here."
    undone, receipt = original.act, original.receipt
    if spec_of(undone.kind).undo != act.kind or undone.cid != act.cid:
        return "This does not take that act back."
    others = not set(act.user_ids) <= set(undone.user_ids)
    if others and not spec_of(act.kind).for_each:  # whoever came in since gets theirs back, too
        return "The act to undo was on other people."
    if receipt.undone_by and receipt.undone_by != act.act_id:
        return "It was undone already."
    if not receipt.undoable:
        return "There is nothing to put back."
    return ""


def permissions(
    act: Act, original: StoredAct | None, others: Standing = NOTHING_ELSE
) -> dict[str, tuple[str, ...]]:
    """For each person of ``act``: the permissions it may touch.

    As an undo of ``original``, only those which that one changed and no other act holds.
    """
    if spec_of(act.kind).for_each:
        return act.of_each
    changes = original.changes if original else {}
    wanted = spec_of(act.kind).permissions_of(act)
    return {user_id: others.left(user_id, changes.get(user_id, wanted)) for user_id in act.user_ids}


def held_words(limited: Act, original: StoredAct, others: Standing) -> str:
    """Why there is nobody left in ``limited``, the undo of ``original``; "" where somebody is."""
    if limited.user_ids or others.by is None or not original.act.user_ids:
        return ""
    by = others.by
    spec, who = spec_of(by.kind), ", ".join(by.names or by.user_ids)
    return f"{by.by or 'Somebody'} {spec.done.format(who=who)} as well; undo that first."


def limited(act: Act, original: StoredAct, others: Standing = NOTHING_ELSE) -> Act:
    """The undo ``act`` for those of ``original``'s people for whom there is something to put back.

    Whom ``others`` hold altogether it leaves as they are.

    What was asked for comes from the original, too: an undo need not repeat it.
    """
    undone = original.act
    names = dict(zip(undone.user_ids, undone.names, strict=False))
    wanted = act.user_ids or undone.user_ids
    all_of_it = spec_of(undone.kind).permissions_of(undone) or CHANGED
    left = tuple(
        user_id
        for user_id in dict.fromkeys(wanted)
        if others.left(user_id, original.changes.get(user_id, all_of_it))
    )
    return replace(
        act,
        user_ids=left,
        names=tuple(names.get(user_id, user_id) for user_id in left),
        permissions=undone.permissions,
    )
