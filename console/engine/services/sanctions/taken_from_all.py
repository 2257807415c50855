"""Which permissions of somebody a suspension of the call took, so that nobody else is held to."""

from collections.abc import Mapping

from console.domain.act import Act, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.lifting import claims_of
from console.domain.sanction import Sanction
from console.domain.suspended import Suspension
from console.protocol.acts import ActProgress

MOST_ACTS = 10_000


class TakenFromAll:
    """Asks the suspended calls: now, and as they were when an act was accepted.

    An act is confirmed later than it is accepted; meanwhile the call may be given back.
    """

    def __init__(self, suspended: Mapping[str, Suspension]) -> None:
        self._suspended = suspended
        self._by_act: dict[str, frozenset[str]] = {}

    def note(self, progress: ActProgress) -> None:
        """An act was accepted, or went on."""
        act, state = progress.act, progress.receipt.state
        if state is not ReceiptState.QUEUED or not spec_of(act.kind).revokes:
            return
        made = (sanction for sanction, _ in claims_of(act, {}, 0.0))
        taken = frozenset(sanction.sanction_id for sanction in made if self._is_taken(sanction))
        if taken:
            self._by_act[act.act_id] = taken
            if len(self._by_act) > MOST_ACTS:
                del self._by_act[next(iter(self._by_act))]

    def held_before(self, act: Act, sanction: Sanction) -> bool:
        """Whether it was a suspension that held ``sanction`` when ``act`` was accepted."""
        noted = sanction.sanction_id in self._by_act.get(act.act_id, ())
        return noted or self._is_taken(sanction)

    def from_everybody(self, sanction: Sanction) -> bool:
        """Whether the permission is taken from everybody in the call now."""
        held = self._suspended.get(sanction.cid)
        return held is not None and sanction.what in held.permissions

    def _is_taken(self, sanction: Sanction) -> bool:
        held = self._suspended.get(sanction.cid)
        return held is not None and sanction.what in held.missing(sanction.user_id)
