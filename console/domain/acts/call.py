"""End a call for everyone in it."""

from console.domain.acts.spec import ActSpec, Scope, Weight

END_CALL = "end_call"

ACTS = (
    ActSpec(
        kind=END_CALL,
        scope=Scope.CALL,
        label="End call",
        done="ended the call",
        consequence="Ends the call for everyone in it.",
        question="Ends the call for {people}.",
        key="Ctrl+Shift+E",
        icon="end-call",
        quick=True,
        severe=True,
        capability="end-call",
        weight=Weight.GUARDED,
    ),
)
