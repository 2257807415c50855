"""One thread that owns one connection; what waits together is done in one transaction."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from console.base.errors import WorldError
from console.store.database import StoreDamagedError, in_plain_words

T = TypeVar("T")

MAX_WAITING = 1_000
"""Jobs waiting for the thread; more callers wait for room."""

MAX_TOGETHER = 100
"""Jobs in one transaction."""


@dataclass(slots=True)
class _Job:
    work: Callable[[sqlite3.Connection], Any]
    future: "asyncio.Future[Any]"
    durable: bool
    outside: bool = False
    result: Any = None
    error: Exception | None = None


class ConnectionThread:
    """Runs functions on a connection, in order, from any number of tasks of one loop.

    Attributes:
        damage: what showed first that the file is damaged; None while nothing has.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, name: str, begin: str
    ) -> None:
        self._connection = connection
        self._path = path
        self._begin = begin
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Semaphore(MAX_WAITING)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._closing = False
        self._durable = False
        self.damage: StoreDamagedError | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[sqlite3.Connection], T], *, durable: bool = False) -> T:
        """The result of ``work``, after its transaction was committed.

        ``durable``: it must survive a power cut, not only the death of this process.

        Raises:
            WorldError: the disk or the file failed, or the store is closed; nothing was kept.
        """
        result: T = await self._queue(_Job(work, self._loop.create_future(), durable))
        return result

    async def run_outside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The result of ``work``, which runs outside of any transaction.

        Raises:
            WorldError: the disk or the file failed, or the store is closed.
        """
        job = _Job(work, self._loop.create_future(), durable=False, outside=True)
        result: T = await self._queue(job)
        return result

    async def _queue(self, job: _Job) -> Any:
        async with self._room:
            if self._closing:
                raise WorldError("The store is closed.")
            self._jobs.put(job)
            return await job.future

    async def close(self) -> None:
        """Finish what waits, then close the connection."""
        if not self._closing:
            self._closing = True
            self._jobs.put(None)
        await asyncio.shield(self._ended)
        self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            batch, last = self._take()
            inside = [job for job in batch if not job.outside]
            if inside:
                self._transact(inside)
                self._tell(lambda batch=inside: _settle(batch))  # type: ignore[misc]
            for job in batch:
                if job.outside:
                    self._do_outside(job)
                    self._tell(lambda job=job: _settle([job]))  # type: ignore[misc]
        self._connection.close()
        self._tell(self._end)

    def _take(self) -> tuple[list[_Job], bool]:
        batch: list[_Job] = []
        item = self._jobs.get()
        while item is not None:
            batch.append(item)
            if len(batch) == MAX_TOGETHER:
                return batch, False
            try:
                item = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _transact(self, batch: list[_Job]) -> None:
        execute = self._connection.execute
        try:
            self._set_durable(any(job.durable for job in batch))
            execute(self._begin)
            for job in batch:
                self._do(job)
            execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            failure = self._judge(error)
            for job in batch:
                job.error = job.error or failure

    def _set_durable(self, durable: bool) -> None:
        # In WAL mode only FULL syncs at every commit (https://sqlite.org/pragma.html).
        if durable != self._durable:
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def _do(self, job: _Job) -> None:
        execute = self._connection.execute
        execute("SAVEPOINT job")
        try:
            job.result = job.work(self._connection)
        except Exception as error:  # belongs to whoever waits for this job
            job.error = self._judge(error) if isinstance(error, sqlite3.Error) else error
            execute("ROLLBACK TO job")
        execute("RELEASE job")

    def _do_outside(self, job: _Job) -> None:
        try:
            job.result = job.work(self._connection)
        except sqlite3.Error as error:
            job.error = self._judge(error)
        except Exception as error:  # belongs to whoever waits for this job
            job.error = error

    def _judge(self, error: sqlite3.Error) -> Exception:
        found = in_plain_words(error, self._path)
        if isinstance(found, StoreDamagedError):
            self.damage = self.damage or found
        return found

    def _end(self) -> None:
        if not self._ended.done():
            self._ended.set_result(None)

    def _tell(self, callback: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(callback)
        except RuntimeError:  # the loop has ended, so nobody waits
            return


def _settle(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():  # whoever waited was cancelled
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
