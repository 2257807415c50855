"""The engine's end of a run worker: starts the process of a run, talks to it and ends it."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.services.lab.run_worker_messages import FromWorker, ToWorker
from console.protocol.codec import LineReader, LineRefusedError

log = logging.getLogger(__name__)

PROGRAM = (sys.executable, "-m", "console.engine.services.lab.run_worker")
_CHUNK = 1 << 16
_encode = msgspec.json.Encoder().encode


class RunWorkerProcess:
    """One worker. ``on_message`` gets its messages, ``on_ended`` is called once after its end."""

    def __init__(
        self,
        on_message: Callable[[FromWorker], None],
        on_ended: Callable[[], None],
        tasks: Tasks,
        own_models: Path,
    ) -> None:
        """``own_models``: the folder with models of the user's own; it need not exist."""
        self._own_models = own_models
        self._on_message = on_message
        self._on_ended = on_ended
        self._tasks = tasks
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it.

        Raises:
            WorldError: the system refused.
        """
        try:
            self._process = await asyncio.create_subprocess_exec(
                *PROGRAM,
                str(self._own_models),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            raise WorldError(f"A run could not be started: {error.strerror}.") from error
        self._listening = self._tasks.spawn(self._listen(self._process), name="worker")

    def send(self, message: ToWorker) -> None:
        """Tell it something; nothing when it is gone."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError, RuntimeError):
                self._process.stdin.write(_encode(message) + b"\n")

    async def drained(self) -> None:
        """Return when it has taken what was sent."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                await self._process.stdin.drain()

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def gone(self) -> None:
        """Return when it has ended."""
        if self._listening is not None:
            await asyncio.wait({self._listening})

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        reader: LineReader[FromWorker] = LineReader(FromWorker)
        assert process.stdout is not None
        try:
            while data := await process.stdout.read(_CHUNK):
                for message in reader.feed(data):
                    if isinstance(message, LineRefusedError):
                        log.error("a worker wrote a line that is no message: %s", message)
                    else:
                        self._on_message(message)
            await process.wait()
            if process.stdin is not None:
                process.stdin.close()
        finally:
            self.kill()
            self._on_ended()
