"""Shifts of a scripted moderator, faster than life: nothing lost, every act confirmed."""

import pytest

SCENARIOS = ["town-hall", "game-night", "classroom", "audio-room", "livestream", "raid", "quiet"]


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_a_shift_of_four_minutes(shift, scenario):
    working = shift(scenario, seconds=240, speed=4)
    await working.start()
    found = await working.summary()
    lines, acts = found["utterances"], found["acts"]
    assert found["seconds"] >= 240
    assert (lines["lost"], lines["duplicated"], lines["pending"]) == (0, 0, 0)
    assert lines["shown"] == lines["judged"] == lines["spoken"] > 0
    assert (acts["failed"], acts["pending"]) == (0, 0)
    assert acts["confirmed"] == acts["requested"]


async def test_two_hundred_calls_for_half_a_minute(shift):
    working = shift("supervisor-wall", seconds=30, speed=1)
    await working.start()
    found = await working.summary()
    lines, acts = found["utterances"], found["acts"]
    assert (found["calls"], lines["lost"], lines["duplicated"]) == (200, 0, 0)
    assert acts["requested"] == acts["confirmed"] >= 1
