"""How the programs end when somebody ends them: no traceback, and nothing left running."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.patience import patient

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals"),
]

LIMIT = 30.0
SLOW = "did not end by itself"


class Program:
    """``moderator-console`` in a session of its own, as a terminal starts it."""

    def __init__(self, process, children):
        self._process = process
        self._children = children

    @classmethod
    async def start(cls, home, *arguments, children=0):
        """Start it, and wait until it said something or has that many children."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "console", "--home", str(home), *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        if not children:
            assert process.stdout is not None
            assert await asyncio.wait_for(process.stdout.readline(), patient(LIMIT))
            return cls(process, [])
        found: list[psutil.Process] = []
        until = time.monotonic() + patient(LIMIT)
        while len(found) < children:
            assert time.monotonic() < until
            await asyncio.sleep(0.05)
            found = psutil.Process(process.pid).children(recursive=True)
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["sandbox", "--scenario", "quiet"], ["engine"]])
async def test_a_program_without_a_window(tmp_path, command, number):
    program = await Program.start(tmp_path, *command)
    assert await program.end(number) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_the_demo_ends_its_engine_and_its_sandbox(tmp_path, number):
    program = await Program.start(tmp_path, "demo", "--headless", children=2)
    assert await program.end(number, group=True) == (0, "")


async def test_a_killed_demo_leaves_nothing_running(tmp_path):
    program = await Program.start(tmp_path, "demo", "--headless", children=2)
    assert await program.end(signal.SIGKILL) == (-signal.SIGKILL, "")


async def test_the_window_ends_its_engine(tmp_path):
    program = await Program.start(tmp_path, children=1)
    assert await program.end(signal.SIGINT, group=True) == (0, "")
