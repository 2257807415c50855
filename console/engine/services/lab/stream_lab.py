"""The part of the lab that asks the app of the present sign-in; refusals become sentences."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.services.handlers import Handlers, newest_only
from console.engine.services.lab.app_access import with_secret
from console.engine.services.lab.app_policies import AppPolicyDesk
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.runs import Runs
from console.engine.services.lab.stream_check import check_in_test_mode
from console.engine.services.lab.stream_tests import run_on_stream, sets_of_app
from console.policy.model import Policy
from console.protocol.lab import AskStream, PolicyText, StreamSaid
from console.protocol.lab_stream import (
    MAX_TEST_ROWS,
    AskTestSets,
    CancelStreamRun,
    RunOnStream,
    StreamRunFinished,
    TestSets,
)
from console.protocol.to_window import ToWindow

if TYPE_CHECKING:
    from console.engine.engine import Engine


class StreamLab:
    """Answers through the sign-in's gateway. ``put`` takes what goes to the window."""

    def __init__(
        self,
        engine: "Engine",
        policies: Policies,
        runs: Runs,
        tasks: Tasks,
        clock: Clock,
        put: Callable[[ToWindow], None],
    ) -> None:
        self._engine = engine
        self._policies = policies
        self._runs = runs
        self._tasks = tasks
        self._clock = clock
        self._put = put
        self._stream_runs: dict[str, asyncio.Task[None]] = {}
        self.handlers: Handlers = {
            **AppPolicyDesk(engine, self._policy).handlers,
            AskStream: newest_only(self._check),
            RunOnStream: self._start,
            CancelStreamRun: self._cancel,
            AskTestSets: self._sets,
        }

    def _cancel(self, message: CancelStreamRun) -> None:
        if message.run_id in self._stream_runs:
            self._stream_runs[message.run_id].cancel()

    async def _check(self, question: AskStream) -> StreamSaid:
        began = time.perf_counter()
        gateway = with_secret(self._engine)
        policy = await self._policy(question.policy) if question.policy else None
        key = question.config_key or self._engine.config_key
        judgement = await check_in_test_mode(
            gateway, question.text, policy, key, question.image_url
        )
        took_ms = (time.perf_counter() - began) * 1000
        return StreamSaid(question.request_id, judgement, took_ms=took_ms)

    async def _policy(self, policy: PolicyText) -> Policy:
        ready = await asyncio.to_thread(self._policies.read, policy)
        if ready.policy is None:
            raise WorldError(f"The policy has errors. First: {ready.errors[0]}")
        return ready.policy

    async def _sets(self, question: AskTestSets) -> TestSets:
        return TestSets(question.request_id, await sets_of_app(with_secret(self._engine)))

    def _start(self, request: RunOnStream) -> None:
        if request.run_id not in self._stream_runs:
            task = self._tasks.spawn(self._run(request), name="run on Stream")
            self._stream_runs[request.run_id] = task
            task.add_done_callback(lambda _: self._stream_runs.pop(request.run_id, None))

    async def _run(self, request: RunOnStream) -> None:
        try:
            gateway = with_secret(self._engine)
            of = request.lines_of
            rows = await self._runs.first_rows(of, MAX_TEST_ROWS) if of else []
            finished = await run_on_stream(gateway, request, rows, self._clock, self._put)
        except WorldError as error:
            finished = StreamRunFinished(
                run_id=request.run_id, sentence=error.sentence, advice=error.advice
            )
        except asyncio.CancelledError:
            sentence = "Not looked at any longer; Stream finishes the run by itself."
            self._put(StreamRunFinished(run_id=request.run_id, sentence=sentence))
            raise
        self._put(finished)
