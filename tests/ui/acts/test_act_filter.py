"""The filter of the act log: by person, moderator, call, act, outcome, whose and time."""

from datetime import datetime

import pytest

from console.ui.acts.act_filter import ActFacts, read_filter

NOON = datetime(2026, 11, 30, 12).timestamp()
FACTS = ActFacts(
    person="Änn Lee ann",
    by="mod-1",
    call="Town hall default:hall",
    act="Ban for 1 hour ban",
    whose="ours",
    outcomes=frozenset({"seen", "undone"}),
    at=NOON - 60,
    words="mod-1 Ban for 1 hour Änn Lee ann Town hall seen insults",
)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "insults",
        '"1 hour"',
        "from:ann",
        'from:"änn lee"',
        "by:MOD",
        "call:hall",
        "act:ban",
        "outcome:seen",
        "outcome:undone",
        "is:ours",
        "after:1h",
        "after:2026-11-30 before:12:00",
        "-from:bob -is:colleague",
        "from:",
    ],
)
def test_it_passes(typed):
    found = read_filter(typed, NOON)
    assert (found.passes(FACTS), found.trouble) == (True, "")


@pytest.mark.parametrize(
    "typed",
    [
        "thanks",
        "from:bob",
        "by:eve",
        "call:yard",
        "act:mute",
        "outcome:failed",
        "is:automatic",
        "after:12:00",
        "before:1h",
        "-insults",
        "insults from:bob",
    ],
)
def test_it_does_not_pass(typed):
    assert not read_filter(typed, NOON).passes(FACTS)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("outcome:maybe", "outcome: goes with seen"),
        ("is:mine", "is: goes with ours"),
        ("who:ann", "There is no who:"),
        ("after:soon", "After after: comes a day"),
    ],
)
def test_what_is_not_understood_is_told_and_hides_nothing(typed, told):
    found = read_filter(typed, NOON)
    assert found.trouble.startswith(told)
    assert found.passes(FACTS)
