"""The one door through which asyncio tasks are started: named, referenced, failures reported."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from console.base.clock import Clock

log = logging.getLogger(__name__)

T = TypeVar("T")

RESTART_S = 1.0


class Tasks:
    """Owns the tasks of one part of the program.

    asyncio keeps only weak references to tasks and drops their exceptions; this keeps both. A task
    that fails is logged and handed to ``on_failure``; cancellation is not a failure.
    """

    def __init__(self, on_failure: Callable[[str, BaseException], None] | None = None) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_failure = on_failure

    def spawn(self, coro: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Start ``coro`` on the running loop under ``name``."""
        task = asyncio.get_running_loop().create_task(coro, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._settle)
        return task

    def _settle(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        log.error("task %s failed", task.get_name(), exc_info=error)
        if self._on_failure is not None:
            self._on_failure(task.get_name(), error)

    def __len__(self) -> int:
        return len(self._tasks)

    async def close(self, timeout: float = 5.0) -> None:
        """Cancel what still runs and wait for it, at most ``timeout`` seconds."""
        running = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        if not running:
            return
        _, stuck = await asyncio.wait(running, timeout=timeout)
        for task in stuck:
            log.error("task %s ignored its cancellation for %.0f s", task.get_name(), timeout)


async def supervise(
    part: Callable[[], Awaitable[None]],
    name: str,
    clock: Clock,
    problem: Callable[[str, str], None],
) -> None:
    """Run ``part`` until it ends by itself; after an exception again, a second later.

    ``problem`` gets the name and a sentence each time.
    """
    while True:
        try:
            return await part()
        except Exception as error:
            log.exception("%s stopped and is started again", name)
            problem(name, f"This part stopped and was started again ({type(error).__name__}).")
        await clock.sleep(RESTART_S)
