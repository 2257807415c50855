"""Keep somebody out of every call of the app, or lift that (STREAM.md 5.5)."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Participant
from console.domain.item import APPEARANCE

BAN = "ban"
UNBAN = "unban"


def _refusal(spec: ActSpec, person: Participant) -> str:
    if spec.kind == BAN:
        return "Already banned." if person.banned else ""
    return "" if person.banned else "They are not banned."


ACTS = (
    ActSpec(
        kind=BAN,
        scope=Scope.PERSON,
        label="Ban…",
        done="banned {who}",
        consequence="Keeps them out of every call of the app; it may not eject them from this one.",
        key="B",
        icon="ban",
        row="ban",
        quick=True,
        severe=True,
        weight=Weight.DETAILS,
        reversal=Reversal.PARTLY,
        undo=UNBAN,
        app_wide=True,
        sanction=True,
        answers=APPEARANCE,
        refusal=_refusal,
    ),
    # It has no undo of its own: how long the ban would have lasted is not known any more.
    ActSpec(
        kind=UNBAN,
        scope=Scope.PERSON,
        label="Unban",
        done="unbanned {who}",
        consequence="Lifts their ban in the whole app.",
        key="Shift+B",
        row="ban",
        app_wide=True,
        refusal=_refusal,
    ),
)
