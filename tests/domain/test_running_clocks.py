"""Clocks that run down by the monotonic clock, and what remains after an engine was off."""

import pytest

from console.domain.running_clocks import RunningClocks, left_after

DAY = 86_400.0


def test_the_earliest_end_comes_first_and_stays_until_it_is_stopped():
    clocks: RunningClocks[str] = RunningClocks()
    clocks.start("late", 30.0, 100.0)
    clocks.start("early", 10.0, 100.0)
    clocks.start("later", 99.0, 100.0)
    assert clocks.over(109.9) == []
    assert clocks.over(131.0) == ["early", "late"]
    assert clocks.left("early", 131.0) == -21.0
    clocks.stop("early")
    assert clocks.over(131.0) == ["late"]


def test_time_that_passed_while_the_machine_slept_counts():
    clocks: RunningClocks[str] = RunningClocks()
    clocks.start("a", 30.0, 100.0)
    clocks.time_passed(25.0)
    assert clocks.left("a", 104.0) == 1.0
    assert clocks.over(105.0) == ["a"]


@pytest.mark.parametrize(
    ("now", "ahead_then", "ahead_now", "left"),
    [
        (1_100.0, None, None, 500.0),  # 100 s passed by the wall clock
        (1_100.0, 3.0, 3.0, 500.0),
        (1_100.0 + DAY, 3.0, 3.0 - DAY, 500.0),  # it was set forward by a day meanwhile
        (1_100.0 - DAY, 3.0, 3.0 + DAY, 500.0),  # and back
        (900.0, None, None, 600.0),  # set back, and Stream told nothing: no time passed
        (900.0, 3.0, None, 600.0),
        (1_700.0, 0.0, 0.0, -100.0),  # missed by 100 s
    ],
)
def test_what_is_left_follows_stream_s_clock(now, ahead_then, ahead_now, left):
    got = left_after(1_600.0, kept_at=1_000.0, now=now, ahead_then=ahead_then, ahead_now=ahead_now)
    assert got == left
