"""What was painted where, and whether a press can mean it."""

import pytest

from console.ui.widgets.shown_rows import ShownRow, ShownRows


def rows(*keys):
    return tuple(ShownRow(at * 20, at * 20 + 20, key) for at, key in enumerate(keys))


@pytest.fixture
def shown(clock):
    return ShownRows(clock.monotonic)


def test_a_list_that_was_never_painted_refuses_nothing(shown):
    assert shown.can_be_meant(10, "ann")


@pytest.mark.parametrize(("after", "meant"), [(0.1, False), (0.24, False), (0.26, True)])
def test_a_row_counts_once_it_was_there_for_a_quarter_of_a_second(shown, clock, after, meant):
    shown.pointer_came(None)
    shown.painted(rows("ann", "ben"))
    clock.time += 5
    shown.painted(rows("ben"))
    clock.time += after
    assert shown.can_be_meant(10, "ben") is meant


def test_what_moved_elsewhere_in_the_list_does_not_matter(shown, clock):
    shown.painted(rows("ann", "ben"))
    clock.time += 5
    shown.painted(rows("ann", "cleo", "ben"))
    assert shown.can_be_meant(10, "ann")
    assert not shown.can_be_meant(30, "cleo")
    assert not shown.stood_still()


def test_a_row_that_is_not_painted_yet_cannot_be_meant(shown):
    shown.painted(rows("ann"))
    assert not shown.can_be_meant(10, "ben")


def test_a_row_that_went_and_came_back_was_not_there(shown, clock):
    for keys in (("ann",), ("ben",), ("ann",)):
        clock.time += 0.1
        shown.painted(rows(*keys))
    assert not shown.can_be_meant(10, "ann")


def test_a_hand_that_comes_means_what_it_saw_when_it_set_out(shown, clock):
    shown.painted(rows("ann", "ben"))
    clock.time += 5
    set_out_at = clock.time
    clock.time += 0.2
    shown.painted(rows("ben", "ann"))
    clock.time += 0.7
    shown.pointer_came(set_out_at)
    clock.time += 0.7
    assert not shown.can_be_meant(10, "ben")
    clock.time += 0.2
    assert shown.can_be_meant(10, "ben")
