"""Take a call on the air, or backstage again (STREAM.md 5.4)."""

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Call

GO_LIVE = "go_live"
STOP_LIVE = "stop_live"


def _refusal(spec: ActSpec, call: Call) -> str:
    if spec.kind == GO_LIVE:
        return "" if call.backstage else "It is live already."
    return "It is backstage already." if call.backstage else ""


ACTS = (
    ActSpec(
        kind=GO_LIVE,
        scope=Scope.CALL,
        label="Go live",
        done="took the call on the air",
        consequence="Lets everybody in who may join it.",
        icon="live",
        capability="update-call",
        of_people=False,
        call_refusal=_refusal,
        undo=STOP_LIVE,
        reversal=Reversal.PARTLY,
    ),
    ActSpec(
        kind=STOP_LIVE,
        scope=Scope.CALL,
        label="Go backstage",
        done="took the call backstage",
        consequence="Only those who may join a call backstage can come in; captions, transcription"
        " and recording go on.",
        icon="backstage",
        severe=True,
        weight=Weight.ARMED,
        capability="update-call",
        of_people=False,
        call_refusal=_refusal,
        undo=GO_LIVE,
        reversal=Reversal.PARTLY,
    ),
)
