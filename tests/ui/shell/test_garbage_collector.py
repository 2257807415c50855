import gc
import threading
import weakref

import pytest

from console.ui.state.garbage_collector import (
    collect_due,
    collected_on_this_thread,
    set_program_aside,
)
from tests.patience import patient


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def collected_here(qapp, collected_anywhere):
    with collected_on_this_thread():
        yield


def test_what_is_due_is_collected_here(collected_here):
    knot = weakref.ref(Knot())
    while collect_due() != 0:
        kept = [[number] for number in range(gc.get_threshold()[0] + 10)]
        assert kept
    gc.collect(0)
    assert knot() is None


def test_no_other_thread_collects(collected_here):
    threads: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.current_thread().name)

    gc.callbacks.append(note)
    try:
        worker = threading.Thread(target=lambda: [Knot() for _ in range(5000)], name="worker")
        worker.start()
        worker.join(patient(20))
    finally:
        gc.callbacks.remove(note)
    assert "worker" not in threads


def test_the_collection_is_given_back(qapp, collected_anywhere):
    with collected_on_this_thread():
        set_program_aside()
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
