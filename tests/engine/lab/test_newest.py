"""Questions of every key press."""

import asyncio

import pytest

from console.base.tasks import Tasks
from console.engine.services.lab.latest_only import LatestOnly
from tests.patience import patient


@pytest.fixture
async def tasks():
    tasks = Tasks()
    yield tasks
    await tasks.close()


async def test_one_is_worked_on_and_only_the_newest_waits(tasks):
    done: list[int] = []
    free = asyncio.Event()
    idle = asyncio.Event()

    async def work(number: int) -> None:
        await free.wait()
        done.append(number)
        if number in (3, 4):
            idle.set()

    newest = LatestOnly(tasks, "test", work)
    newest.offer(0)
    await asyncio.sleep(0)
    for number in (1, 2, 3):
        newest.offer(number)
    free.set()
    await asyncio.wait_for(idle.wait(), patient(5))
    assert (done, newest.dropped) == ([0, 3], 2)
    idle.clear()
    newest.offer(4)
    await asyncio.wait_for(idle.wait(), patient(5))
    assert done == [0, 3, 4]


@pytest.mark.expects_errors
async def test_a_failure_does_not_hold_up_what_waits(tasks):
    done = asyncio.Event()

    async def work(number: int) -> None:
        await asyncio.sleep(0)
        if number == 0:
            raise ValueError(number)
        done.set()

    newest = LatestOnly(tasks, "test", work)
    newest.offer(0)
    await asyncio.sleep(0)
    newest.offer(1)
    await asyncio.wait_for(done.wait(), patient(5))
