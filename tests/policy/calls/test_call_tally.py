from hypothesis import given
from hypothesis import strategies as st

from console.domain.results import BesideModerators, CallAction
from console.policy.calls.rules import CallRule, Condition, Group
from console.policy.calls.tally import MAX_LISTED, CallTally

RULES = [CallRule(name=name, groups=(Group((Condition(kind="x"),)),)) for name in ("r", "s")]


def action(at=1.0, speaker="ann", actions=("call_warning",), rule="r"):
    return CallAction(
        rule=rule,
        violation_number=1,
        actions=actions,
        warning_text="Stop.",
        call="a:1",
        speaker=speaker,
        at=at,
        rows=(3, 4),
    )


def test_everything_is_counted():
    tally = CallTally(RULES)
    tally.add([action(), action(actions=("call_warning", "kick_user"))])
    tally.add([])
    tally.add([action(speaker="bo", actions=())])
    summary = tally.summary()
    assert summary.pop("listed")[1] == {
        "rule": "r",
        "violation_number": 1,
        "actions": ("call_warning", "kick_user"),
        "warning_text": "Stop.",
        "call": "a:1",
        "speaker": "ann",
        "at": 1.0,
        "lines": (3, 4),
    }
    assert summary == {
        "triggered": 3,
        "people": 2,
        "actions": {"call_warning": 2, "kick_user": 1},
        "rules": {"r": 3, "s": 0},
        "never_triggered": ["s"],
        "unlisted": 0,
    }


def test_what_is_listed_is_bounded():
    tally = CallTally(RULES)
    tally.add(action() for _ in range(MAX_LISTED + 5))
    assert len(tally.summary()["listed"]) == MAX_LISTED
    assert tally.summary()["unlisted"] == 5


def test_beside_moderators():
    tally = CallTally(RULES)
    tally.add([action(100.0), action(500.0), action(900.0, actions=()), action(100.0, "bo")])
    tally.moderators("a:1", "ann", [110.0])
    tally.moderators("a:1", "ann", [110.0, 621.0])
    tally.moderators("a:2", "bo", [100.0])
    tally.moderators("a:1", "cy", [])
    assert tally.beside() == BesideModerators(
        agreed=1, only_rules=2, only_moderators=2, seconds_before=10.0
    )
    assert CallTally(RULES).beside() == BesideModerators(
        agreed=0, only_rules=0, only_moderators=0, seconds_before=None
    )


TIMES = st.lists(st.integers(0, 400).map(float), max_size=8)


@given(TIMES, TIMES)
def test_nothing_is_counted_twice_or_lost(violations, acts):
    tally = CallTally(RULES)
    tally.add(action(at) for at in violations)
    tally.moderators("a:1", "ann", acts)
    beside = tally.beside()
    assert beside.agreed + beside.only_rules == len(violations)
    assert beside.agreed + beside.only_moderators == len(set(acts))
