"""Fittings of thresholds: one at a time, in a process of its own; and the labels themselves."""

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from console.base.errors import WorldError
from console.base.plain_file import typed_path
from console.base.tasks import Tasks
from console.base.whole_file import written_whole
from console.domain.given_label import GivenLabel, LabelCounts
from console.engine.services.handlers import Handlers
from console.engine.services.lab.newest_lines import newest_calls
from console.engine.services.lab.run_worker_messages import (
    BeginFit,
    FedLabels,
    FedLines,
    FromWorker,
    Wanted,
)
from console.engine.services.lab.run_worker_process import RunWorkerProcess
from console.engine.services.lab.saved_lines import SavedLines
from console.policy.given_label_rows import csv_lines, json_lines
from console.protocol.lab_runs import ExportFormat
from console.protocol.label_fits import (
    CancelFit,
    DeleteLabels,
    ExportLabels,
    FitFinished,
    FitProgress,
    LabelsDeleted,
    LabelsExported,
    StartFit,
)
from console.protocol.labels import LabelsChanged
from console.protocol.to_window import ToWindow
from console.store.archive import Archive
from console.store.label_records import LabelRecords

MOST_LINES = 20_000
"""About so many saved lines are looked at, the newest ones."""
TOGETHER = 500
"""Labels handed over at once."""
STOPPED = "It was stopped."


class _Fit:
    """One fitting and its process."""

    def __init__(self, request: StartFit) -> None:
        self.request = request
        self.labels: list[GivenLabel] = []
        self.counts = LabelCounts()
        self.given = 0
        self.feed: SavedLines | None = None
        self.worker: RunWorkerProcess | None = None
        self.over = False


class Fits:
    """``put`` takes what goes to the window."""

    def __init__(
        self,
        tasks: Tasks,
        open_archive: Callable[[], Awaitable[Archive]],
        open_labels: Callable[[], Awaitable[LabelRecords]],
        own_models: Path,
        put: Callable[[ToWindow], None],
    ) -> None:
        self._tasks = tasks
        self._open_archive = open_archive
        self._open_labels = open_labels
        self._own_models = own_models
        self._put = put
        self._fit: _Fit | None = None
        self._workers: set[RunWorkerProcess] = set()
        self.handlers: Handlers = {
            StartFit: self._start,
            CancelFit: self._cancel,
            ExportLabels: self._export,
            DeleteLabels: self._delete,
        }

    async def close(self) -> None:
        """End every process."""
        if self._fit is not None:
            self._fit.over = True
            self._fit = None
        for worker in self._workers:
            worker.kill()
        for worker in list(self._workers):
            await worker.gone()

    def _start(self, request: StartFit) -> Coroutine[Any, Any, None] | None:
        """Known at once, so that it can be stopped at once."""
        if self._fit is not None:
            if self._fit.request.fit_id == request.fit_id:
                return None  # the same press again
            self._end(self._fit, "A newer one took its place.")
        fit = self._fit = _Fit(request)
        return self._begin(fit)

    async def _begin(self, fit: _Fit) -> None:
        request = fit.request
        try:
            records = await self._open_labels()
            fit.counts = await records.counts()
            fit.labels = await records.newest()
            lines = 0
            if request.saved:
                archive = await self._open_archive()
                fit.feed = SavedLines(archive, await newest_calls(archive, MOST_LINES))
                lines = await fit.feed.total()
            worker = RunWorkerProcess(
                lambda message: self._hear(fit, message),
                lambda: self._on_ended(fit, worker),
                self._tasks,
                self._own_models,
            )
            await worker.start()
            self._workers.add(worker)
        except WorldError as error:
            self._end(fit, error.sentence)
            return
        fit.worker = worker
        if fit.over:
            worker.kill()
            return
        worker.send(BeginFit(request, len(fit.labels), lines))

    def _cancel(self, message: CancelFit) -> None:
        if self._fit is not None and self._fit.request.fit_id == message.fit_id:
            self._end(self._fit, STOPPED)

    def _hear(self, fit: _Fit, message: FromWorker) -> None:
        if fit.over:
            return
        match message:
            case Wanted():
                self._tasks.spawn(self._feed(fit), name="lines of a fitting")
            case FitFinished(fit=found, sentence=sentence):
                self._over(fit, FitFinished(fit_id=message.fit_id, fit=found, sentence=sentence))
            case FitProgress():
                self._put(message)
            case _:
                pass  # a fitting has no rows

    async def _feed(self, fit: _Fit) -> None:
        if fit.worker is None:
            return
        if fit.given < len(fit.labels) or fit.given == 0:
            batch = tuple(fit.labels[fit.given : fit.given + TOGETHER])
            fit.given = max(1, fit.given + len(batch))
            fit.worker.send(FedLabels(batch, last=fit.given >= len(fit.labels)))
        elif fit.feed is not None:
            try:
                lines = await fit.feed.next_batch()
            except WorldError as error:
                lines = FedLines((), last=True, sentence=error.sentence)
            fit.worker.send(lines)
        await fit.worker.drained()

    def _on_ended(self, fit: _Fit, worker: RunWorkerProcess) -> None:
        self._workers.discard(worker)
        self._end(fit, "It ended unexpectedly; the log may say more.")

    def _end(self, fit: _Fit, sentence: str) -> None:
        if not fit.over:
            self._over(fit, FitFinished(fit_id=fit.request.fit_id, sentence=sentence))

    def _over(self, fit: _Fit, finished: FitFinished) -> None:
        fit.over = True
        if self._fit is fit:
            self._fit = None
        if fit.worker is not None:
            fit.worker.kill()
        self._put(
            FitFinished(
                fit_id=finished.fit_id,
                fit=finished.fit,
                sentence=finished.sentence,
                counts=fit.counts,
            )
        )

    async def _export(self, wanted: ExportLabels) -> LabelsExported:
        labels = await (await self._open_labels()).newest()
        form = csv_lines if wanted.format is ExportFormat.CSV else json_lines
        path = typed_path(wanted.path)
        with written_whole(path) as write:
            for line in form(labels):
                write(line)
        return LabelsExported(wanted.request_id, path=str(path), labels=len(labels))

    async def _delete(self, wanted: DeleteLabels) -> LabelsDeleted:
        deleted = await (await self._open_labels()).delete()
        self._put(LabelsChanged(whole=True))
        return LabelsDeleted(wanted.request_id, labels=deleted)
