"""Which threshold is fitted, when it stays, and what is said of it."""

import pytest

from console.domain.label_curve import Case, curve_of
from console.policy.fitting.apply import with_thresholds
from console.policy.fitting.fit import best, fit_label
from console.policy.loader import read_policy_text

RIGHT = [Case(0.9, True)] * 15
WRONG = [Case(0.6, False)] * 10
MIXED = RIGHT + WRONG + [Case(0.7, True), Case(0.7, False)]


def test_the_lowest_threshold_that_is_right_often_enough():
    curve = curve_of("THREAT", MIXED)
    assert best(curve, 0.9).threshold == 0.65
    assert best(curve, 0.99).threshold == 0.75
    assert best(curve, 0.5).threshold == 0.0


def test_without_one_the_best_balance_and_it_is_said():
    cases = [Case(0.9, True), Case(0.9, False)] * 10 + [Case(0.5, False)] * 10
    fitted = fit_label("THREAT", cases, 0.0, 0.9)
    assert (fitted.before.threshold, fitted.after.threshold) == (0.0, 0.55)
    assert fitted.note.startswith("No threshold makes 90% right.")


def test_before_and_after_and_on_lines_it_was_not_fitted_to():
    fitted = fit_label("THREAT", MIXED, 0.0, 0.9)
    assert fitted.changes
    assert (fitted.before.right, fitted.before.wrong) == (16, 11)
    assert (fitted.after.right, fitted.after.wrong) == (16, 1)
    held = fitted.held_out
    assert held.right + held.wrong + held.missed + held.passed == len(MIXED)
    assert held.wrong <= 2


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (RIGHT[:4], "sure of it on 4 labelled lines; it takes 8"),
        ([Case(None, True)] * 30, "sure of it on 0 labelled lines"),
        (WRONG, "No labelled line is right about it"),
    ],
)
def test_too_few_labels_leave_it_as_it_is(cases, words):
    fitted = fit_label("THREAT", cases, 0.4, 0.9)
    assert not fitted.changes
    assert words in fitted.note


def test_one_that_is_good_already_stays():
    fitted = fit_label("THREAT", RIGHT + WRONG, 0.7, 0.9)
    assert not fitted.changes


POLICY = """\
key = "chat"  # of the town

[confidence]
rules = [
  { label = "THREAT", least = 0.5 },  # ours
]
"""


def read(text):
    policy = read_policy_text(text, "p.toml").policy
    assert policy is not None
    return policy


def test_thresholds_are_written_where_they_belong_and_all_else_stays():
    policy = read(POLICY)
    text = with_thresholds(POLICY, policy, {"Threat": 0.8, "SCAM": 0.65})
    assert "# of the town" in text
    assert "# ours" in text
    after = read(text).confidence
    assert (after.least_of("THREAT"), after.least_of("SCAM")) == (0.8, 0.65)


def test_a_policy_without_the_section_gets_one_and_one_that_is_off_is_on():
    for text in ('key = "chat"\n', 'key = "chat"\n[confidence]\nenabled = false\n'):
        policy = read(text)
        after = read(with_thresholds(text, policy, {"SCAM": 0.65}))
        assert after.confidence.least_of("SCAM") == 0.65
