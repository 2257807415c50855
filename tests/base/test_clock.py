import asyncio
import time

import pytest

from console.base.clock import SystemClock
from tests.patience import patient


def test_clocks_with_the_same_origin_agree():
    origin = time.time() - 100
    first, second = SystemClock(10, origin), SystemClock(10, origin)
    before, seen, after = first.now(), second.now(), first.now()
    assert before <= seen <= after
    assert before - origin == pytest.approx(1000, abs=10 * patient(1))


def test_the_clock_of_the_machine_is_the_one_of_speed_1():
    before, seen, after = time.time(), SystemClock().now(), time.time()
    assert before <= seen <= after


async def test_a_fast_clock_sleeps_and_gives_up_in_its_own_seconds():
    clock = SystemClock(speed=1000)
    began = clock.monotonic()
    async with asyncio.timeout(patient(5)):
        await clock.sleep(100)
        with pytest.raises(TimeoutError):
            async with clock.timeout(100):
                await asyncio.Event().wait()
    assert clock.monotonic() - began >= 200
