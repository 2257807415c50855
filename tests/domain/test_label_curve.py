"""What a threshold would have cost, from counts; and how far few labels can be believed."""

import pytest

from console.domain.label_curve import Case, curve_of, how_sure, interval, told

SURE = [Case(0.95, True)] * 6 + [Case(0.82, True)] * 6 + [Case(0.80, False)] * 2
UNSURE = [Case(0.55, True)] * 2 + [Case(0.55, False)] * 5
BELOW = [Case(None, True), Case(None, False), Case(None, False)]


@pytest.fixture
def curve():
    return curve_of("THREAT", SURE + UNSURE + BELOW)


def test_each_threshold_counts_right_wrong_missed_and_passed(curve):
    point = curve.at(0.80)
    assert (point.right, point.wrong, point.missed, point.passed) == (12, 2, 3, 7)
    assert told(point) == "At 0.80: 12 of 14 right, 3 missed."
    assert point.precision == 12 / 14
    assert point.recall == 12 / 15
    low = curve.at(0.0)
    assert (low.right, low.wrong, low.missed, low.passed) == (14, 7, 1, 2)
    assert told(curve.at(1.0)) == "At 1.00: nothing is raised, 15 missed."
    assert curve.at(1.0).precision is None
    assert curve.lines == 24


@pytest.mark.parametrize("sure", [0.29, 0.57, 0.58, 0.07, 1.0, 0.0])
def test_a_line_that_is_just_sure_enough_is_raised(sure):
    assert curve_of("THREAT", [Case(sure, True)]).at(sure).right == 1
    if sure:
        assert curve_of("THREAT", [Case(sure - 0.005, True)]).at(sure).right == 0


def test_bars_hold_about_as_many_lines_each_and_all_of_them(curve):
    bars = curve.bars(3)
    assert [bar.lines for bar in bars] == [7, 8, 6]
    assert sum(bar.lines for bar in bars) == curve.sure_lines
    assert bars[0].told == pytest.approx(0.55)
    assert (bars[0].share, bars[-1].share) == (2 / 7, 1.0)
    assert curve_of("THREAT", BELOW).bars() == ()


def test_few_lines_say_little_and_that_is_said(curve):
    assert how_sure(curve.at(0.80)).startswith("Too few to say much: from 14 lines, between 60%")
    many = curve_of("THREAT", [Case(0.9, True)] * 90 + [Case(0.9, False)] * 10)
    assert how_sure(many.at(0.5)) == (
        "In truth between 83% and 94% of such lines are right, in 95 of 100 cases."
    )
    assert how_sure(many.at(1.0)) == "No labelled line is that sure."


def test_the_interval_is_wilsons():
    assert interval(12, 14) == pytest.approx((0.601, 0.960), abs=1e-3)
    assert interval(0, 0) == (0.0, 1.0)
