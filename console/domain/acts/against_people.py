"""Which acts by hand the guard counts, and which of them were one press. Pure."""

from console.domain.act import AUTOMATION, BY_CLOCK, Act
from console.domain.acts.spec import ActSpec, Scope
from console.domain.acts.table import spec_of


def takes_away(spec: ActSpec) -> bool:
    """Whether acts of this row take something from people: what an account in wrong hands would do.

    Answers to requests are everyday work, and what gives back is never counted nor stopped.
    """
    if spec.scope is Scope.REQUEST:
        return False
    return spec.sanction or spec.severe or spec.mutes or spec.revokes


def is_counted(act: Act) -> bool:
    """Whether a person did it against others. Undoing, lifting and holding are not counted."""
    by_hand = act.by not in ("", AUTOMATION, BY_CLOCK)
    return by_hand and not (act.undo_of or act.holding) and takes_away(spec_of(act.kind))


def press_of(act: Act) -> str:
    """What the acts of one press have in common. However many people it was over, it is one.

    Decisions about several items of the queue are taken back one by one, but have one time.
    """
    return act.together or f"{act.kind} at {act.requested_at!r}"
