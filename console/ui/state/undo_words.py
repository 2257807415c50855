"""Why an act cannot be taken back, for somebody who has just pressed undo. Pure."""

from console.domain.act import ReceiptState
from console.domain.acts.spec import Reversal
from console.domain.acts.table import spec_of
from console.protocol.acts import ActProgress
from console.ui.state.wording import who_text

_UNDER_WAY = (ReceiptState.QUEUED, ReceiptState.SENT)

_NO_WAY = {
    Reversal.THEIRS: "only they can turn it on again",
    Reversal.NONE: "Stream has no way back from it",
}


def why_it_stays(progress: ActProgress) -> str:
    """One sentence on why this act, which was not in vain, cannot be taken back now."""
    act, receipt = progress.act, progress.receipt
    spec = spec_of(act.kind)
    if spec.undo is None:
        why = _NO_WAY.get(spec.reversal, _NO_WAY[Reversal.NONE])
    elif receipt.state in _UNDER_WAY:
        why = "it is still under way"
    elif receipt.outcome_unknown:
        why = "nobody knows whether it was done"
    else:
        why = "it changed nothing that could be put back"
    return f"{spec.title} for {who_text(act)} cannot be taken back: {why}."
