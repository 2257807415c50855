"""Questions of every key press: one is worked on, the newest waits, the rest is dropped."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from console.base.tasks import Tasks

T = TypeVar("T")


class LatestOnly(Generic[T]):
    """Works on one question at a time.

    Attributes:
        dropped: questions that were overtaken before their turn.
    """

    def __init__(self, tasks: Tasks, name: str, work: Callable[[T], Awaitable[None]]) -> None:
        self._tasks = tasks
        self._name = name
        self._work = work
        self._next: T | None = None
        self._busy = False
        self.dropped = 0

    def offer(self, question: T) -> None:
        """Work on ``question`` next, unless a newer one comes before its turn."""
        self.dropped += self._next is not None
        self._next = question
        if not self._busy:
            self._busy = True
            self._tasks.spawn(self._run(), name=self._name)

    async def _run(self) -> None:
        try:
            while self._next is not None:
                question, self._next = self._next, None
                await self._work(question)
        except Exception:
            # The failure is the task's; the question that waits must not wait for the next key.
            if self._next is not None:
                self._tasks.spawn(self._run(), name=self._name)
            raise
        finally:
            self._busy = self._next is not None
