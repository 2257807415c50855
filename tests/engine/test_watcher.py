"""Sweeps over many pages of the served sandbox, and what cuts them short."""

from console.domain.sign_in import Method
from console.protocol.to_window import Phase


async def test_a_directory_of_several_pages_is_complete(sandbox, console):
    for number in range(230):
        sandbox.call(f"c{number}", f"user{number}")

    console.desk.answer(sandbox.sign_in(Method.TOKEN))
    await console.until(lambda: console.state.directory_complete)

    await console.until(lambda: len(console.calls) == 230)
    assert sandbox.world.counters.watches == 230
    await console.until(lambda: all(call.captioning for call in console.calls.values()))


async def test_after_each_reconnect_everything_is_watched_again(sandbox, console):
    people = [sandbox.call(f"c{number}", f"user{number}")[0] for number in range(120)]
    console.desk.answer(sandbox.sign_in())
    await console.until(lambda: console.state.directory_complete)

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
