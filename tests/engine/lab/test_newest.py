"""Questions of every key press."""

import asyncio

import pytest

from console.engine.services.handlers import newest_only
from tests.patience import patient


async def test_one_is_worked_on_and_only_the_newest_waits():
    free = asyncio.Event()

    async def work(number: int) -> str:
        await free.wait()
        return f"answer {number}"

    take = newest_only(work)
    first = asyncio.ensure_future(take(0))
    await asyncio.sleep(0)
    rest = [asyncio.ensure_future(take(number)) for number in (1, 2, 3)]
    free.set()
    async with asyncio.timeout(patient(5)):
        answers = await asyncio.gather(first, *rest)
        assert answers == ["answer 0", None, None, "answer 3"]
        assert await take(4) == "answer 4"


async def test_a_failure_does_not_hold_up_what_waits():
    async def work(number: int) -> int:
        await asyncio.sleep(0)
        if number == 0:
            raise ValueError(number)
        return number

    take = newest_only(work)
    first = asyncio.ensure_future(take(0))
    await asyncio.sleep(0)
    async with asyncio.timeout(patient(5)):
        assert await take(1) == 1
        with pytest.raises(ValueError, match="0"):
            await first
