"""Clocks that jump: the engine's, and the server's."""

from random import Random

from tests.chaos.faults.fault import Fault, Scene


def _jump(scene: Scene, chance: Random) -> None:
    """The machine's clock is set, and set right again after a while."""
    seconds = chance.choice((-86_400, -3_600, -30, -2, 2, 30, 3_600, 86_400, 10 * 365 * 86_400))
    scene.happened(f"{seconds:+} s")
    scene.engine.set_clock(scene.engine.ahead + seconds)
    scene.later(chance.uniform(0.5, 8.0), lambda: scene.engine.set_clock(0.0))


def _skew(scene: Scene, chance: Random) -> None:
    """The server's clock differs from ours for a while."""
    seconds = chance.choice((-30.0, -3.0, 3.0, 30.0))
    scene.happened(f"{seconds:+} s")
    faults = scene.people.world.state.faults
    faults.skew = seconds

    def right() -> None:
        faults.skew = 0.0

    scene.later(chance.uniform(0.5, 8.0), right)


FAULTS = (
    Fault("jumping clock", 2, _jump),
    Fault("skewed server", 2, _skew),
)
