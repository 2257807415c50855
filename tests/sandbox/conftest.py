"""A world with a few people in one call, on a clock that stands still until it is moved."""

import pytest

from console.sandbox.events import WorldEvent
from console.sandbox.world import World


class StillClock:
    """Time moves when a test says so."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


class Told:
    """What the world told, in order."""

    def __init__(self, world: World) -> None:
        self.events: list[WorldEvent] = []
        world.state.events.listen(self.events.append)

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    def last(self, kind: str) -> WorldEvent:
        return [event for event in self.events if event.type == kind][-1]

    def clear(self) -> None:
        self.events.clear()


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def world(clock):
    """Users moderator, ana, bo, cy; the call default:talk by ana, nobody in it."""
    made = World(clock)
    made.add_user("moderator", "Moderator", role="moderator")
    for name in ("Ana", "Bo", "Cy"):
        made.add_user(name.lower(), name)
    made.control.create("default", "talk", created_by="ana", name="Talk")
    return made


@pytest.fixture
def told(world):
    return Told(world)


@pytest.fixture
def bo(world):
    """Bo in default:talk with a live microphone and camera."""
    presence = world.attendance.join("default:talk", "bo")
    world.attendance.publish("default:talk", presence.user_session_id, "audio")
    world.attendance.publish("default:talk", presence.user_session_id, "video")
    return presence
