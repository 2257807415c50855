"""Percentiles of the last minute."""

from hypothesis import given
from hypothesis import strategies as st

from console.engine.delays import MAX_SAMPLES, Delays
from console.protocol.to_window import Span


def test_nothing_measured():
    assert Delays().span(100.0) == Span()


def test_percentiles_are_measured_values():
    delays = Delays()
    for value in range(1, 101):
        delays.add(100.0, float(value))
    assert delays.span(100.0) == Span(n=100, p50=50.0, p95=95.0, p99=99.0)


def test_only_the_last_minute_counts():
    delays = Delays()
    delays.add(100.0, 900.0)
    delays.add(150.0, 5.0)
    assert delays.span(161.0) == Span(n=1, p50=5.0, p95=5.0, p99=5.0)
    assert delays.span(300.0) == Span()


def test_bounded():
    delays = Delays()
    for value in range(MAX_SAMPLES + 5):
        delays.add(0.0, float(value))
    assert delays.span(0.0).n == MAX_SAMPLES


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_ordered_and_never_beyond_what_was_measured(values):
    delays = Delays()
    for value in values:
        delays.add(0.0, value)
    span = delays.span(0.0)
    assert min(values) <= span.p50 <= span.p95 <= span.p99 <= max(values)
