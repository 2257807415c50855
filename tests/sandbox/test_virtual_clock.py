"""Time of the sandbox's own, and that a run with it repeats itself."""

import asyncio

import pytest

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.sandbox.direction.director import Director
from console.sandbox.direction.scenario_file import find_scenario, read_scenario
from console.sandbox.fidelity.egress import FRAMES
from console.sandbox.sockets import Sockets
from console.sandbox.timestamps import Form, Stamp, encode
from console.sandbox.virtual_clock import STARTS_AT, VirtualClock
from console.sandbox.world import World
from tests.patience import patient


class Real(Clock):
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.passed = 7.0

    def now(self) -> float:
        return self.passed

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.passed += seconds


def test_it_runs_faster_and_stands_while_it_is_held():
    real = Real()
    clock = VirtualClock(60.0, real=real)
    real.passed += 5.0
    clock.go()
    assert (clock.now(), clock.monotonic()) == (STARTS_AT, 0.0)
    real.passed += 2.0
    assert (clock.now(), clock.monotonic()) == (STARTS_AT + 120.0, 120.0)
    with clock.held(119.5):
        real.passed += 1.0
        assert clock.now() == STARTS_AT + 119.5
    assert clock.monotonic() == 180.0
    clock.stop()
    real.passed += 5.0
    clock.go()
    real.passed += 1.0
    assert clock.monotonic() == 240.0


def test_time_does_not_stand_still():
    with pytest.raises(ValueError, match="above zero"):
        VirtualClock(0.0)


async def _played(name, speed, seconds, *, watched):
    """Every event of a scenario as it goes over the wire, up to ``seconds``."""
    clock = VirtualClock(speed)
    world = World(clock)
    world.add_user("moderator", "Moderator", role="moderator")
    sockets = Sockets(world)
    if watched:
        connection = sockets.open(world.state.users["moderator"], Form.NANOSECONDS)
    told: list[bytes] = []
    enough = asyncio.Event()

    def hear(event):
        if event.at > STARTS_AT + seconds:
            enough.set()
            return
        frame = {"type": event.type, "at": Stamp(event.at), "cid": event.cid, **event.payload}
        told.append(encode(frame, Form.NANOSECONDS))

    director = Director(world, read_scenario(find_scenario(name)), clock, speed=1.0)
    director.prepare()
    world.state.events.listen(hear)
    world.egresses.start(next(iter(world.state.calls)), FRAMES)
    if watched:
        sockets.watch(connection.id, "moderator", list(world.state.calls))
    tasks = Tasks()
    tasks.spawn(director.run(), name="director")
    async with asyncio.timeout(patient(60)):
        await enough.wait()
    await tasks.close()
    return told


async def test_two_runs_at_different_speeds_are_the_same_event_for_event():
    slow = await _played("game-night", 60.0, 40.0, watched=False)
    fast = await _played("game-night", 400.0, 40.0, watched=True)
    assert len(slow) > 100
    assert slow == fast
