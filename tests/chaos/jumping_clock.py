"""A clock of the engine that a harness moves from outside, through eight bytes of a file."""

import mmap
import struct
from pathlib import Path

from console.base.clock import SystemClock

VARIABLE = "CHAOS_CLOCK"
"""Names the file in the engine's environment."""


class Jump:
    """How many seconds the engine's clock is ahead; made by the harness, read by the engine."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 8)

    @property
    def seconds(self) -> float:
        found: float = struct.unpack("d", self._memory[:8])[0]
        return found

    @seconds.setter
    def seconds(self, value: float) -> None:
        self._memory[:8] = struct.pack("d", value)


class JumpingClock(SystemClock):
    """The machine's clock, but for the jump. What is measured monotonically does not jump."""

    def __init__(self, jump: Jump, speed: float = 1.0, origin: float = 0.0) -> None:
        super().__init__(speed, origin)
        self._jump = jump

    def now(self) -> float:
        return super().now() + self._jump.seconds
