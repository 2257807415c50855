"""The engine as faults see it: a process to stop and to kill, a clock to move, a file to lock."""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable
from pathlib import Path

from tests.chaos.jumping_clock import Jump


class EngineHandle:
    """``pid`` is set by whoever runs the window; 0 while no engine runs.

    Attributes:
        store: its database.
        killed: how often a fault killed it.
        on_order: what happens right after the next acts are asked for, one for each.
        aheads: by how much its clock was ahead at any time.
    """

    def __init__(self, store: Path, jump: Jump) -> None:
        self.store = store
        self.pid = 0
        self.killed = 0
        self.on_order: deque[Callable[[], object]] = deque()
        self.aheads: list[float] = []
        self._jump = jump

    @property
    def ahead(self) -> float:
        """How many seconds its clock is ahead."""
        return self._jump.seconds

    def set_clock(self, ahead: float) -> None:
        """Let its clock be ``ahead`` from now on."""
        self.aheads.append(ahead)
        self._jump.seconds = ahead

    def kill(self) -> bool:
        """End it as a crash would; whether there was one."""
        pid, self.pid = self.pid, 0
        if not pid:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.killed += 1
        return True

    def go_on(self, pid: int) -> None:
        """Let a process run that was made to stand."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
