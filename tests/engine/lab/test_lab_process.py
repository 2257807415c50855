"""The lab in the engine's real process: over its pipes, signed out, and killed."""

import asyncio
import contextlib
import sys

import psutil
import pytest

from console.protocol.codec import encode
from console.protocol.lab import PolicyText, TextTried, TryText
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import (
    AskRows,
    CancelRun,
    FileSource,
    RunProgress,
    RunRows,
    StartRun,
)
from console.protocol.to_engine import Shutdown
from tests.patience import patient

pytestmark = pytest.mark.system

POLICY = PolicyText(
    """\
key = "chat"
block_list_config = { rules = [{ name = "mine", action = "flag" }] }
[[blocklists]]
name = "mine"
words = ["zebra"]
"""
)


@contextlib.asynccontextmanager
async def engine(window, home):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "console", "--home", str(home), "engine"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )

    async def read() -> None:
        assert process.stdout is not None
        while data := await process.stdout.read(65_536):
            window.write(data)

    reading = asyncio.get_running_loop().create_task(read())
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await reading
        await process.wait()
        process._transport.close()  # type: ignore[attr-defined]  # asyncio's own


def start(path) -> StartRun:
    return StartRun(run_id="r", a=POLICY, source=FileSource(str(path)))


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("".join(f"line {n} with a zebra\n" for n in range(200_000)), "utf-8")
    return path


async def test_it_tries_runs_and_leaves(window, tmp_path):
    few = tmp_path / "few.txt"
    few.write_text("a zebra\nnothing\n", "utf-8")
    async with engine(window, tmp_path) as process:
        for message in (TryText("1", POLICY, "zebra"), start(few)):
            process.stdin.write(encode(message))
        await window.until(lambda: window.of(TextTried) and window.of(RunFinished))
        assert window.of(TextTried)[0].judgement.action == "flag"
        process.stdin.write(encode(AskRows(request_id="2", run_id="r")))
        await window.until(lambda: window.of(RunRows))
        assert [row.a.action for row in window.of(RunRows)[0].rows] == ["flag", "keep"]
        (bench,) = psutil.Process(process.pid).children()
        process.stdin.write(encode(Shutdown()))
        assert await asyncio.wait_for(process.wait(), patient(10)) == 0
        assert not bench.is_running()


async def test_a_bench_does_not_outlive_its_engine(window, tmp_path, many):
    async with engine(window, tmp_path) as process:
        process.stdin.write(encode(start(many)))
        await window.until(lambda: any(each.done for each in window.of(RunProgress)))
        (bench,) = psutil.Process(process.pid).children()
        process.kill()
        await asyncio.to_thread(bench.wait, 10)


async def test_a_killed_bench_ends_its_run_with_a_sentence(window, tmp_path, many):
    async with engine(window, tmp_path) as process:
        process.stdin.write(encode(start(many)))
        await window.until(lambda: any(each.done for each in window.of(RunProgress)))
        (bench,) = psutil.Process(process.pid).children()
        bench.kill()
        await window.until(lambda: window.of(RunFinished))
        sentence = window.of(RunFinished)[0].sentence
        assert sentence == "The run ended unexpectedly; the log may say more."
        process.stdin.write(encode(CancelRun("r")))
        process.stdin.write(encode(TryText("1", POLICY, "zebra")))
        await window.until(lambda: window.of(TextTried))
