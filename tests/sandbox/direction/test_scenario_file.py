import pytest

from console.base.errors import WorldError
from console.sandbox.direction.scenario import CONFIG_KEY
from console.sandbox.direction.scenario_file import find_scenario, read_scenario, scenario_names


def test_it_comes_with_scenarios_and_all_of_them_can_be_played():
    names = scenario_names()
    assert {"town-hall", "game-night", "supervisor-wall"} <= set(names)
    for name in names:
        scenario = read_scenario(find_scenario(name))
        assert scenario.name == name
        assert scenario.title
        assert scenario.policy.key == CONFIG_KEY
        assert scenario.policy.blocklists


def test_a_scenario_is_found_by_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("")
    assert find_scenario(str(path)) == path


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(WorldError) as caught:
        find_scenario("opera")
    assert caught.value.sentence == "There is no scenario called opera."
    assert "town-hall" in caught.value.advice


def test_a_name_cannot_leave_the_folder():
    with pytest.raises(WorldError):
        find_scenario("../scenarios/town-hall")


def test_an_unknown_path_is_refused():
    with pytest.raises(WorldError, match="no scenario file"):
        find_scenario("nowhere/mine.toml")


def test_every_mistake_is_told_at_once_with_file_and_key(scenario):
    with pytest.raises(WorldError) as caught:
        scenario(
            """
            title = 7
            sed = 1
            [[users]]
            id = "a"
            [[calls]]
            id = "room"
            name = "Room"
            begins = "soon"
            [[lines]]
            at = 1.0
            call = "room"
            who = "a"
            text = "hello"
            volume = 3
            """,
            whole=True,
        )
    first, *mistakes = caught.value.sentence.split("\n")
    assert first == "scene.toml is not a scenario that can be played:"
    assert mistakes == [
        "scene.toml: description: is missing",
        "scene.toml: title: Expected `str`, got `int`",
        "scene.toml: users[0]: Object missing required field `name`",
        "scene.toml: calls[0].begins: Expected `float`, got `str`",
        "scene.toml: lines[0]: Object contains unknown field `volume`",
        "scene.toml: sed: is not a key of a scenario",
    ]


def test_many_mistakes_are_cut_short_with_their_number(scenario):
    with pytest.raises(WorldError) as caught:
        scenario("\n".join(["[[users]]"] * 30))
    lines = caught.value.sentence.split("\n")
    assert len(lines) == 22
    assert lines[-1] == "and 10 more"


def test_text_that_is_not_toml_is_refused_with_its_line(scenario):
    with pytest.raises(WorldError, match=r"scene\.toml is not TOML: line 2"):
        scenario("title = 'x'\n???", whole=True)


def test_bytes_that_are_not_text_are_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(WorldError, match="not UTF-8"):
        read_scenario(path)


def test_shared_files_add_names_pools_and_a_policy(scenario, tmp_path):
    (tmp_path / "more.toml").write_text(
        """
        [[names]]
        id = "few"
        first = ["Ida"]
        [[pools]]
        id = "small"
        lines = ["Hm."]
        [policy]
        key = "custom:other"
        [[users]]
        id = "ignored"
        name = "Only names, pools and a policy are taken"
        """
    )
    body = """
        title = "T"
        description = "D"
        uses = ["more.toml"]
        [[casts]]
        id = "crowd"
        count = 1
        names = "few"
        """
    read = scenario(body, whole=True)
    assert [entry.id for entry in read.names] == ["few"]
    assert [pool.id for pool in read.pools] == ["small"]
    assert read.policy.key == "custom:other"
    assert read.users == ()
    own = scenario(body + '[policy]\nkey = "custom:mine"', whole=True)
    assert own.policy.key == "custom:mine"


def test_a_missing_shared_file_is_a_mistake(scenario):
    with pytest.raises(WorldError, match=r"uses: there is no file lost\.toml beside it"):
        scenario('title = "T"\ndescription = "D"\nuses = ["lost.toml"]', whole=True)
