import asyncio

import pytest

from console.base.tasks import Tasks


async def test_a_spawned_task_is_named_and_gives_its_result():
    tasks = Tasks()

    async def answer() -> int:
        return 42

    task = tasks.spawn(answer(), name="answer")
    assert task.get_name() == "answer"
    assert await task == 42
    assert len(tasks) == 0


@pytest.mark.expects_errors
async def test_a_failure_is_reported_once_with_its_name():
    failures: list[tuple[str, str]] = []
    tasks = Tasks(on_failure=lambda name, error: failures.append((name, str(error))))

    async def fail() -> None:
        raise ValueError("no")

    task = tasks.spawn(fail(), name="failing")
    await asyncio.wait([task])
    assert failures == [("failing", "no")]


async def test_close_cancels_what_runs_and_cancellation_is_no_failure():
    failures: list[str] = []
    tasks = Tasks(on_failure=lambda name, _: failures.append(name))
    task = tasks.spawn(asyncio.Event().wait(), name="waiting")
    await tasks.close()
    assert task.cancelled()
    assert failures == []
    assert len(tasks) == 0
