"""Keep somebody out of one call, or let them in again."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Participant

BLOCK = "block"
UNBLOCK = "unblock"


def _refusal(spec: ActSpec, person: Participant) -> str:
    if person.blocked is not (spec.kind == BLOCK):
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
)
