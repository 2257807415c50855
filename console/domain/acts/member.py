"""Make somebody a member of a call, or no longer one (STREAM.md 4.4).

``Act.each`` holds the role that each of them had as a member before, which the engine looks up.
"""

from console.domain.act import Act
from console.domain.acts.spec import CHANGED, ActSpec, Reversal, Scope, Weight
from console.domain.call import Participant

ADD_MEMBER = "add_member"
REMOVE_MEMBER = "remove_member"
SET_MEMBER_ROLE = "set_member_role"

ROLES = ("user", "moderator", "host", "speaker", "admin")
"""Roles that Stream's own call types know; an app may have others."""


def _changes(spec: ActSpec, act: Act, person: Participant) -> tuple[str, ...]:
    before = act.of_each.get(person.user_id, ())
    if spec.kind == ADD_MEMBER:
        return () if before else CHANGED
    if spec.kind == SET_MEMBER_ROLE:
        return () if before == (act.role,) else CHANGED
    return CHANGED if before else ()


ACTS = (
    ActSpec(
        kind=ADD_MEMBER,
        scope=Scope.PERSON,
        label="Make member",
        done="made {who} a member",
        consequence="Puts them on the list of members, who come in when only members may.",
        icon="plus",
        many=True,
        capability="update-call-member",
        undo=REMOVE_MEMBER,
        reversal=Reversal.EXACT,
        changes=_changes,
    ),
    ActSpec(
        kind=REMOVE_MEMBER,
        scope=Scope.PERSON,
        label="Remove member",
        done="removed {who} from the members",
        consequence="Takes them off the list of members; they stay in the call if they are in it.",
        icon="remove",
        many=True,
        severe=True,
        weight=Weight.ARMED,
        capability="remove-call-member",
        undo=ADD_MEMBER,
        reversal=Reversal.EXACT,
        changes=_changes,
    ),
    ActSpec(
        kind=SET_MEMBER_ROLE,
        scope=Scope.PERSON,
        label="Change role of member",
        done="changed the role of {who} as a member",
        consequence="Changes what they may do in this call.",
        many=True,
        capability="update-call-member",
        undo=SET_MEMBER_ROLE,
        reversal=Reversal.EXACT,
        changes=_changes,
    ),
)
