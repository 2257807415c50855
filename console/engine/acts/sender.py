"""Sends acts: at once, in order for each person, a few at a time, again only where it is safe."""

import asyncio
import logging
from collections.abc import Callable

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.engine.acts.families.family import ActRequest
from console.engine.acts.families.registry import family_of, requests_of
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.hearing import Hearing
from console.engine.acts.inquiry import Inquiry
from console.engine.acts.occasion import Occasions
from console.engine.acts.pending_acts import Entry, PendingActs
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError
from console.engine.wire.retry import delay_before_retry

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 8
OUR_FAULT = "This program made a mistake; its log says more."
NOT_WRITTEN = "It could not be written down, so it was not sent: {}"

TOO_OLD = 600.0
"""Seconds after which an act found at a restart is not sent any more: whoever wanted it has long
looked again."""

LONG_AGO = "It was sent and not done, and that was long ago."


def must_follow(act: Act, earlier: Act) -> bool:
    """Whether ``act`` may only be sent after ``earlier``: they touch the same person or call."""
    specs = (spec_of(act.kind), spec_of(earlier.kind))
    if act.cid != earlier.cid and not any(spec.app_wide for spec in specs):
        return False
    if act.cid == earlier.cid and any(spec.scope is Scope.CALL for spec in specs):
        return True
    return not set(act.user_ids).isdisjoint(earlier.user_ids)


class Sender:
    """Delivers entries to Stream.

    ``sent`` is called with each entry whose sending ended, and with one sentence for each request
    that failed for good. What was sent without an answer is looked at before it is sent again, and
    is not sent again where nobody can see whether it was done.
    """

    def __init__(
        self,
        gateway: ActsGateway,
        pending: PendingActs,
        occasions: Occasions,
        inquiry: Inquiry,
        hearing: Hearing,
        clock: Clock,
        tasks: Tasks,
        jitter: Callable[[], float],
        sent: Callable[[Entry, list[str]], None],
    ) -> None:
        self._gateway = gateway
        self._pending = pending
        self._occasions = occasions
        self._inquiry = inquiry
        self._hearing = hearing
        self._clock = clock
        self._tasks = tasks
        self._jitter = jitter
        self._sent = sent
        self._slots = asyncio.Semaphore(MAX_IN_FLIGHT)
        self._sending: list[Entry] = []

    def put(self, entry: Entry) -> None:
        """Send ``entry``, after all earlier ones that touch the same person or call.

        One that may have been sent already is looked at first.
        """
        earlier = [other for other in self._sending if must_follow(entry.act, other.act)]
        entry.delivered.clear()
        self._sending.append(entry)
        self._tasks.spawn(self._deliver(entry, earlier), name=f"send {entry.act.kind}")

    async def _deliver(self, entry: Entry, earlier: list[Entry]) -> None:
        try:
            for other in earlier:
                await other.delivered.wait()
            too_late = await self._look_back(entry) if entry.marked else ""
            refusals = [too_late] if too_late else await self._send_all(entry)
            self._sent(entry, refusals)
        finally:
            self._sending.remove(entry)
            entry.delivered.set()

    async def _look_back(self, entry: Entry) -> str:
        """What became of an act that an earlier engine sent; why the rest is not sent, or ""."""
        people = entry.targets - entry.accepted - entry.seen
        found = await self._inquiry.find_out(entry, people)
        entry.unknown |= found.unknown
        long_ago = self._clock.now() - entry.receipt.queued_at > TOO_OLD
        return LONG_AGO if found.not_done and long_ago else ""

    async def _send_all(self, entry: Entry) -> list[str]:
        """Why it failed for good, for each request that did."""
        ended = entry.accepted | entry.seen | entry.unknown
        requests = requests_of(entry, ended, self._gateway.actor)
        tries = [
            self._tasks.spawn(self._send(entry, request), name=f"request {entry.act.kind}")
            for request in requests
        ]
        reasons = zip(requests, await asyncio.gather(*tries), strict=True)
        # What only goes with the act decides about nobody: the others say what was done.
        return [reason for request, reason in reasons if reason and request.targets]

    async def _send(self, entry: Entry, request: ActRequest) -> str:
        """Why it failed for good, or an empty string."""
        began = self._clock.monotonic()
        attempt = 0
        doubted = False
        while True:
            attempt += 1
            missed = await self._occasions.missed(entry)
            if missed:
                return missed
            try:
                conflict = await family_of(entry.act.kind).overtaken(entry, self._gateway)
                if conflict:
                    self._pending.change(entry, conflict=True)
                    return f"{conflict} Nothing was done."
                await self._attempt(entry, request)
            except StreamRefusedError as error:
                if error.details:
                    self._pending.change(entry, details=error.details)
                # A refusal of a later attempt may be about what an earlier one did after all.
                if error.may_be_done or (doubted and not error.retryable):
                    doubted = True
                    left = await self._left_of(entry, request, error)
                    if left is None:
                        return ""
                    request = left
                elapsed = self._clock.monotonic() - began
                delay = delay_before_retry(error, attempt, elapsed, self._jitter())
                if delay is None:
                    return _sentence(error, attempt)
                self._pending.change(entry, reason=f"{error.sentence} Trying again.")
            except WorldError as error:
                return NOT_WRITTEN.format(error)
            else:
                entry.accepted.update(request.targets)
                return ""
            await self._clock.sleep(delay)

    async def _attempt(self, entry: Entry, request: ActRequest) -> None:
        async with self._slots:
            await self._pending.mark_sent(entry)
            entry.heard = self._hearing.stretch
            try:
                task_id = await self._gateway.act(
                    request.path, request.body, request.query, method=request.method
                )
            except WorldError:
                raise
            except Exception as error:
                log.exception("sending %s failed", entry.act.kind)
                raise StreamRefusedError(OUR_FAULT, retryable=False, may_be_done=True) from error
            if task_id:
                self._pending.change(entry, task_id=task_id)

    async def _left_of(
        self, entry: Entry, request: ActRequest, error: StreamRefusedError
    ) -> ActRequest | None:
        """The request for those for whom ``request`` was not done; None when there are none."""
        self._pending.change(entry, reason=f"{error.sentence} Looking whether it was done.")
        found = await self._inquiry.find_out(entry, frozenset(request.targets))
        entry.unknown |= found.unknown
        others = entry.targets - found.not_done
        left = requests_of(entry, others, self._gateway.actor)
        return left[0] if left else None


def _sentence(error: StreamRefusedError, attempts: int) -> str:
    if isinstance(error, RateLimitedError):
        return f"Stream asked us to wait {error.retry_after:.0f} seconds; it was not done."
    if error.retryable:
        return f"{error.sentence} Given up after {attempts} attempts."
    return error.sentence
