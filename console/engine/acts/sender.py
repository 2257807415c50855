"""Sends acts: at once, in order for each person, a few at a time, again where that can help."""

import asyncio
import logging
from collections.abc import Callable

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.act import Act, ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.engine.acts.families.family import ActRequest
from console.engine.acts.families.registry import requests_of
from console.engine.acts.gateway import ActsGateway, DirectoryView
from console.engine.acts.pending_acts import Entry, PendingActs
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError
from console.engine.wire.retry import delay_before_retry

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 8
OUR_FAULT = "This program made a mistake; its log says more."


def must_follow(act: Act, earlier: Act) -> bool:
    """Whether ``act`` may only be sent after ``earlier``: they touch the same person or call."""
    specs = (spec_of(act.kind), spec_of(earlier.kind))
    if act.cid != earlier.cid and not any(spec.app_wide for spec in specs):
        return False
    if act.cid == earlier.cid and any(spec.scope is Scope.CALL for spec in specs):
        return True
    return not set(act.user_ids).isdisjoint(earlier.user_ids)


class Sender:
    """Delivers entries to Stream and reports the end of each to ``accepted`` or the receipt."""

    def __init__(
        self,
        gateway: ActsGateway,
        pending: PendingActs,
        directory: DirectoryView,
        clock: Clock,
        tasks: Tasks,
        jitter: Callable[[], float],
        accepted: Callable[[Entry], None],
    ) -> None:
        self._gateway = gateway
        self._pending = pending
        self._directory = directory
        self._clock = clock
        self._tasks = tasks
        self._jitter = jitter
        self._accepted = accepted
        self._slots = asyncio.Semaphore(MAX_IN_FLIGHT)
        self._sending: list[Entry] = []

    def put(self, entry: Entry) -> None:
        """Send ``entry``, after all earlier ones that touch the same person or call."""
        earlier = [other for other in self._sending if must_follow(entry.act, other.act)]
        entry.delivered.clear()
        self._sending.append(entry)
        self._tasks.spawn(self._deliver(entry, earlier), name=f"send {entry.act.kind}")

    async def repeat(self, entry: Entry) -> None:
        """Send once more, quietly, what was not seen."""
        for request in requests_of(entry, entry.seen, self._gateway.actor):
            async with self._slots:
                self._pending.change(entry, attempts=entry.receipt.attempts + 1)
                await self._ask(request)

    async def _deliver(self, entry: Entry, earlier: list[Entry]) -> None:
        try:
            for other in earlier:
                await other.delivered.wait()
            over = self._refusal(entry.act)
            self._conclude(entry, [over] if over else await self._send_all(entry))
        finally:
            self._sending.remove(entry)
            entry.delivered.set()

    def _refusal(self, act: Act) -> str:
        call = self._directory.call(act.cid)
        moved = call is not None and call.session_id not in ("", act.session_id)
        if moved and act.session_id and spec_of(act.kind).of_one_session:
            return "The session it was meant for is over; nobody was touched."
        return ""

    async def _send_all(self, entry: Entry) -> list[str]:
        """Why it failed for good, for each request that did."""
        left = requests_of(entry, entry.accepted, self._gateway.actor)
        tries = [
            self._tasks.spawn(self._send(entry, request), name=f"request {entry.act.kind}")
            for request in left
        ]
        return [reason for reason in await asyncio.gather(*tries) if reason]

    async def _send(self, entry: Entry, request: ActRequest) -> str:
        """Why it failed for good, or an empty string."""
        began = self._clock.monotonic()
        attempt = 0
        while True:
            attempt += 1
            try:
                async with self._slots:
                    self._pending.change(
                        entry,
                        state=ReceiptState.SENT,
                        sent_at=self._clock.now(),
                        attempts=entry.receipt.attempts + 1,
                    )
                    await self._ask(request)
            except StreamRefusedError as error:
                if error.retryable and entry.seen.issuperset(request.targets):
                    break  # only the answer was lost: the call shows it
                elapsed = self._clock.monotonic() - began
                delay = delay_before_retry(error, attempt, elapsed, self._jitter())
                if delay is None:
                    return _sentence(error, attempt)
                self._pending.change(entry, reason=f"{error.sentence} Trying again.")
            except Exception:
                log.exception("sending %s failed", entry.act.kind)
                return OUR_FAULT
            else:
                break
            await self._clock.sleep(delay)
        entry.accepted.update(request.targets)
        return ""

    async def _ask(self, request: ActRequest) -> None:
        await self._gateway.act(request.path, request.body, request.query)

    def _conclude(self, entry: Entry, refusals: list[str]) -> None:
        if not refusals:
            self._accepted(entry)
            return
        people = len(entry.targets)
        missed = len(entry.targets - entry.accepted)
        reason = refusals[0]
        if people > 1:
            reason = f"Not done for {missed} of {people} people: {reason}"
        self._pending.fail(entry, reason)


def _sentence(error: StreamRefusedError, attempts: int) -> str:
    if isinstance(error, RateLimitedError):
        return f"Stream asked us to wait {error.retry_after:.0f} seconds; it was not done."
    if error.retryable:
        return f"{error.sentence} Given up after {attempts} attempts."
    return error.sentence
