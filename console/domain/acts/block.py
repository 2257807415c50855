"""Keep somebody out of one call, or let them in again."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Participant
from console.domain.item import APPEARANCE

BLOCK = "block"
UNBLOCK = "unblock"
BLOCK_FOR = "block_for"


def _refusal(spec: ActSpec, person: Participant) -> str:
    if person.blocked is (spec.kind == UNBLOCK):
        return ""
    return (
        "Already blocked from this call."
        if person.blocked
        else "They are not blocked from this call."
    )


ACTS = (
    ActSpec(
        kind=BLOCK,
        scope=Scope.PERSON,
        label="Block from call",
        short="Block",
        imperative="Block {who}",
        done="blocked {who} from the call",
        consequence="Puts them out of this call and keeps them out until unblocked.",
        key="L",
        row="block",
        severe=True,
        weight=Weight.ARMED,
        reversal=Reversal.PARTLY,
        capability="block-users",
        undo=UNBLOCK,
        sanction=True,
        answers=APPEARANCE,
        refusal=_refusal,
    ),
    ActSpec(
        kind=UNBLOCK,
        scope=Scope.PERSON,
        label="Unblock",
        done="unblocked {who}",
        consequence="Lets them join this call again.",
        key="Shift+L",
        row="block",
        capability="block-users",
        reversal=Reversal.EXACT,
        undo=BLOCK,
        refusal=_refusal,
    ),
    # Stream keeps no time for a block, so this console does.
    ActSpec(
        kind=BLOCK_FOR,
        scope=Scope.PERSON,
        label="Block for a time…",
        short="Block for…",
        done="blocked {who} from the call for a time",
        consequence="Puts them out of this call, and lets them in again when the time is over.",
        key="Alt+L",
        icon="clock",
        row="clock",
        severe=True,
        weight=Weight.DETAILS,
        capability="block-users",
        undo=UNBLOCK,
        reversal=Reversal.PARTLY,
        sanction=True,
        answers=APPEARANCE,
        timed=True,
        refusal=_refusal,
    ),
)
