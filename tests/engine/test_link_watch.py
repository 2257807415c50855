"""A link that is quiet is asked, doubted, and left; a machine that slept asks at once."""

import pytest

from console.engine.wire.link_watch import LinkWatch, Step


class Clocks:
    def __init__(self):
        self.monotonic, self.wall = 100.0, 1_800_000_000.0
        self.link = LinkWatch(self.monotonic, self.wall)

    def look(self, passed=1.0, *, wall=None, listening=True):
        self.monotonic += passed
        self.wall += passed if wall is None else wall
        return self.link.look(self.monotonic, self.wall, listening=listening)

    def looks(self, count, **how):
        return [self.look(**how) for _ in range(count)]


def test_a_quiet_link_is_asked_then_doubted_then_left():
    steps = Clocks().looks(12)
    expected = [Step.NOTHING] * 12
    expected[3], expected[7], expected[11] = Step.ASK, Step.DOUBT, Step.LEAVE
    assert steps == expected


def test_an_answer_ends_the_doubt():
    clocks = Clocks()
    clocks.looks(9)
    assert clocks.link.doubted
    assert clocks.link.hear()
    assert not clocks.link.hear()
    assert clocks.looks(3) == [Step.NOTHING] * 3


def test_a_busy_link_is_asked_now_and_then_all_the_same():
    clocks = Clocks()
    steps = []
    for _ in range(41):
        clocks.link.hear()
        steps.append(clocks.look())
    assert [n for n, step in enumerate(steps) if step is Step.ASK] == [19, 39]


def test_while_nobody_listens_a_link_is_not_quiet():
    assert Step.DOUBT not in Clocks().looks(60, listening=False)


def test_a_process_that_stood_still_for_a_moment_blames_itself():
    clocks = Clocks()
    assert clocks.look(9.0) is Step.NOTHING
    assert clocks.looks(2)[-1] is Step.ASK


@pytest.mark.parametrize(("passed", "wall"), [(1.0, 3600.0), (1800.0, 1800.0)])
def test_a_machine_that_slept_doubts_at_once_and_leaves_soon(passed, wall):
    clocks = Clocks()
    assert clocks.look(passed, wall=wall) is Step.WOKE
    assert clocks.looks(3) == [Step.NOTHING, Step.NOTHING, Step.LEAVE]


def test_a_link_that_outlived_the_sleep_is_kept():
    clocks = Clocks()
    clocks.look(1.0, wall=3600.0)
    assert clocks.link.hear()
    assert clocks.looks(3) == [Step.NOTHING] * 3


def test_a_clock_that_is_set_back_is_no_sleep():
    assert Clocks().look(1.0, wall=-3600.0) is Step.NOTHING
