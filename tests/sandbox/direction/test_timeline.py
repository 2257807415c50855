from functools import partial

from console.sandbox.direction.timeline import Timeline


def test_actions_come_by_time_and_then_in_the_order_they_were_set():
    timeline = Timeline()
    done: list[str] = []
    for when, what in ((2.0, "late"), (1.0, "first"), (1.0, "second"), (3.0, "not yet")):
        timeline.at(when, partial(done.append, what))
    assert timeline.next_due() == 1.0
    times = []
    while (taken := timeline.take(2.5)) is not None:
        times.append(taken[0])
        taken[1]()
    assert done == ["first", "second", "late"]
    assert times == [1.0, 1.0, 2.0]
    assert timeline.next_due() == 3.0


def test_an_empty_timeline_has_nothing_due():
    timeline = Timeline()
    assert timeline.next_due() is None
    assert timeline.take(100.0) is None
