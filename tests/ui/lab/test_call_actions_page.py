"""The page of call rules, with results as the engine tells them."""

from typing import Any

import pytest

from console.domain.results import BesideModerators, CallAction
from console.protocol.lab_results import CallActions, Count, PolicyResult
from console.ui.lab.call_actions_page import CallActionsPage
from console.ui.lab.result_columns import CALL_ACTIONS, when
from console.ui.lab.result_words import beside_numbers, call_rule_words


def action(actions=("kick_user",), **fields):
    base: dict[str, Any] = {
        "rule": "INSULT",
        "violation_number": 2,
        "warning_text": "",
        "call": "default:one",
        "speaker": "Ann\u202e",
        "at": 75.9,
        "rows": (3, 7),
    }
    return CallAction(actions=actions, **(base | fields))


FOUND = CallActions(
    triggered=3,
    people=2,
    actions=(Count("kick_user", 2, 0.7), Count("warning", 1, 0.3)),
    rules=(Count("INSULT", 3, 1.0), Count("SCAM", 0, 0.0)),
    listed=(action(), action(()), action(("warning",), rows=())),
)


def result(found):
    return PolicyResult(
        name="p",
        actions=(),
        labels=(),
        rules=(),
        never_matched=(),
        call_actions=found,
    )


@pytest.fixture
def page(qtbot, theme):
    page = CallActionsPage(theme)
    qtbot.addWidget(page)
    return page


def test_a_row_says_who_when_what_and_why():
    assert (action(line=9).number, action().number, action(rows=()).number) == (9, 8, 0)
    assert [column.text(action()) for column in CALL_ACTIONS] == [
        "8",
        "1:15",
        "default:one",
        "Ann⟦RLO⟧",
        "kick_user",
        "INSULT",
        "2",
        "2",
    ]
    done = CALL_ACTIONS[4]
    assert callable(done.tone)
    assert (done.tone(action()), done.tone(action(()))) == ("bad", "text_faint")
    assert done.text(action(())) == "nothing"


def test_times():
    assert when(0.001) == "0:00"
    assert when(3_725) == "62:05"
    assert len(when(1_700_000_000.0)) == len("00:00:00")


def test_the_sentence_counts():
    assert call_rule_words(FOUND) == (
        "3 violations by 2 people: kick_user 2×, warning 1×. Never triggered: SCAM."
    )
    assert call_rule_words(CallActions(triggered=0, people=0, actions=(), rules=())) == (
        "The call rules would have done nothing: no violation was completed."
    )


@pytest.mark.parametrize(("seconds", "words"), [(14.2, "earlier"), (-3.0, "later")])
def test_beside_moderators(seconds, words):
    beside = BesideModerators(agreed=1, only_rules=2, only_moderators=3, seconds_before=seconds)
    numbers = beside_numbers(beside)
    assert [number for _, number, _, _ in numbers[:3]] == ["1", "2", "3"]
    assert numbers[3][1] == f"{abs(seconds):.0f} s"
    assert numbers[3][2].startswith(words)


def test_a_policy_with_call_rules(page, qtbot):
    page.show_results(result(FOUND), None)
    assert page.table.model().rowCount() == 3
    assert page.which.isHidden()
    assert page.beside.isHidden()
    assert page.summary.text() == call_rule_words(FOUND)
    with qtbot.waitSignal(page.line_wanted) as wanted:
        page.table.activated.emit(page.table.model().index(0, 0))
    assert wanted.args == [7]
    with qtbot.assertNotEmitted(page.line_wanted):
        page.table.activated.emit(page.table.model().index(2, 0))


def test_a_policy_without_call_rules_says_so(page):
    page.show_results(result(None), None)
    assert page.blank.isVisibleTo(page)
    assert page.summary.isHidden()


def test_of_two_policies_one_is_shown(page):
    beside = BesideModerators(agreed=0, only_rules=0, only_moderators=1, seconds_before=None)
    empty = CallActions(triggered=0, people=0, actions=(), rules=(), beside=beside)
    page.show_results(result(FOUND), result(empty))
    assert not page.which.isHidden()
    assert page.blank.isVisibleTo(page)
    assert [tile.number.text() for tile in page.beside.tiles] == ["0", "0", "1"]
    page.which.button("a").click()
    assert page.table.isVisibleTo(page)
    assert page.table.model().rowCount() == 3
