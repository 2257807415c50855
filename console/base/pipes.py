"""Standard input and output as two threads, so that a slow peer never holds up the loop.

Threads, because asyncio has no pipes for inherited handles on Windows.
"""

import asyncio
import os
import queue
import threading
from collections.abc import Callable
from typing import Protocol

_CHUNK = 65_536


class Sink(Protocol):
    """Where bytes go; never blocks."""

    @property
    def pending(self) -> int:
        """Bytes not taken yet."""

    def write(self, data: bytes) -> None:
        """Write ``data``."""


class PipeWriter:
    """Writes bytes to a file descriptor in order, from a thread.

    Nothing is refused here: who writes looks at :attr:`pending` and holds back.
    """

    def __init__(self, descriptor: int, on_broken: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_broken = on_broken
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._pending = 0
        self._thread = threading.Thread(target=self._run, name="stdout", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Bytes that the peer has not taken."""
        return self._pending

    def write(self, data: bytes) -> None:
        """Write ``data`` after everything before it."""
        with self._lock:
            self._pending += len(data)
        self._queue.put(data)

    def close(self, timeout: float = 2.0) -> None:
        """Write what is left, waiting at most ``timeout`` seconds for the peer."""
        self._queue.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (data := self._queue.get()) is not None:
            view = memoryview(data)
            try:
                while view:
                    view = view[os.write(self._descriptor, view[: _CHUNK * 4]) :]
            except OSError:
                self._on_broken()
                return
            with self._lock:
                self._pending -= len(data)


class PipeReader:
    """Hands what comes from a file descriptor to the loop, one chunk at a time."""

    def __init__(
        self,
        descriptor: int,
        on_data: Callable[[bytes], None],
        on_closed: Callable[[], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._descriptor = descriptor
        self._on_data = on_data
        self._on_closed = on_closed
        self._loop = loop
        self._taken = threading.Event()
        threading.Thread(target=self._run, name="stdin", daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                data = os.read(self._descriptor, _CHUNK)
            except OSError:
                data = b""
            self._taken.clear()
            try:
                self._loop.call_soon_threadsafe(self._hand_over, data)
            except RuntimeError:
                return  # the loop is closed: nobody listens any more
            if not data:
                return
            self._taken.wait()

    def _hand_over(self, data: bytes) -> None:
        try:
            if data:
                self._on_data(data)
            else:
                self._on_closed()
        finally:
            self._taken.set()
