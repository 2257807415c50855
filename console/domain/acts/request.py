"""Answer somebody who asks for permissions in a call (STREAM.md 5.3)."""

from console.domain.acts.permission import permission_changes
from console.domain.acts.spec import ActSpec, Reversal, Scope
from console.domain.call import Participant

ACCEPT_REQUEST = "accept_request"
REFUSE_REQUEST = "refuse_request"


def _refusal(_spec: ActSpec, person: Participant) -> str:
    return "" if person.asked else "They have not asked for anything."


ACTS = (
    ActSpec(
        kind=ACCEPT_REQUEST,
        scope=Scope.REQUEST,
        label="Accept request",
        short="Accept",
        imperative="Accept request of {who}",
        done="accepted the request of {who}",
        consequence="Grants what they asked for in this call.",
        key="A",
        icon="check",
        capability="update-call-permissions",
        reversal=Reversal.PARTLY,
        undo=REFUSE_REQUEST,
        grants=True,
        refusal=_refusal,
        changes=permission_changes,
    ),
    ActSpec(
        kind=REFUSE_REQUEST,
        scope=Scope.REQUEST,
        label="Refuse request",
        short="Refuse",
        imperative="Refuse request of {who}",
        done="refused the request of {who}",
        consequence="Takes the permission they asked for away, and tells their app.",
        key="R",
        icon="close",
        capability="update-call-permissions",
        reversal=Reversal.PARTLY,
        undo=ACCEPT_REQUEST,
        revokes=True,
        refusal=_refusal,
        changes=permission_changes,
    ),
)
