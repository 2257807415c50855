"""``moderator-console`` in a session of its own, as a terminal starts it, and how it ended."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.patience import patient

LIMIT = 30.0
SLOW = "did not end by itself"


class Program:
    """One run of the program. Use ``start``."""

    def __init__(self, process, children):
        self._process = process
        self._children = children

    @classmethod
    async def start(cls, home, *arguments, children=0, loaded="", environment=None):
        """Start it; wait until it said something, has so many children, or loaded a library."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "console", "--home", str(home), *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **(environment or {})},
        )
        if loaded:
            await _until(lambda: loaded in _libraries(process.pid))
            return cls(process, [])
        if not children:
            assert process.stdout is not None
            assert await asyncio.wait_for(process.stdout.readline(), patient(LIMIT))
            return cls(process, [])
        found: list[psutil.Process] = []

        def enough():
            found[:] = psutil.Process(process.pid).children(recursive=True)
            return len(found) >= children

        await _until(enough)
        return cls(process, found)

    async def end(self, number, *, group=False):
        """Send a signal; the exit code and what was written to standard error."""
        (os.killpg if group else os.kill)(self._process.pid, number)
        _, errors = await asyncio.wait_for(self._process.communicate(), patient(LIMIT))
        _, alive = await asyncio.to_thread(psutil.wait_procs, self._children, patient(LIMIT))
        for orphan in alive:
            orphan.kill()
        assert alive == []
        # Where the machine is busy a child may need longer than it is given, which is said.
        lines = [line for line in errors.decode().splitlines() if SLOW not in line]
        return self._process.returncode, "\n".join(lines)


def _libraries(pid):
    with contextlib.suppress(OSError):  # it has just begun, or just ended
        return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    return ""


async def _until(condition):
    until = time.monotonic() + patient(LIMIT)
    while not condition():
        assert time.monotonic() < until
        await asyncio.sleep(0.01)
