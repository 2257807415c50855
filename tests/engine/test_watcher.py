"""Sweeps over many pages of the served sandbox, and what cuts them short."""

import pytest

from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.engine.services import watcher
from console.protocol.to_window import Problem


async def test_a_directory_of_several_pages_is_complete(sandbox, console):
    for number in range(230):
        sandbox.call(f"c{number}", f"user{number}")

    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.until(lambda: console.state.directory_complete)

    await console.until(lambda: len(console.calls) == 230)
    assert sandbox.world.state.counters.watches == 230
    await console.until(lambda: all(call.captioning for call in console.calls.values()))


@pytest.mark.clock_speed(5)
async def test_after_each_reconnect_everything_is_watched_again(sandbox, console):
    people = [sandbox.call(f"c{number}", f"user{number}")[0] for number in range(120)]
    console.router.answer(sandbox.sign_in())
    await console.live(*(presence.cid for presence in people))

    for number in range(2):
        opened = console.engine.session.coordinator.sockets_opened
        sandbox.sockets.drop(4000)
        await console.until(lambda: console.state.phase is Phase.RECONNECTING)
        await console.until(lambda: console.state.directory_complete)
        assert console.engine.session.coordinator.sockets_opened == opened + 1
        for presence in people:
            sandbox.say(presence, f"after drop {number}")
        await console.until(lambda n=number: len(console.lines) == 120 * (n + 1))
    assert console.pulse.duplicates == 0


@pytest.mark.clock_speed(3)
async def test_calls_that_cannot_be_read_at_first_are_read_before_the_next_sweep(
    sandbox, console, monkeypatch
):
    monkeypatch.setattr(watcher, "EVERY_S", 1e6)
    sandbox.call("one", "ann")
    sandbox.world.state.faults.add("error", "/video/calls", times=3, status=500)
    sandbox.world.state.faults.add("rate_limit", "/video/calls", times=1, retry_after=1)
    console.router.answer(sandbox.sign_in())
    await console.live("default:one")

    told = {problem.sentence: problem.count for problem in console.of(Problem)}
    assert max(told.values()) == 3
    assert told["Stream asked us to slow down."] == 1
