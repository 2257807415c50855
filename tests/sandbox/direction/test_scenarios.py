"""The scenarios the program comes with: what they promise in their descriptions."""

from collections import Counter

import pytest

from console.base.paths import resources
from console.sandbox.direction.scenario_file import find_scenario, read_scenario, scenario_names
from console.sandbox.judging import Content
from tests.sandbox.direction.expectation import unmet_expectations
from tests.sandbox.direction.scenario_schema import scenario_schema, schema_text

ALL = scenario_names()


@pytest.fixture(scope="module")
def scenarios():
    return {name: read_scenario(find_scenario(name)) for name in ALL}


def verdicts(play) -> Counter[str]:
    """Actions the server recommends for what was said so far."""
    return Counter(
        play.world.judging.check(
            Content(
                entity_type="stream:v1:utterance",
                entity_id=caption.id,
                creator_id=caption.speaker_id,
                payload={"texts": [caption.text]},
                config_key="custom:captions",
            )
        ).action
        for caption in play.world.state.captions
    )


def captioned(play) -> None:
    """Turn captions on in every call, as a console does."""
    for cid, call in play.world.state.calls.items():
        if not call.captioning:
            play.world.control.captions(cid, True)


def test_there_are_nine():
    assert set(ALL) == {
        "audio-room",
        "classroom",
        "game-night",
        "livestream",
        "open-mic",
        "quiet",
        "raid",
        "supervisor-wall",
        "town-hall",
    }


@pytest.mark.parametrize("name", ALL)
def test_the_policy_makes_of_the_lines_what_is_expected(scenarios, name):
    assert list(unmet_expectations(scenarios[name])) == []
    assert all(pool.expect for pool in scenarios[name].pools)


def test_an_unmet_expectation_is_told(scenario):
    read = scenario(
        """
        [[pools]]
        id = "bad"
        expect = "keep"
        lines = ["Hello.", "You {dear|clown}!"]
        [[pools]]
        id = "good"
        expect = "raise"
        lines = ["Clown.", "Hello."]
        [[pools]]
        id = "dull"
        expect = "some"
        lines = ["Hello."]
        [[lines]]
        at = 1.0
        call = "room"
        who = "ann"
        text = "Clown!"
        expect = "keep"
        """
    )
    assert list(unmet_expectations(read)) == [
        "pool bad: raised, but should be kept: You {dear|clown}!",
        "pool good: kept, but should be raised: Hello.",
        "pool dull: nothing is raised",
        "line: raised, but should be kept: Clown!",
    ]


def test_a_town_hall_shows_everything_in_half_a_minute(scenarios, stage_of):
    play = stage_of(scenarios["town-hall"])
    captioned(play)
    assert 290 <= len(play.world.state.calls["livestream:budget-hearing"].running.presences) <= 310
    play.until(10.0)
    early = {speaker for speaker, _ in play.spoken}
    assert {"gil", "dorian", "rebate", "coins"} <= early
    play.until(30.0)
    assert 25 <= len(play.spoken) <= 60
    assert set(verdicts(play)) == {"keep", "flag", "remove"}
    languages = {caption.language for caption in play.world.state.captions}
    assert {"en", "es", "ar", "he", "zh"} <= languages
    assert sum(e.type == "call.permission_request" for e in play.events) >= 4


def test_game_night_is_raided_after_a_minute(scenarios, stage_of):
    play = stage_of(scenarios["game-night"])
    assert len(play.world.state.calls) == 7
    play.until(21.0)
    assert len(play.world.state.calls) == 8
    captioned(play)
    table = play.world.state.calls["default:dungeon-table"]
    play.until(59.0)
    before = len(table.running.presences)
    play.until(70.0)
    assert len(table.running.presences) >= before + 12
    play.until(90.0)
    assert sum(speaker.startswith("raiders") for speaker, _ in play.spoken) > 30


def test_the_wall_has_its_calls_people_and_pace(scenarios, stage_of):
    play = stage_of(scenarios["supervisor-wall"])
    captioned(play)
    assert len(play.world.state.calls) == 200
    assert sum(len(call.running.presences) for call in play.world.state.calls.values()) == 5000
    play.until(30.0)
    in_the_second_half = sum(c.start > 1_700_000_015.0 for c in play.world.state.captions)
    assert 15 <= in_the_second_half / 15 <= 30
    found = verdicts(play)
    assert 0.02 < (found["flag"] + found["remove"]) / found.total() < 0.2


def test_the_rate_turns_the_wall_up(scenarios, stage_of):
    play = stage_of(scenarios["supervisor-wall"], rate=4.0)
    captioned(play)
    play.until(12.0)
    assert play.world.state.counters.captioned / 12 > 50


def test_in_the_audio_room_only_those_who_were_let_speak_are_heard(scenarios, stage_of):
    play = stage_of(scenarios["audio-room"])
    play.until(60.0)
    stage = {"ilse-host", "pawel-host", "fabienne", "dr-ong"}
    assert {speaker for speaker, _ in play.spoken} <= stage
    cid = "audio_room:night-trains"
    asking = [user_id for user_id, asked in play.world.state.calls[cid].asked.items() if asked]
    assert len(asking) >= 8
    for user_id in asking:
        play.world.sanctions.permissions(cid, user_id, grant=["send-audio"], by="moderator")
    play.until(80.0)
    assert {speaker for speaker, _ in play.spoken} > {"ilse-host", asking[0], asking[-1]}


def test_the_livestream_fills_up_once_it_is_live_and_then_the_api_fails(scenarios, stage_of):
    play = stage_of(scenarios["livestream"])
    call = play.world.state.calls["livestream:autumn-launch"]
    play.until(11.0)
    assert call.backstage
    assert len(call.running.presences) == 3
    play.until(60.0)
    assert not call.backstage
    assert len(call.running.presences) > 1400
    fault = play.world.state.faults.take("/api/v2/moderation/check")
    assert (fault.kind, fault.retry_after) == ("rate_limit", 1)
    assert play.world.state.faults.take("/api/v2/video/calls") is None


def test_the_raid_comes_in_three_waves(scenarios, stage_of):
    play = stage_of(scenarios["raid"])
    call = play.world.state.calls["default:knitting-circle"]
    sizes = []
    for at in (14.0, 40.0, 70.0, 100.0):
        play.until(at)
        sizes.append(len(call.running.presences))
    assert sizes[0] == 11
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == 11 + 5 + 6 + 12 + 16


def test_nothing_is_raised_where_it_is_quiet(scenarios, stage_of):
    play = stage_of(scenarios["quiet"])
    play.until(120.0)
    assert len(play.spoken) > 60
    assert set(verdicts(play)) == {"keep"}


def test_the_schema_beside_the_scenarios_is_the_one_of_the_types():
    path = resources() / "scenarios" / "scenario.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text()


def test_the_schema_tells_of_keys_and_choices():
    parts = scenario_schema()["$defs"]
    assert parts["Chatter"]["properties"]["from"]["description"].startswith("when it begins")
    assert "argues" in parts["Temperament"]["enum"]
    assert parts["Line"]["required"] == ["at", "call", "who", "text"]


def test_every_scenario_is_in_the_readme():
    text = (resources() / "scenarios" / "README.md").read_text(encoding="utf-8")
    assert [name for name in ALL if f"| `{name}` |" not in text] == []
