"""The store can take nothing: the disk is full, or another program holds the file."""

import contextlib
import resource
import sqlite3
from random import Random

from tests.chaos.faults.fault import Fault, Scene

_SMALLEST = 4_096


def _full(scene: Scene, chance: Random) -> None:
    """No file may grow: every write beyond the first page fails."""
    pid = scene.engine.pid
    if not pid:
        return
    scene.happened()
    unlimited = resource.RLIM_INFINITY
    _limit(pid, _SMALLEST)
    scene.later(chance.uniform(0.2, 5.0), lambda: _limit(pid, unlimited))


def _limit(pid: int, size: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # killed meanwhile
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _locked(scene: Scene, chance: Random) -> None:
    """Another program writes, longer than the engine waits for it."""
    if not scene.engine.store.exists():
        return
    connection = sqlite3.connect(
        scene.engine.store, timeout=0.0, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.close()
        return
    scene.happened()

    def release() -> None:
        connection.rollback()
        connection.close()

    scene.later(chance.choice((0.2, 2.0, 6.5)), release)


FAULTS = (
    Fault("full disk", 3, _full),
    Fault("locked store", 2, _locked),
)
