"""Percentiles of the last minute."""

from hypothesis import given
from hypothesis import strategies as st

from console.base.percentiles import SAMPLES_KEPT, DelayMeter, Percentiles, percentile, percentiles


def test_nothing_measured():
    assert DelayMeter().recent(100.0) == Percentiles()


def test_percentiles_are_measured_values():
    delays = DelayMeter()
    for value in range(1, 101):
        delays.add(float(value), 100.0)
    assert delays.recent(100.0) == Percentiles(n=100, p50=50.0, p95=95.0, p99=99.0, max=100.0)


def test_only_the_last_minute_counts():
    delays = DelayMeter()
    delays.add(900.0, 100.0)
    delays.add(5.0, 150.0)
    assert delays.recent(161.0) == Percentiles(n=1, p50=5.0, p95=5.0, p99=5.0, max=5.0)
    assert delays.recent(300.0) == Percentiles()


def test_a_negative_delay_counts_as_none():
    delays = DelayMeter()
    delays.add(-5.0, 171.0)
    assert delays.total() == Percentiles(n=1)


def test_bounded():
    delays = DelayMeter()
    for value in range(SAMPLES_KEPT + 5):
        delays.add(float(value), 0.0)
    assert delays.recent(0.0).n == SAMPLES_KEPT


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_ordered_and_never_beyond_what_was_measured(values):
    delays = DelayMeter()
    for value in values:
        delays.add(value, 0.0)
    span = delays.recent(0.0)
    assert min(values) <= span.p50 <= span.p95 <= span.p99 <= max(values)


def test_percentiles_are_values_that_were_measured():
    values = [float(number) for number in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([1.0, 2.0], 0.5) == 1.0
    assert percentile([], 0.5) == 0.0


def test_a_summary_of_nothing_and_of_something():
    assert percentiles([]) == Percentiles()
    assert percentiles([3.0, 1.0, 2.0]) == Percentiles(n=3, p50=2.0, p95=3.0, p99=3.0, max=3.0)
