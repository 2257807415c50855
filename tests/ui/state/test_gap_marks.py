"""A gap is marked once, whoever sees it first, and runs until all is heard again."""

from console.protocol.to_window import Gap
from console.ui.state.entries import GapEntry
from console.ui.state.gap_marks import GapMarks
from console.ui.state.history import History

START = 1_800_000_000.0


def marks():
    history = History()
    return GapMarks(history, lambda: 0.0), lambda: [
        (one.gap.cids, one.gap.since - START, one.gap.until and one.gap.until - START)
        for one in history
        if isinstance(one, GapEntry)
    ]


def told(since, until, *cids):
    return Gap(cids=cids or ("a",), since=START + since, until=START + until, reason="")


def test_it_runs_then_ends_in_its_place():
    gaps, marked = marks()
    begun = gaps.begin(("a",), START, "The engine crashed.")
    assert marked() == [(("a",), 0.0, 0.0)]
    assert gaps.begin(("a",), START + 3, "again") is None
    ended = gaps.end(("a", "b"), START + 9)
    assert begun is not None
    assert ended is not None
    assert ended.serial == begun.serial
    assert marked() == [(("a", "b"), 0.0, 9.0)]
    assert gaps.end((), START + 10) is None


def test_without_calls_there_is_no_gap():
    gaps, marked = marks()
    assert gaps.begin((), START, "") is None
    assert marked() == []


def test_what_an_engine_tells_ends_the_running_one():
    gaps, marked = marks()
    gaps.begin(("a",), START, "")
    gaps.take(told(-2, 9, "a", "b"))
    assert marked() == [(("a", "b"), 0.0, 9.0)]


def test_the_same_gap_told_later_is_not_marked_twice():
    gaps, marked = marks()
    gaps.begin(("a",), START, "")
    gaps.end((), START + 9)
    gaps.take(told(-2, 9.5, "a", "b"))
    assert marked() == [(("a", "b"), 0.0, 9.0)]


def test_another_gap_is_another():
    gaps, marked = marks()
    gaps.begin(("a",), START, "")
    gaps.end((), START + 9)
    gaps.take(told(-600, -300))
    gaps.take(told(60, 70))
    assert [since for _, since, _ in marked()] == [0.0, -600.0, 60.0]


def test_a_gap_of_another_time_leaves_the_running_one():
    gaps, marked = marks()
    gaps.begin(("a",), START, "")
    gaps.take(told(-600, -300))
    assert gaps.running is not None
    assert len(marked()) == 2


def test_a_gap_lasted_as_long_as_it_did_though_the_clock_was_set_back():
    history, measured = History(), [100.0]
    gaps = GapMarks(history, lambda: measured[0])
    gaps.begin(("a",), START, "The engine crashed.")
    measured[0] += 23.0
    ended = gaps.end((), START - 7)
    assert ended is not None
    assert (ended.gap.since, ended.gap.until) == (START, START + 23.0)


def test_what_is_partly_heard_runs_and_ends_in_its_place_beside_a_gap_of_all():
    gaps, marked = marks()
    gaps.begin(("a",), START, "The engine crashed.")
    deaf = Gap(("a",), START + 1, 0.0, "Not written down.", partly=True)
    added, changed = gaps.take(deaf)
    assert added is not None
    assert changed is None
    added, changed = gaps.take(Gap(("a",), START + 1, START + 5, "Not written down.", partly=True))
    assert added is None
    assert changed is not None
    gaps.take(Gap(("a",), START + 6, START + 7, "Too much.", partly=True))
    assert marked() == [(("a",), 0.0, 0.0), (("a",), 1.0, 5.0), (("a",), 6.0, 7.0)]
    assert gaps.running is not None
