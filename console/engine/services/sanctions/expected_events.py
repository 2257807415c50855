"""Which events of Stream are the echo of our own acts: one for each request that was sent."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from typing import NamedTuple

from console.base.clock import Clock
from console.domain.act import Act, ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.lifting import claims_of
from console.protocol.acts import ActProgress

ECHO_S = 60.0
"""Stream makes the event of an act within this time, or it is lost. It may arrive much later."""

AHEAD_S = 5.0
"""So much earlier than an act was sent may its event seem to be made: two clocks never agree."""

MOST_OF_ONE = 100
MOST_ACTS = 10_000


class _Sent(NamedTuple):
    """When a request left: by the monotonic clock, and by Stream's."""

    here: float
    at_stream: float


class ExpectedEvents:
    """Counts what is still to come: by the id of a sanction, or call and person of a permission.

    ``ahead``: seconds by which Stream's clock is ahead of this machine's; None while not known.
    """

    def __init__(self, clock: Clock, ahead: Callable[[], float | None]) -> None:
        self._clock = clock
        self._ahead = ahead
        self._sent: defaultdict[Hashable, deque[_Sent]] = defaultdict(_a_few)
        self._attempts: dict[str, int] = {}

    def note(self, progress: ActProgress) -> None:
        """An act was sent, or failed."""
        act, receipt = progress.act, progress.receipt
        before = self._attempts.get(act.act_id, 0)
        if receipt.state is ReceiptState.SENT and receipt.attempts > before:
            self._attempts[act.act_id] = receipt.attempts
            for key in _echoes(act):
                self._sent[key].append(_Sent(self._clock.monotonic(), self._at_stream()))
        elif receipt.state is ReceiptState.FAILED and before:
            del self._attempts[act.act_id]
            for key in _echoes(act):
                if self._sent[key]:
                    self._sent[key].pop()
        while len(self._attempts) > MOST_ACTS:
            del self._attempts[next(iter(self._attempts))]

    def take(self, key: Hashable, made_at: float) -> bool:
        """An event came: whether it is the echo of an act of ours.

        ``made_at``: unix seconds of Stream's clock; 0.0 where the event does not say. An event that
        was held up on its way says when it was made.
        """
        sent = self._sent.pop(key, _a_few())
        now = self._clock.monotonic()
        mine = next((one for one in sent if _is_echo(one, now, made_at)), None)
        # Whatever was sent before it has no echo any more, or had it lost.
        left = [one for one in sent if mine is None or one.here > mine.here]
        if left:
            self._sent[key] = deque(left, MOST_OF_ONE)
        return mine is not None

    def _at_stream(self) -> float:
        return self._clock.now() + (self._ahead() or 0.0)


def _a_few() -> deque[_Sent]:
    return deque(maxlen=MOST_OF_ONE)


def _is_echo(sent: _Sent, now: float, made_at: float) -> bool:
    soon = now - sent.here <= ECHO_S
    return soon or sent.at_stream - AHEAD_S <= made_at <= sent.at_stream + ECHO_S


def _echoes(act: Act) -> Iterator[Hashable]:
    spec = spec_of(act.kind)
    if spec.grants or spec.revokes:
        yield from ((act.cid, user_id) for user_id in act.user_ids)
    elif spec.scope is Scope.PERSON:
        yield from (sanction.sanction_id for sanction, _ in claims_of(act, {}, 0.0))
