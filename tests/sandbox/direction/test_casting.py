from random import Random

import pytest

from console.sandbox.direction.casting import _dealt, assemble
from console.sandbox.direction.scenario_file import find_scenario, read_scenario


@pytest.fixture(scope="module")
def wall():
    return read_scenario(find_scenario("supervisor-wall"))


def test_the_wall_has_200_calls_and_5000_people_each_in_one(wall):
    company = assemble(wall, wall.seed)
    sheets = [sheet for sheets in company.sheets.values() for sheet in sheets]
    assert len(sheets) == 200
    assert len({sheet.cid for sheet in sheets}) == 200
    everyone = [user_id for sheet in sheets for user_id in sheet.people]
    assert len(everyone) == len(set(everyone)) == 5000
    assert min(len(sheet.people) for sheet in sheets) >= 2


def test_the_same_seed_gives_the_same_company(wall):
    assert assemble(wall, 5) == assemble(wall, 5)
    assert assemble(wall, 5) != assemble(wall, 6)


def test_generated_calls_have_names_hosts_and_voices(wall):
    for sheet in assemble(wall, 1).sheets["class"]:
        assert "{" not in sheet.name
        assert sheet.hosts == sheet.people[:1]
        assert sheet.by == sheet.people[0]
        assert sheet.voices == sheet.people[:5]
        assert set(sheet.cameras) <= set(sheet.voices)


def test_who_is_spelled_out_in_order_and_once(scenario):
    company = assemble(
        scenario(
            '[[names]]\nid = "n"\nfirst = ["Ida"]\n'
            '[[casts]]\nid = "crowd"\ncount = 2\nnames = "n"\n'
        ),
        1,
    )
    (room,) = company.sheets["room"]
    assert company.named(("ben", "@crowd", "@voices"), room) == (
        "ben",
        "crowd-001",
        "crowd-002",
        "ann",
        "troll",
    )


def test_nicknames_are_given_once_as_long_as_they_last(scenario):
    text = (
        '[[names]]\nid = "n"\nfirst = ["a", "b", "c"]\n[[casts]]\nid = "x"\ncount = {}\nnames = "n"'
    )
    few = assemble(scenario(text.format(3)), 1)
    assert sorted(few.people[user_id].name for user_id in few.casts["@x"]) == ["a", "b", "c"]
    many = assemble(scenario(text.format(5)), 1)
    assert len(many.casts["@x"]) == 5


@pytest.mark.parametrize(("people", "count"), [(10, 3), (3, 3), (2, 3), (0, 2), (1000, 7)])
def test_everyone_is_dealt_out(people, count):
    everyone = tuple(str(number) for number in range(people))
    hands = _dealt(everyone, count, Random(1))
    assert len(hands) == count
    assert tuple(user for hand in hands for user in hand) == everyone
