"""Turns captions on where they may be: a call without captions cannot be heard.

Where a moderator stopped them they stay off for the rest of the session.
"""

import asyncio
import contextlib

from msgspec import Struct

from console.base.tasks import Tasks
from console.domain.act import ReceiptState
from console.domain.acts.beside_call import START_CAPTIONS, STOP_CAPTIONS
from console.domain.call import Call
from console.domain.sign_in import Method
from console.engine.services.service import Service, SessionContext
from console.engine.wire.refusals import RateLimitedError, StreamRefusedError
from console.protocol.acts import ActProgress

CAPABILITY = "start-closed-captions-call"
LOOK_EVERY_S = 1.0
MAX_IN_FLIGHT = 8
RETRY_S = (5.0, 15.0, 60.0)
RECENT = 500
"""Acts of earlier engines in which it is looked for that a moderator stopped captions."""

_DONE = (ReceiptState.ACCEPTED, ReceiptState.SEEN)

SETTLE_S = 12.0
"""After Stream accepted, its event or the next sweep has this long to show it."""


class CaptionPlan(Struct, frozen=True):
    """What to do about a call's captions: start them, or say what is in the way."""

    start: bool = False
    obstacle: str = ""


def plan_captions(call: Call, method: Method) -> CaptionPlan:
    """What a call's captions need. Pure."""
    if call.captioning or call.ended_at or not call.session_id:
        return CaptionPlan()
    if call.captions_mode != "available":  # on by themselves, or not wanted by its settings
        return CaptionPlan()
    if method is Method.TOKEN and CAPABILITY not in call.own_capabilities:
        return CaptionPlan(
            obstacle=f"Your role lacks the capability {CAPABILITY} to turn captions on."
        )
    return CaptionPlan(start=True)


class _Attempt(Struct):
    failures: int = 0
    next_at: float = 0.0
    given_up: bool = False


class CaptionControl(Service):
    """Looks at all calls once a second and after each sweep; reports each obstacle once a call."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._directory = context.directory
        self._clock = context.clock
        self._kept_off: set[tuple[str, str]] = set()
        self._attempts: dict[tuple[str, str], _Attempt] = {}
        self._reported: set[str] = set()
        self._slots = asyncio.Semaphore(MAX_IN_FLIGHT)
        self._hold_until = 0.0
        self._tasks = Tasks()
        self._wake = asyncio.Event()
        self._lost = False

    async def start(self) -> None:
        for stored in await self.context.store.recent_acts(RECENT):
            self.on_act(ActProgress(act=stored.act, receipt=stored.receipt))
        self.context.keep_running(self._run, "captions")

    def on_disconnected(self, sentence: str) -> None:
        self._lost = True

    def on_swept(self, connection_id: str) -> None:
        self._lost = False
        self._wake.set()

    def on_act(self, progress: ActProgress) -> None:
        act = progress.act
        if act.kind not in (START_CAPTIONS, STOP_CAPTIONS) or progress.receipt.state not in _DONE:
            return
        stretch = (act.cid, act.session_id)
        if act.kind == STOP_CAPTIONS:
            self._kept_off.add(stretch)
        else:
            self._kept_off.discard(stretch)

    async def _run(self) -> None:
        try:
            while True:
                self._wake.clear()
                if not self._lost:  # what was known before is not known any more
                    self._look()
                with contextlib.suppress(TimeoutError):
                    async with self._clock.timeout(LOOK_EVERY_S):
                        await self._wake.wait()
        finally:
            await self._tasks.close()

    def _look(self) -> None:
        now = self._clock.monotonic()
        calls = self._directory.calls()
        active = {(call.cid, call.session_id) for call in calls}
        for gone in self._attempts.keys() - active:
            del self._attempts[gone]
        self._reported &= {call.cid for call in calls}
        for call in calls:
            plan = plan_captions(call, self.context.profile.method)
            if plan.obstacle:
                self._report(call, plan.obstacle)
            kept_off = (call.cid, call.session_id) in self._kept_off
            if not plan.start or kept_off or now < self._hold_until:
                continue
            attempt = self._attempts.setdefault((call.cid, call.session_id), _Attempt())
            if attempt.given_up or now < attempt.next_at:
                continue
            attempt.next_at = float("inf")  # until this try has ended
            self._tasks.spawn(self._start(call, attempt), name="start captions")

    async def _start(self, call: Call, attempt: _Attempt) -> None:
        try:
            async with self._slots:
                language = self._directory.language(call.cid)
                await self.context.gateway.start_captions(call.cid, language)
        except RateLimitedError as error:
            self._hold_until = self._clock.monotonic() + error.retry_after
            attempt.next_at = self._hold_until
            if error.shortened:
                self.context.channel.problem("captions", error.sentence)
        except StreamRefusedError as error:
            attempt.failures += 1
            attempt.given_up = not error.retryable
            pause = RETRY_S[min(attempt.failures, len(RETRY_S)) - 1]
            attempt.next_at = self._clock.monotonic() + pause
            if attempt.given_up or attempt.failures == len(RETRY_S):
                self._report(call, f"Captions could not be turned on: {error.sentence}")
        else:
            attempt.next_at = self._clock.monotonic() + SETTLE_S

    def _report(self, call: Call, sentence: str) -> None:
        if call.cid not in self._reported:
            self._reported.add(call.cid)
            self.context.channel.problem(f"captions of {call.cid}", sentence)
