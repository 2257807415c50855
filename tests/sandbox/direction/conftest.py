"""A clock that moves only when told, and small scenarios on a world."""

import asyncio
import textwrap

import pytest

from console.base.clock import Clock
from console.sandbox.direction.director import Director
from console.sandbox.direction.scenario_file import read_scenario
from console.sandbox.events import WorldEvent
from console.sandbox.world import World

SMALL = """
title = "Small"
description = "Three people and a troll."
seed = 3

[policy]
key = "custom:captions"
[policy.config.block_list_config]
enabled = true
rules = [{ name = "insults", action = "flag" }]
[[policy.blocklists]]
name = "insults"
type = "word"
words = ["clown"]
label = "INSULT"
severity = "medium"

[[calls]]
id = "room"
name = "The room"
hosts = ["ann"]
people = ["ann", "ben", "cy", "troll"]
voices = ["ann", "ben", "troll"]
cameras = ["ann"]
captions = "auto-on"

[[users]]
id = "ann"
name = "Ann"
[[users]]
id = "ben"
name = "Ben"
temperament = "argues"
[[users]]
id = "cy"
name = "Cy"
[[users]]
id = "troll"
name = "Troll"
temperament = "evades"
alias = "Not Troll"
"""


class VirtualClock(Clock):
    """Time that passes when somebody sleeps, or by ``advance``."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> float:
        return 1_700_000_000.0 + self.passed

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.passed += seconds
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        self.passed += seconds


class Play:
    """A scenario on a world of its own, played by hand."""

    def __init__(self, scenario, **options) -> None:
        self.clock = VirtualClock()
        self.world = World(self.clock)
        self.world.add_user("moderator", "Moderator", role="moderator")
        self.events: list[WorldEvent] = []
        self.world.state.events.listen(self.events.append)
        self.director = Director(self.world, scenario, self.clock, **options)
        self.director.prepare()
        self.director.start()

    def until(self, seconds: float) -> None:
        """Play up to ``seconds`` of the clock, a tenth of a second at a time."""
        while self.clock.passed < seconds - 1e-9:
            self.clock.advance(0.1)
            self.director.play_until(self.director.scenario_time)

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """(speaker, text) of every caption."""
        return [(caption.speaker_id, caption.text) for caption in self.world.state.captions]

    def live(self, cid: str, user_id: str) -> set[str] | None:
        """Tracks somebody publishes; None when they are not in the call."""
        session = self.world.state.calls[cid].running
        found = session.of_user(user_id) if session else []
        return set(found[0].live) if found else None


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def scenario(tmp_path):
    """Reads a scenario from TOML, added to a small one unless ``whole``."""

    def read(text: str = "", *, whole: bool = False):
        path = tmp_path / "scene.toml"
        body = textwrap.dedent(text)
        path.write_text(body if whole else SMALL + body, encoding="utf-8")
        return read_scenario(path)

    return read


@pytest.fixture
def play(scenario):
    """Plays a small scenario with more TOML added to it."""

    def begin(text: str = "", **options) -> Play:
        return Play(scenario(text), **options)

    return begin


@pytest.fixture
def stage_of():
    """Plays a scenario that is read already."""
    return Play
