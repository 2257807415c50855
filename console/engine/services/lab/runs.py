"""The runs of the lab: starts, feeds, queries, stops and forgets them. Their workers judge."""

import asyncio
import contextlib
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.services.handlers import Handlers, in_thread
from console.engine.services.lab.run_worker_messages import (
    Begin,
    FedLines,
    FromWorker,
    Stop,
    Wanted,
)
from console.engine.services.lab.run_worker_process import RunWorkerProcess
from console.engine.services.lab.saved_lines import SavedLines
from console.engine.services.lab.sources import columns_of
from console.protocol.lab_results import RunFinished, RunState
from console.protocol.lab_runs import (
    MAX_RUNS,
    AskColumns,
    AskRows,
    AskSavedCalls,
    CallsSource,
    CancelRun,
    DropRun,
    Exported,
    ExportRun,
    RunDropped,
    RunRow,
    RunRows,
    SavedCalls,
    StartRun,
)
from console.protocol.to_window import ToWindow, refusal
from console.store.archive import Archive

STOP_LIMIT_S = 2.0
"""A worker that does not stop within this is killed."""
FETCH_LIMIT_S = 10.0
_GONE = "This run is gone; run it again."


class _Run:
    """One run and its process. ``feed`` gives the lines of saved calls."""

    def __init__(self, request: StartRun) -> None:
        self.request = request
        self.worker: RunWorkerProcess | None = None
        self.feed: SavedLines | None = None
        self.finished: RunFinished | None = None
        self.dropped = False
        self.stopping = False
        self.questions: OrderedDict[str, AskRows | ExportRun] = OrderedDict()


