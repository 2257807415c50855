"""Asks Stream about every item, loses none, and waits where Stream asks for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from random import random
from typing import Any

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks, supervise
from console.domain.item import Item
from console.domain.verdict import Verdict
from console.engine.services.judging.answer import (
    verdict_of,
    verdict_unasked,
    verdict_without_stream,
)
from console.engine.services.judging.line_queue import Job, LineQueue
from console.engine.sources.registry import check_request
from console.engine.wire.check import CheckAnswer, CheckRequest
from console.engine.wire.refusals import (
    NotStreamError,
    RateLimitedError,
    RefusedError,
    StreamRefusedError,
    UnreadableAnswerError,
)
from console.engine.wire.retry import UNKNOWN_CONNECTION, Pace
from console.store.store import AppStore

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 32
"""At 100 ms an answer this is 320 verdicts a second; more in flight only queues on one core."""

UNREADABLE_ANSWERS = 5
"""After so many to one line, another would be no better."""

REFUSED_CHECKS = 5
"""So often a line is asked about whose check was refused for what has nothing to do with it."""

IN_MEMORY = 2_000
STORE_RETRY = 2.0


Check = Callable[[CheckRequest, str], Awaitable[CheckAnswer]]
"""Asks Stream about one item, by the policy of a config key; raises StreamRefusedError."""

KeyOf = Callable[[Item], Awaitable[str]]
"""The key of the policy for one item; empty for the usual one. Raises StreamRefusedError."""


async def _no_key(_item: Item) -> str:
    return ""


class Worker:
    """Judges lines through Stream, for one sign-in with an app secret.

    Args:
        judged: called with each line and its deciding verdict, after it is in the store.
        problem: called with a place and a sentence for what did not stop the work.
        jitter: gives 0.0 to 1.0, which spreads the waits before further attempts.
    """

    def __init__(
        self,
        store: AppStore,
        check: Check,
        *,
        clock: Clock,
        judged: Callable[[Item, Verdict], None],
        problem: Callable[[str, str], None],
        key_of: KeyOf = _no_key,
        max_in_flight: int = MAX_IN_FLIGHT,
        in_memory: int = IN_MEMORY,
        jitter: Callable[[], float] = random,
    ) -> None:
        self._store = store
        self._check_at_stream = check
        self._clock = clock
        self._on_judged = judged
        self._problem = problem
        self._key_of = key_of
        self._jitter = jitter
        self._tasks = Tasks(self._on_failure)
        self._queue = LineQueue(in_memory)
        self._pace = Pace(max_in_flight)
        self._wake = asyncio.Event()
        self._closed = False
        self._unread = True
        self._read_at = 0.0
        self._in_flight = 0
        self._judged = 0
        self._retried = 0
        self._given_up = 0
        self._shut_out = False
        """A line was refused to its end; until a check works, the others are asked about once."""

    def start(self) -> None:
        """Begin, with what an earlier engine left waiting in the store; nothing after its end."""
        if self._closed:
            return  # the sign-in ended while it waited to begin
        running = supervise(self._work, "judging", self._clock, self._problem)
        self._tasks.spawn(running, name="judging")

    def offer(self, line: Item) -> None:
        """Judge ``line``, which is in the store. Returns at once, however much waits."""
        self._queue.offer(line)
        self._wake.set()

    def numbers(self) -> dict[str, Any]:
        """How it stands, as fields of a Pulse."""
        now = self._clock.now()
        oldest = self._queue.oldest_received_at()
        limited = self._pace.limited_until - self._clock.monotonic()
        return {
            "waiting": self._queue.waiting,
            "oldest_waiting_ms": max(0.0, now - oldest) * 1000 if oldest else 0.0,
            "checks_in_flight": self._in_flight,
            "limited_until": now + limited if limited > 0 else 0.0,
            "judged": self._judged,
            "retried": self._retried,
            "given_up": self._given_up,
        }

    async def close(self) -> None:
        """Stop; lines without a verdict stay in the store."""
        self._closed = True
        await self._tasks.close()

    def _on_failure(self, name: str, error: BaseException) -> None:
        self._problem(name, f"This part stopped ({type(error).__name__}); see the log.")

    async def _work(self) -> None:
        while True:
            self._wake.clear()
            wanted = self._unread or self._queue.wants_more
            if wanted and self._clock.monotonic() >= self._read_at:
                await self._read_store()
            self._begin_checks()
            await self._rest()

    def _begin_checks(self) -> None:
        while self._in_flight < self._pace.limit:
            now = self._clock.monotonic()
            if now < self._pace.held_until:
                return
            job = self._queue.next_job(now)
            if job is None:
                return
            self._in_flight += 1
            self._tasks.spawn(self._check(job), name="check")

    async def _rest(self) -> None:
        """Until something was offered, answered or is due."""
        now = self._clock.monotonic()
        dates = (self._queue.next_due(), self._pace.held_until, self._read_at)
        times = [time for time in dates if time is not None and time > now]
        if not times:
            await self._wake.wait()
            return
        sleeper = self._tasks.spawn(self._clock.sleep(min(times) - now), name="rest of judging")
        sleeper.add_done_callback(lambda _: self._wake.set())
        try:
            await self._wake.wait()
        finally:
            sleeper.cancel()

    async def _read_store(self) -> None:
        self._queue.begin_take_up()
        try:
            lines = await self._store.unjudged(self._queue.capacity)
            self._queue.take_up(lines)
            left = await self._store.waiting()
        except WorldError as error:
            self._problem("store", f"Waiting lines could not be read: {error.sentence}")
            self._unread = True
            self._read_at = self._clock.monotonic() + STORE_RETRY
            return
        self._unread = False
        self._queue.left_in_store = max(0, left.lines - len(self._queue))
        self._queue.oldest_in_store = left.oldest_received_at
        # One was kept between the two readings, or is being judged elsewhere: look again, or it
        # would count as waiting until the next line comes.
        more = self._queue.wants_more
        self._read_at = self._clock.monotonic() + STORE_RETRY if more else 0.0

    async def _check(self, job: Job) -> None:
        try:
            verdict = await self._ask(job)
            if verdict is not None:
                await self._keep(job.line, verdict)
                self._queue.done(job)
        finally:
            self._in_flight -= 1
            self._wake.set()

    async def _ask(self, job: Job) -> Verdict | None:
        """The deciding verdict; None when the line has to wait for another attempt."""
        if not job.line.checkable:
            return verdict_unasked(job.line, judged_at=self._clock.now())
        job.attempts += 1
        job.taken_at = job.taken_at or self._clock.now()
        began = self._clock.monotonic()
        try:
            key = await self._key_of(job.line)
            answer = await self._check_at_stream(check_request(job.line), key)
        except StreamRefusedError as error:
            return await self._refused(job, error)
        except Exception:
            log.exception("a check failed through a mistake of ours")
            return await self._without_stream(job, "This program made a mistake.")
        self._pace.worked()
        self._shut_out = False
        return verdict_of(
            answer,
            job.line,
            judged_at=self._clock.now(),
            waited_ms=max(0.0, job.taken_at - job.line.received_at) * 1000,
            checked_ms=(self._clock.monotonic() - began) * 1000,
            attempts=job.attempts,
        )

    async def _refused(self, job: Job, error: StreamRefusedError) -> Verdict | None:
        if not error.retryable and not self._may_pass(job, error):
            self._problem("moderation check", error.sentence)
            return await self._without_stream(job, error.sentence)
        if isinstance(error, NotStreamError | UnreadableAnswerError) or (
            isinstance(error, RateLimitedError) and error.shortened
        ):
            self._problem("moderation check", str(error))
        if isinstance(error, UnreadableAnswerError) and job.attempts >= UNREADABLE_ANSWERS:
            return await self._without_stream(job, error.sentence)
        now = self._clock.monotonic()
        delay = self._pace.failed(error, job.attempts, now, self._jitter())
        self._queue.delay(job, now + delay)
        self._retried += 1
        return None

    def _may_pass(self, job: Job, error: StreamRefusedError) -> bool:
        """Whether a refusal is about our sign-in or its socket, and not about this line: what
        Stream refuses now, it may answer in a moment.
        """
        ours = isinstance(error, RefusedError) and (
            error.status == 401 or error.code == UNKNOWN_CONNECTION
        )
        self._shut_out |= ours and job.attempts >= REFUSED_CHECKS
        return ours and not self._shut_out

    async def _without_stream(self, job: Job, sentence: str) -> Verdict:
        self._given_up += 1
        try:
            known = await self._store.verdicts_of(job.line)
        except WorldError:
            known = ()
        return verdict_without_stream(
            job.line, known, sentence, judged_at=self._clock.now(), attempts=job.attempts
        )

    async def _keep(self, line: Item, verdict: Verdict) -> None:
        try:
            await self._store.keep_verdicts([verdict])
        except WorldError as error:
            # It is shown all the same; after a restart the line is asked about again.
            self._problem("store", f"A verdict could not be saved: {error.sentence}")
        self._judged += 1
        self._on_judged(line, verdict)
