import asyncio
import os

import pytest

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.engine.policy_watch import PolicyWatch, active_policy
from console.policy.active_policy import ActivePolicy
from tests.patience import patient

GOOD = """key = "chat"
blocklist_files = ["more.toml"]
[block_list_config]
rules = [{ name = "a", action = "flag" }, { name = "profanity_en_2020_v1", action = "flag" }]
"""
LIST = '[[blocklists]]\nname = "a"\nwords = ["nitwit"]\n'


@pytest.fixture
def file(tmp_path):
    (tmp_path / "more.toml").write_text(LIST, "utf-8")
    return tmp_path / "p.toml"


def write(file, text, at):
    """Write ``text`` with a time of its own, as if seconds had passed."""
    file.write_text(text, "utf-8")
    os.utime(file, (at, at))


async def test_each_version_is_read_once_and_a_bad_one_changes_nothing(file):
    heard: list[ActivePolicy] = []
    watch = PolicyWatch([file], SystemClock(), heard.append)
    write(file, GOOD, 1)
    assert [await watch.look(), await watch.look()] == [True, False]
    evaluator = watch.now.evaluator
    assert evaluator is not None
    assert evaluator.judge("a nitwit").action == "flag"
    assert "(stand-in)" in evaluator.judge("bullshit").why

    write(file, GOOD + "wrong", 2)
    assert await watch.look()
    assert watch.now.evaluator is evaluator
    assert watch.now.sentence.startswith("The policy has 1 error, so the last good one judges on.")

    write(file, GOOD.replace('"flag"', '"remove"'), 3)
    assert await watch.look()
    assert watch.now.evaluator is not evaluator
    assert watch.now.errors == ()
    assert len(heard) == 3


async def test_a_file_that_goes_away_leaves_the_last_good_version(file):
    heard: list[ActivePolicy] = []
    watch = PolicyWatch([file], SystemClock(), heard.append)
    write(file, GOOD, 1)
    await watch.look()
    file.unlink()
    assert [await watch.look(), await watch.look()] == [True, False]
    assert watch.now.evaluator is not None
    assert "could not be read" in watch.now.sentence
    assert len(heard) == 2


async def test_a_file_that_was_never_there_is_said_once(file):
    heard: list[ActivePolicy] = []
    watch = PolicyWatch([file], SystemClock(), heard.append)
    assert [await watch.look(), await watch.look()] == [True, False]
    assert watch.now.evaluator is None
    assert len(heard) == 1


async def test_it_looks_again_and_again(file):
    class Ticking(SystemClock):
        async def sleep(self, seconds):
            await asyncio.sleep(0)

    read = asyncio.Event()
    watch = PolicyWatch([file], Ticking(), lambda now: read.set() if now.evaluator else None)
    looking = asyncio.get_running_loop().create_task(watch.run())
    write(file, GOOD, 1)
    async with asyncio.timeout(patient(10)):
        await read.wait()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking


async def test_a_list_file_that_changes_is_read_again(file):
    heard: list[ActivePolicy] = []
    watch = PolicyWatch([file], SystemClock(), heard.append)
    write(file, GOOD, 1)
    await watch.look()
    write(file.parent / "more.toml", LIST.replace("nitwit", "muppet"), 2)
    assert [await watch.look(), await watch.look()] == [True, False]
    assert watch.evaluator is not None
    assert watch.evaluator.judge("a muppet").action == "flag"

    write(file.parent / "more.toml", LIST.replace("name", "nmae"), 3)
    assert await watch.look()
    assert watch.evaluator.judge("a muppet").action == "flag"
    assert "more.toml" in {error.place for error in watch.now.errors}


async def test_the_first_file_that_is_there_is_in_force(file, tmp_path):
    own = tmp_path / "own.toml"
    watch = PolicyWatch([own, file], SystemClock(), lambda now: None)
    write(file, GOOD, 1)
    await watch.look()
    write(own, GOOD.replace('"flag"', '"remove"'), 1)
    await watch.look()
    assert watch.evaluator is not None
    assert watch.evaluator.judge("a nitwit").action == "remove"
    own.unlink()
    await watch.look()
    assert watch.evaluator.judge("a nitwit").action == "flag"


async def test_a_policy_that_is_bad_from_the_start_leaves_the_other_in_force(file, tmp_path):
    heard: list[ActivePolicy] = []
    write(file, GOOD, 1)
    write(tmp_path / "own.toml", "key = 5", 1)
    watch = PolicyWatch([tmp_path / "own.toml", file], SystemClock(), heard.append)
    await watch.look()
    assert watch.evaluator is not None
    assert watch.evaluator.judge("a nitwit").action == "flag"
    assert [len(now.errors) for now in heard] == [1]
    assert "own.toml:1" in watch.now.sentence


def test_the_active_policy_is_the_moderators_own_or_the_one_that_came_along(tmp_path):
    own, otherwise = active_policy(Paths.under(tmp_path))
    assert own == tmp_path / "config" / "policy.toml"
    assert otherwise.is_file()
