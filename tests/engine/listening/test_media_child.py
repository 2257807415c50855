"""The media process of an engine: the real one, begun, asked, killed and begun again."""

import asyncio
import os
import signal
import sys

import pytest

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.engine.services.listening import media_child
from console.engine.services.listening.media_child import Lost, MediaChild, wait_after
from console.protocol.media import LookAt, MediaLoad, Ready
from tests.patience import patient


class Child:
    """A media child with all that it told."""

    def __init__(self, tmp_path, command=None):
        self.told: list[object] = []
        self._news = asyncio.Event()
        self.problems: list[str] = []
        paths = Paths.under(tmp_path)
        paths.create()
        self.media = MediaChild(
            paths, SystemClock(10.0), lambda _, sentence: self.problems.append(sentence), command
        )
        for kind in (Ready, MediaLoad, Lost):
            self.media.on(kind, self._hear)

    def _hear(self, message):
        self.told.append(message)
        self._news.set()

    def of(self, kind):
        return [each for each in self.told if isinstance(each, kind)]

    async def until(self, condition):
        async with asyncio.timeout(patient(20.0)):
            while not condition():
                self._news.clear()
                await self._news.wait()


@pytest.fixture
async def child(tmp_path):
    made = Child(tmp_path)
    yield made
    await made.media.close()


async def test_it_begins_with_the_first_order_and_tells_what_it_can_do(child):
    assert child.media.pid is None
    answer = await child.media.ask(LookAt("q1", picture=b"no picture"))
    assert answer.request_id == "q1"
    assert answer.sentence
    assert child.of(Ready)[0].pid == child.media.pid
    await child.until(lambda: child.of(MediaLoad))


async def test_one_that_dies_is_told_as_a_gap_and_begun_again(child):
    child.media.start()
    await child.until(lambda: child.of(Ready))
    os.kill(child.media.pid, signal.SIGKILL)
    await child.until(lambda: len(child.of(Ready)) == 2)
    (lost,) = child.of(Lost)
    assert lost.since > 0
    assert "ended unasked" in lost.sentence
    assert child.problems == [f"{lost.sentence} It is begun again."]
    assert (await child.media.ask(LookAt("q2", picture=b""))).request_id == "q2"


async def test_a_question_that_waits_when_it_dies_is_refused(tmp_path):
    # Reads its orders and answers nothing.
    waits = Child(tmp_path, [sys.executable, "-c", "import sys; sys.stdin.buffer.readline()"])
    answer = await waits.media.ask(LookAt("q", picture=b""))
    await waits.media.close()
    assert answer.sentence == "The media process ended unasked."


async def test_one_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(media_child, "SILENCE_S", 0.1)
    hangs = Child(tmp_path, [sys.executable, "-c", "import time; time.sleep(60)"])
    hangs.media.start()
    await hangs.until(lambda: hangs.of(Lost))
    await hangs.media.close()
    assert "said nothing" in hangs.of(Lost)[0].sentence


async def test_one_that_cannot_be_started_is_a_sentence(tmp_path):
    missing = Child(tmp_path, [str(tmp_path / "missing")])
    missing.media.start()
    await missing.until(lambda: missing.of(Lost))
    await missing.media.close()
    assert "could not be started" in missing.of(Lost)[0].sentence


def test_waits_grow_up_to_a_limit():
    assert [wait_after(losses) for losses in (1, 2, 3, 20)] == [1.0, 2.0, 4.0, 30.0]


async def test_it_is_sent_to_rest_without_a_problem_and_begins_again(child):
    await child.media.ask(LookAt("q1", picture=b"no picture"))
    first = child.media.pid
    assert child.media.idle_s() > 0.0

    child.media.rest()
    assert child.media.idle_s() == 0.0
    answer = await child.media.ask(LookAt("q2", picture=b"no picture"))

    assert answer.request_id == "q2"
    assert child.media.pid not in (None, first)
    assert child.problems == []
    assert not child.of(Lost)
