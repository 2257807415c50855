"""Names and lines that could come from one hand."""

import pytest

from console.domain.alike import Alike, lines_alike, names_alike


def ids(groups: tuple[Alike, ...]) -> list[set[str]]:
    return [set(group.user_ids) for group in groups]


def test_names_that_differ_in_numbers_signs_and_look_alikes_are_one_group():
    people = [
        ("a", "FreeCoins_1"),
        ("b", "free-coins 22"),
        ("c", "Frее Cоins★"),  # Cyrillic letters
        ("d", "Dorian Pike"),
        ("e", "Ann"),
    ]

    assert ids(names_alike(people)) == [{"a", "b", "c"}]


def test_names_with_a_common_beginning_are_alike_and_short_common_names_are_not():
    bots = [(f"b{number}", f"raidersquad{end}") for number, end in enumerate(("x", "yy", "zed"))]
    others = [("1", "Alex"), ("2", "Alexa"), ("3", "Alexis")]

    assert ids(names_alike([*others, *bots])) == [{"b0", "b1", "b2"}]


def test_two_are_no_raid_and_one_person_on_three_devices_neither():
    assert names_alike([("a", "Bot 1"), ("b", "Bot 2")]) == ()
    assert names_alike([("a", "Bot 1")] * 3) == ()


@pytest.mark.parametrize("name", ["", "123", "\u200b", "★★★"])
def test_names_without_letters_are_alike_only_where_they_are_the_same(name):
    people = [("a", name), ("b", name), ("c", name), ("d", "Ann")]

    assert all(set(group.user_ids) == {"a", "b", "c"} for group in names_alike(people))


def test_lines_that_say_nearly_the_same_are_alike():
    lines = [
        ("a", "join my server now for free coins"),
        ("b", "JOIN my server NOW for free c0ins!!"),
        ("c", "join my server now for coins"),
        ("d", "I think the budget is fine"),
        ("e", "ok"),
        ("f", "ok"),
        ("g", "ok"),
    ]

    (group,) = lines_alike(lines)

    assert set(group.user_ids) == {"a", "b", "c"}
    assert group.example == "join my server now for free coins"


def test_what_one_person_repeats_is_no_group():
    assert lines_alike([("a", "join my server now")] * 9) == ()


def test_the_largest_group_comes_first():
    lines = [(f"a{n}", "buy cheap coins here today") for n in range(3)]
    lines += [(f"b{n}", "visit the other channel tonight") for n in range(4)]

    assert [len(group.user_ids) for group in lines_alike(lines)] == [4, 3]
