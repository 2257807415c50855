"""What moderators did beside what a policy recommends."""

import pytest

from console.domain.act import Act, ReceiptState
from console.domain.past import PastLine
from console.domain.results import Counterfactual
from console.policy.measures.counterfactual import (
    Stand,
    count_line,
    is_answer,
    line_of_act,
    stand_of,
)


def act(kind: str = "kick", by: str = "mo", undo_of: str = "") -> Act:
    return Act(act_id="1", kind=kind, cid="default:one", requested_at=1.0, by=by, undo_of=undo_of)


@pytest.mark.parametrize(
    ("given", "state", "expected"),
    [
        (act(), ReceiptState.SEEN, True),
        (act(), ReceiptState.UNCONFIRMED, True),
        (act(), ReceiptState.FAILED, False),
        (act(by="automation"), ReceiptState.SEEN, False),
        (act("unban", undo_of="0"), ReceiptState.SEEN, False),
        (act("mute_everyone_audio"), ReceiptState.SEEN, False),
        (act("mute_audio"), ReceiptState.SEEN, True),
    ],
)
def test_which_acts_answer_something_said(given, state, expected):
    assert is_answer(given, state) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        ([PastLine("a", 90.0, False)], "a"),
        ([PastLine("a", 90.0, False), PastLine("b", 95.0, False)], "b"),
        ([PastLine("a", 90.0, True), PastLine("b", 95.0, False)], "a"),
        ([PastLine("a", 80.0, True), PastLine("b", 95.0, True)], "b"),
        ([PastLine("late", 101.0, True)], None),
        ([PastLine("long ago", -21.0, True)], None),
        ([PastLine("b", 95.0, False), PastLine("a", 90.0, False)], "b"),
    ],
)
def test_an_act_is_about_the_last_raised_line_before_it(lines, expected):
    assert line_of_act(100.0, lines) == expected


@pytest.mark.parametrize(
    ("action", "undone", "expected"),
    [
        ("keep", [], None),
        ("keep", [False], Stand.MISSED_BY_POLICY),
        ("keep", [True], None),
        ("flag", [], Stand.ONLY_POLICY),
        ("flag", [False], Stand.AGREED),
        ("flag", [True], Stand.ONLY_POLICY),
        ("remove", [True, False], Stand.AGREED),
    ],
)
def test_stands(action, undone, expected):
    assert stand_of(action, undone) is expected


def test_overturns_are_the_lines_where_moderators_did_the_opposite():
    counts = Counterfactual()
    assert counts.overturned == 0.0
    for action, undone, said in (
        ("keep", [], "keep"),
        ("keep", [False], "flag"),
        ("flag", [], ""),
        ("flag", [False], "flag"),
        ("remove", [True], "flag"),
    ):
        count_line(counts, action, undone, said)
    assert (counts.judged, counts.acted) == (5, 2)
    assert (counts.agreed, counts.missed_by_policy, counts.only_policy) == (1, 1, 2)
    assert counts.undone == 1
    assert counts.raised_undone == 1
    # Of the three lines about which somebody acted; on the others nobody did.
    assert counts.overturned == 2 / 3
    assert counts.said_differently == 2
