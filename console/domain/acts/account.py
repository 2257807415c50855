"""Shut somebody's account in the app, or open it again (STREAM.md 5.6)."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Participant
from console.domain.item import APPEARANCE

DEACTIVATE_USER = "deactivate_user"
REACTIVATE_USER = "reactivate_user"


def _not_needed(_spec: ActSpec, person: Participant) -> str:
    # Of somebody who was only heard it is not known when they joined, nor whether they are there.
    listed = person.user_session_id and person.joined_at
    return "They are in the call, so their account is active." if listed else ""


ACTS = (
    ActSpec(
        kind=DEACTIVATE_USER,
        scope=Scope.PERSON,
        label="Deactivate account",
        short="Deactivate",
        imperative="Deactivate {who}",
        done="deactivated the account of {who}",
        consequence="Shuts them out of the whole app at once until their account is reactivated.",
        icon="person",
        row="person",
        severe=True,
        weight=Weight.GUARDED,
        needs_secret=True,
        many=True,
        reversal=Reversal.PARTLY,
        undo=REACTIVATE_USER,
        app_wide=True,
        sanction=True,
        answers=APPEARANCE,
    ),
    # It has no undo of its own: to deactivate asks first, and an undo does not.
    ActSpec(
        kind=REACTIVATE_USER,
        scope=Scope.PERSON,
        label="Reactivate account",
        short="Reactivate",
        imperative="Reactivate {who}",
        done="reactivated the account of {who}",
        consequence="Lets them use the app again; they join calls by themselves.",
        row="person",
        needs_secret=True,
        many=True,
        app_wide=True,
        refusal=_not_needed,
    ),
)
