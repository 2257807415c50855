import gc
import threading
import weakref

import pytest

from console.ui.shell.garbage_collector import Collector


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def collector(qapp):
    made = Collector()
    made.start()
    yield made
    made.stop()


def test_what_is_due_is_collected_here(collector):
    knot = weakref.ref(Knot())
    while collector.collect_due() != 0:
        kept = [[number] for number in range(gc.get_threshold()[0] + 10)]
        assert kept
    gc.collect(0)
    assert knot() is None


def test_no_other_thread_collects(collector):
    threads: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.current_thread().name)

    gc.callbacks.append(note)
    try:
        worker = threading.Thread(target=lambda: [Knot() for _ in range(5000)], name="worker")
        worker.start()
        worker.join(20)
    finally:
        gc.callbacks.remove(note)
    assert "worker" not in threads


def test_the_collection_is_given_back(qapp):
    assert gc.isenabled()
    made = Collector()
    made.start()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
