"""Put somebody out of a call; they can come back at once (STREAM.md 5.2)."""

from console.domain.acts.spec import ActSpec, Scope, Weight
from console.domain.call import Participant
from console.domain.item import APPEARANCE

KICK = "kick"


def _refusal(_spec: ActSpec, person: Participant) -> str:
    return "" if person.user_session_id else "They are not in the call."


ACTS = (
    ActSpec(
        kind=KICK,
        scope=Scope.PERSON,
        label="Kick",
        done="kicked {who}",
        consequence="Puts them out of the call; they can come back at once.",
        key="X",
        icon="kick",
        row="block",
        quick=True,
        severe=True,
        weight=Weight.ARMED,
        capability="kick-user",
        of_one_session=True,
        sanction=True,
        answers=APPEARANCE,
        refusal=_refusal,
    ),
)
