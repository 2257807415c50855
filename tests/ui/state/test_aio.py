import asyncio
import gc
import logging

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from console.ui.state import aio


class Sender(QObject):
    said = Signal(str)


async def nothing():
    return None


def test_slots_run_and_the_close_is_awaited(qapp):
    sender = Sender()
    seen = []

    def start(tasks):
        async def listen(text):
            await asyncio.sleep(0)
            seen.append(text)
            qapp.exit(3)

        sender.said.connect(lambda text: tasks.spawn(listen(text), name="listen"))
        QTimer.singleShot(0, lambda: sender.said.emit("hello"))

    async def close():
        await asyncio.sleep(0.01)
        seen.append("closed")

    assert aio.run(qapp, start, close) == 3
    assert seen == ["hello", "closed"]


def test_quitting_twice_does_not_cut_the_close_short(qapp):
    ends = []

    async def close():
        for _ in range(3):
            qapp.quit()
            await asyncio.sleep(0.01)
        ends.append("closed")

    aio.run(qapp, lambda tasks: QTimer.singleShot(0, lambda: qapp.exit(0)), close)
    assert ends == ["closed"]


def test_what_still_runs_is_cancelled(qapp):
    ends = []

    def start(tasks):
        async def forever():
            try:
                await asyncio.Event().wait()
            finally:
                ends.append("cancelled")

        tasks.spawn(forever(), name="forever")
        QTimer.singleShot(0, lambda: qapp.exit(0))

    assert aio.run(qapp, start, nothing) == 0
    assert ends == ["cancelled"]


def test_a_start_that_fails_ends_the_program(qapp):
    def start(tasks):
        raise LookupError("no such theme")

    with pytest.raises(LookupError, match="no such theme"):
        aio.run(qapp, start, nothing)


@pytest.mark.expects_errors
def test_a_slot_that_fails_is_logged(qapp, caplog):
    def start(tasks):
        async def fail():
            QTimer.singleShot(0, lambda: qapp.exit(0))
            raise LookupError("lost")

        tasks.spawn(fail(), name="fail")

    with caplog.at_level(logging.ERROR):
        aio.run(qapp, start, nothing)
    assert "task fail failed" in caplog.text


@pytest.mark.expects_errors
def test_a_close_that_hangs_is_given_up(qapp, monkeypatch, caplog):
    monkeypatch.setattr(aio, "CLOSE_SECONDS", 0.05)

    async def hang():
        await asyncio.Event().wait()

    aio.run(qapp, lambda tasks: QTimer.singleShot(0, lambda: qapp.exit(0)), hang)
    assert "closing took longer" in caplog.text


def test_threads_can_be_awaited(qapp):
    seen = []

    def start(tasks):
        async def ask():
            seen.append(await asyncio.to_thread(lambda: 7))
            qapp.exit(0)

        tasks.spawn(ask(), name="ask")

    aio.run(qapp, start, nothing)
    assert seen == [7]


def test_no_thread_finds_timers_of_a_closed_loop(qapp):
    """Destroyed in another thread they would go on in Qt's loop, and crash it when due."""

    def leave(tasks):
        QTimer.singleShot(0, lambda: qapp.exit(0))

    def collect(tasks):
        async def in_a_thread():
            await asyncio.to_thread(gc.collect)  # Qt warns if it has to destroy a timer there
            qapp.exit(0)

        tasks.spawn(in_a_thread(), name="collect")

    gc.collect()
    aio.run(qapp, leave, nothing)  # its limit on closing is a timer of some seconds
    assert aio.run(qapp, collect, nothing) == 0


def test_no_thread_collects_from_start_to_close(qapp, collected_anywhere):
    enabled = []

    def start(tasks):
        enabled.append(gc.isenabled())
        QTimer.singleShot(0, lambda: qapp.exit(0))

    async def close():
        enabled.append(await asyncio.to_thread(gc.isenabled))

    aio.run(qapp, start, close)
    assert enabled == [False, False]
    assert gc.isenabled()
