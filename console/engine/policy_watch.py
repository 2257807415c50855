"""A policy file read again whenever it changes. A bad version never takes over from a good one."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from console.base.clock import Clock
from console.base.errors import WorldError
from console.policy.checked_table import PolicyError
from console.policy.command import read_policy_at
from console.policy.in_force import InForce, offered
from console.policy.policy_file import PolicyRead

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0

Stamp = tuple[int, int]
"""When a file was written, in nanoseconds, and its size."""


class PolicyWatch:
    """Keeps what is in force true to the file at ``path``.

    Lists in other files are read along, but only a change of ``path`` itself is noticed.
    """

    def __init__(self, path: Path, clock: Clock, on_change: Callable[[InForce], None]) -> None:
        """``on_change`` is called on the loop, after each version that was read."""
        self.now = InForce()
        self._path = path
        self._clock = clock
        self._on_change = on_change
        self._seen: Stamp | None = None

    async def look(self) -> bool:
        """Read the file if it changed since the last look; whether it did."""
        stamp = await asyncio.to_thread(_stamp, self._path)
        if stamp == self._seen and (stamp is not None or self.now.refused):
            return False
        self._seen = stamp
        # Compiling thousands of words takes long enough to be felt; not on the loop.
        self.now = await asyncio.to_thread(_offer, self.now, self._path)
        if self.now.errors:
            logger.warning("%s", self.now.sentence)
        self._on_change(self.now)
        return True

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY_S)


def _offer(now: InForce, path: Path) -> InForce:
    return offered(now, _read(path))


def _read(path: Path) -> PolicyRead:
    try:
        return read_policy_at(path)
    except WorldError as error:
        return PolicyRead(None, (PolicyError(str(path), 1, "", error.sentence),))


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
