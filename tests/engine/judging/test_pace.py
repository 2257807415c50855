"""A little more after each success, half as much after each 429, and a rest when all fails."""

from console.engine.wire.refusals import RateLimitedError, UnreachableError
from console.engine.wire.retry import Pace

down = UnreachableError("No.")


def test_it_begins_with_everything_it_may():
    assert Pace(16).limit == 16


def test_a_limit_halves_the_pace_once_for_all_that_were_under_way():
    pace = Pace(16)

    delays = [pace.failed(RateLimitedError(2.0), 1, 100.0 + n / 10, 0.0) for n in range(8)]

    assert (pace.limit, pace.limited_until, pace.held_until) == (8, 102.7, 102.7)
    assert delays == [2.0] * 8
    pace.failed(RateLimitedError(1.0), 2, 103.0, 0.0)
    assert (pace.limit, pace.limited_until) == (4, 104.0)


def test_it_never_stops_and_grows_back():
    pace = Pace(16)
    for number in range(10):
        pace.failed(RateLimitedError(1.0), 1, 100.0 + 2 * number, 0.0)
    assert pace.limit == 1

    grown = []
    for _ in range(400):
        pace.worked()
        grown.append(pace.limit)

    assert grown[0] == 2
    assert grown == sorted(grown)
    assert pace.limit == 16


def test_single_failures_do_not_hold_everything_back():
    pace = Pace(16)
    for number in range(20):
        pace.failed(down, 1, 100.0 + number, 0.5)
        pace.worked()

    assert (pace.limit, pace.held_until) == (16, 0.0)


def test_failures_in_a_row_do():
    pace = Pace(16)

    holds = [pace.failed(down, 1, 100.0, 1.0) and pace.held_until for _ in range(8)]

    assert holds == [0.0, 0.0, 0.0, 101.0, 102.0, 104.0, 105.0, 105.0]
    assert pace.limit == 1


def test_a_line_is_tried_again_later_and_later():
    longest = [Pace(16).failed(down, attempt, 0.0, 1.0) for attempt in (1, 2, 6, 99)]

    assert longest == [1.0, 2.0, 30.0, 30.0]
    assert Pace(16).failed(down, 99, 0.0, 0.0) == 0.5
