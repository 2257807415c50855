"""Tasks without a running loop."""

import asyncio

from console.base.tasks import Tasks


class TasksAtOnce(Tasks):
    """Runs each task to its end, one after the other, before ``spawn`` returns."""

    def __init__(self):
        super().__init__()
        self._waiting = []
        self._busy = False

    def spawn(self, coro, *, name):
        self._waiting.append(coro)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                asyncio.run(self._waiting.pop(0))
        finally:
            self._busy = False
            for coro in self._waiting:
                coro.close()
