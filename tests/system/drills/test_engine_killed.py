"""The engine of a working window is killed, twice: the shift goes on."""

import asyncio
import os
import signal
import time

import psutil

from tests.patience import patient


async def engine_of(window: int, not_pid: int = 0) -> int:
    """The process id of the engine that ``window`` runs, once there is another than ``not_pid``."""
    end = time.monotonic() + patient(20)
    while time.monotonic() < end:
        for child in psutil.Process(window).children():
            if child.pid != not_pid and "engine" in child.cmdline():
                return int(child.pid)
        await asyncio.sleep(0.1)
    raise AssertionError("no engine runs")


async def test_a_shift_survives_two_dead_engines(shift):
    working = shift("game-night", seconds=60, speed=1)
    window = await working.start()
    killed = 0
    for _ in range(2):
        await asyncio.sleep(15)  # long enough for acts and lines to be under way
        killed = await engine_of(window, killed)
        os.kill(killed, signal.SIGKILL)
    found = await working.summary()
    lines, acts = found["utterances"], found["acts"]
    # Lines said while no engine ran are in no transcript; those that were shown are there once.
    assert (lines["duplicated"], lines["pending"]) == (0, 0)
    assert lines["shown"] == lines["judged"] > 0
    assert acts["pending"] == 0
    assert acts["confirmed"] + acts["failed"] == acts["requested"] >= 1