class Runs:
    """All runs of one engine. ``put`` takes what goes to the window."""

    def __init__(
        self,
        tasks: Tasks,
        open_archive: Callable[[], Awaitable[Archive]],
        own_models: Path,
        clock: Clock,
        put: Callable[[ToWindow], None],
    ) -> None:
        self._own_models = own_models
        self._clock = clock
        self._tasks = tasks
        self._open_archive = open_archive
        self._put = put
        self._runs: OrderedDict[str, _Run] = OrderedDict()
        self._workers: set[RunWorkerProcess] = set()
        self._fetches: dict[str, asyncio.Future[tuple[RunRow, ...]]] = {}
        self.handlers: Handlers = {
            StartRun: self._start,
            CancelRun: self._cancel,
            DropRun: lambda message: self._drop(message.run_id, ""),
            AskRows: self._ask,
            ExportRun: self._ask,
            AskColumns: in_thread(columns_of),
            AskSavedCalls: self._saved_calls,
        }

    async def close(self) -> None:
        """End every process."""
        for run in self._runs.values():
            run.dropped = True
        self._runs.clear()
        for worker in self._workers:
            worker.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_LIMIT_S):
                for worker in list(self._workers):
                    await worker.gone()

    async def first_rows(self, run_id: str, count: int) -> list[RunRow]:
        """The first rows of a run.

        Raises:
            WorldError: the run is gone, or does not answer.
        """
        rows: list[RunRow] = []
        while len(rows) < count:
            page = await self._fetch(run_id, len(rows), count - len(rows))
            if not page:
                break
            rows += page
        return rows

    async def _fetch(self, run_id: str, start: int, count: int) -> tuple[RunRow, ...]:
        run = self._runs.get(run_id)
        if run is None or run.worker is None:
            raise WorldError(_GONE)
        request_id = uuid.uuid4().hex
        fetched: asyncio.Future[tuple[RunRow, ...]] = asyncio.get_running_loop().create_future()
        self._fetches[request_id] = fetched
        run.worker.send(AskRows(request_id=request_id, run_id="", start=start, count=count))
        try:
            async with asyncio.timeout(FETCH_LIMIT_S):
                return await fetched
        except TimeoutError as error:
            raise WorldError("The run does not answer.") from error
        finally:
            self._fetches.pop(request_id, None)

    # -- life of a run

    async def _start(self, request: StartRun) -> None:
        if request.run_id in self._runs:
            return  # the same press again
        run = self._runs[request.run_id] = _Run(request)
        while len(self._runs) > MAX_RUNS:
            self._drop(next(iter(self._runs)), "A newer run took its place.")
        try:
            total = await self._begin_feed(run)
            worker = RunWorkerProcess(
                lambda message: self._hear(run, message),
                lambda: self._on_ended(run, worker),
                self._tasks,
                self._own_models,
            )
            await worker.start()
            self._workers.add(worker)
        except WorldError as error:
            self._fail(run, error.sentence)
            return
        if run.dropped:
            worker.kill()
            await worker.gone()
            return
        run.worker = worker
        worker.send(Begin(request, total))
        if run.stopping:
            self._stop(run)
        for question in run.questions.values():
            worker.send(question)

    async def _begin_feed(self, run: _Run) -> int:
        """How many lines of saved calls the run will be fed."""
        source = run.request.source
        if not isinstance(source, CallsSource):
            return 0
        run.feed = SavedLines(await self._open_archive(), source)
        return await run.feed.total()

    def _cancel(self, message: CancelRun) -> None:
        run = self._runs.get(message.run_id)
        if run is None or run.finished is not None or run.stopping:
            return
        run.stopping = True
        if run.worker is not None:
            self._stop(run)

    def _stop(self, run: _Run) -> None:
        if run.worker is not None:
            run.worker.send(Stop())
        self._tasks.spawn(self._kill_unless_stopped(run), name="stop of a run")

    async def _kill_unless_stopped(self, run: _Run) -> None:
        await self._clock.sleep(STOP_LIMIT_S)
        if run.finished is None and run.worker is not None:
            run.worker.kill()

    def _drop(self, run_id: str, sentence: str) -> None:
        run = self._runs.pop(run_id, None)
        if run is not None:
            run.dropped = True
            if run.worker is not None:
                run.worker.kill()
            self._refuse_questions(run)
        self._put(RunDropped(run_id, sentence))

    def _fail(self, run: _Run, sentence: str) -> None:
        if run.finished is None and not run.dropped:
            state = RunState.CANCELLED if run.stopping else RunState.FAILED
            sentence = "The run was stopped." if run.stopping else sentence
            run.finished = RunFinished(run_id=run.request.run_id, state=state, sentence=sentence)
            self._put(run.finished)
        self._refuse_questions(run)

    # -- what the worker says

    def _hear(self, run: _Run, message: FromWorker) -> None:
        if run.dropped:
            return
        match message:
            case RunRows(request_id=request_id) if request_id in self._fetches:
                fetched = self._fetches.pop(request_id)
                if not fetched.done():
                    fetched.set_result(message.rows)
                return
            case Wanted():
                self._tasks.spawn(self._feed(run), name="lines of saved calls")
                return
            case RunFinished():
                run.finished = message
            case RunRows(request_id=request_id) | Exported(request_id=request_id):
                run.questions.pop(request_id, None)
        self._put(message)

    async def _feed(self, run: _Run) -> None:
        if run.feed is None or run.worker is None:
            return
        try:
            lines = await run.feed.next_batch()
        except WorldError as error:
            lines = FedLines((), last=True, sentence=error.sentence)
        run.worker.send(lines)
        await run.worker.drained()

    def _on_ended(self, run: _Run, worker: RunWorkerProcess) -> None:
        self._workers.discard(worker)
        if not run.dropped:
            self._fail(run, "The run ended unexpectedly; the log may say more.")
        run.worker = None
        self._refuse_questions(run)

    # -- questions

    def _ask(self, question: AskRows | ExportRun) -> None:
        run = self._runs.get(question.run_id)
        if run is None or (run.worker is None and run.finished is not None):
            self._put(refusal(question, _GONE))
            return
        if isinstance(question, AskRows):  # the worker answers only the newest
            overtaken = [key for key, q in run.questions.items() if isinstance(q, AskRows)]
            for key in overtaken:
                del run.questions[key]
        run.questions[question.request_id] = question
        if run.worker is not None:
            run.worker.send(question)

    def _refuse_questions(self, run: _Run) -> None:
        for question in run.questions.values():
            self._put(refusal(question, _GONE))
        run.questions.clear()

    async def _saved_calls(self, question: AskSavedCalls) -> SavedCalls:
        found = await (await self._open_archive()).calls()
        return SavedCalls(question.request_id, tuple(found))
