"""Which events of Stream are the echo of our own acts: one for each request that was sent."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator

from console.base.clock import Clock
from console.domain.act import Act, ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.lifting import claims_of
from console.protocol.acts import ActProgress

ECHO_S = 60.0
"""An event that did not come within this time was lost."""

MOST_ACTS = 10_000


class ExpectedEvents:
    """Counts what is still to come: by the id of a sanction, or call and person of a permission."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: defaultdict[Hashable, deque[float]] = defaultdict(deque)
        self._attempts: dict[str, int] = {}

    def note(self, progress: ActProgress) -> None:
        """An act was sent, or failed."""
        act, receipt = progress.act, progress.receipt
        before = self._attempts.get(act.act_id, 0)
        if receipt.state is ReceiptState.SENT and receipt.attempts > before:
            self._attempts[act.act_id] = receipt.attempts
            for key in _echoes(act):
                self._sent[key].append(self._clock.monotonic())
        elif receipt.state is ReceiptState.FAILED and before:
            del self._attempts[act.act_id]
            for key in _echoes(act):
                if self._sent[key]:
                    self._sent[key].pop()
        while len(self._attempts) > MOST_ACTS:
            del self._attempts[next(iter(self._attempts))]

    def take(self, key: Hashable) -> bool:
        """An event came: whether it is the echo of an act of ours."""
        since = self._clock.monotonic() - ECHO_S
        sent = self._sent.pop(key, deque())
        while sent and sent[0] < since:
            sent.popleft()
        if not sent:
            return False
        sent.popleft()
        if sent:
            self._sent[key] = sent
        return True


def _echoes(act: Act) -> Iterator[Hashable]:
    spec = spec_of(act.kind)
    if spec.grants or spec.revokes:
        yield from ((act.cid, user_id) for user_id in act.user_ids)
    elif spec.scope is Scope.PERSON:
        yield from (sanction.sanction_id for sanction, _ in claims_of(act, {}, 0.0))
