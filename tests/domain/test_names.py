"""Everybody can be told from everybody else."""

import pytest

from console.base.look_alikes import likeness
from console.domain import names
from console.domain.names import CallNames, Names, plain_name

BLANK = [
    "",
    " ",
    "\u3164",
    "\u2800",
    "\u00ad\u00ad",
    "\u200d\u200c",
    "\u115f \u1160",
    "\u00a0\u2003",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dorian", "Dоriаn"),
        ("Bill", "BiIl"),
        ("Paul", "Pau1"),
        ("Max", "Мах"),
        ("Emma", "Ernrna"),
        ("Anna", "An\u3164na"),
        ("José", "jose"),
        ("Joe", "𝓙𝓸𝓮"),
        ("Carl", "Ϲarl"),
        ("Анна", "Aннa"),
        ("O'Neil", "0'Neil"),
        ("Ann", " Ann "),
    ],
)
def test_names_that_look_alike(one, other):
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ann", "Anne"), ("Dan", "Den"), ("王", "玉"), ("", "a")]
)
def test_names_that_do_not(one, other):
    assert likeness(one) != likeness(other)


@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_shows_nothing_is_the_id(name):
    assert plain_name(name, "ann-1") == "ann-1"


@pytest.mark.parametrize("user_id", BLANK)
def test_an_id_that_shows_nothing_is_spelt(user_id):
    shown = plain_name("\u3164", user_id)
    assert shown.startswith("⟦")
    assert shown.strip()


def called(*people):
    here = CallNames()
    for user_id, name in people:
        here.note(user_id, name)
    return [here.shown(user_id, name) for user_id, name in people]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([("a", "Ann"), ("b", "Ben")], ["Ann", "Ben"]),
        ([("a1", "Ann"), ("a2", "Ann")], ["Ann (a1)", "Ann (a2)"]),
        ([("a1", "Ann"), ("a2", "Аnn")], ["Ann (a1)", "Аnn (a2)"]),
        ([("a1", "Ann"), ("Ann", "")], ["Ann (a1)", "Ann (#19cc)"]),
        (
            [("user-000-aaaaaaaa1", "Ann"), ("user-000-bbbbbbbb1", "Ann")],
            ["Ann (…aaaa1)", "Ann (…bbbb1)"],
        ),
        (
            [("x" * 20 + "abcdefgh", "Ann"), ("x" * 20 + "zbcdefgh", "Ann")],
            ["Ann (…abcdefgh)", "Ann (…zbcdefgh)"],
        ),
        ([("ann", "Ann (b)"), ("b", "Ann")], ["Ann (b) (ann)", "Ann"]),
    ],
)
def test_twins_carry_a_part_of_their_ids(people, shown):
    assert called(*people) == shown


@pytest.mark.parametrize(
    "ids", [("I1", "l1"), ("x" * 30 + "a", "x" * 30 + "а"), ("\u3164", "\u2800")]
)
def test_ids_that_look_alike_are_told_apart_too(ids):
    first, second = called((ids[0], "Ann"), (ids[1], "Ann"))
    assert likeness(first) != likeness(second)


@pytest.mark.parametrize("id_", ["anders-127", "user-000000000-127", "Anders", "I1"])
def test_who_was_told_apart_already_does_not_carry_the_id_twice(id_):
    here = CallNames()
    here.note(id_, "Anders")
    here.note("another-128", "Anders")
    once = here.shown(id_, "Anders")
    assert once != "Anders"
    assert here.shown(id_, once) == once
    assert here.shown("mallory", once) == f"{once} (mallory)"


def test_a_later_twin_is_told_and_a_name_stays_whose_it_was():
    here = CallNames()
    assert not here.note("a1", "Ann")
    assert here.shown("a1", "Ann") == "Ann"
    assert here.note("a2", "Ann")
    assert not here.note("a2", "Ann")
    assert here.shown("a1", "Ann") == "Ann (a1)"
    assert not here.note("a2", "Zoe")
    assert here.shown("a2", "Zoe") == "Zoe"
    assert here.shown("a1", "Ann") == "Ann (a1)"


def test_twins_of_different_calls_need_no_id():
    all_of_them = Names()
    all_of_them.of("default:a").note("a1", "Ann")
    all_of_them.of("default:b").note("a2", "Ann")
    assert all_of_them.shown("default:a", "a1", "Ann") == "Ann"


def test_beyond_what_is_kept_everybody_carries_an_id(monkeypatch):
    monkeypatch.setattr(names, "MOST", 2)
    assert called(("a", "Ann"), ("b", "Ben"), ("c", "Cleo")) == ["Ann", "Ben", "Cleo (c)"]


def test_a_long_name_leaves_room_for_the_id():
    name = "A" * 500
    (first, _) = called(("a1", name), ("a2", name))
    assert first == "A" * 59 + "… (a1)"
