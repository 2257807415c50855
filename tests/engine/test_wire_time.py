"""Both wire forms of a date, to the nanosecond, and what is refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.wire.timestamps import Moment, read_moment

NS = 1_786_968_000_123_456_789


@pytest.mark.parametrize(
    "wire",
    [
        NS,
        str(NS),
        "2026-08-17T12:00:00.123456789Z",
        "2026-08-17T14:00:00.123456789+02:00",
        "2026-08-17 12:00:00.123456789123Z",
    ],
)
def test_forms_of_one_moment(wire):
    assert read_moment(wire) == Moment(NS)


def test_seconds_and_fractions():
    assert read_moment("2026-08-17T12:00:00Z").seconds == 1_786_968_000.0
    assert read_moment("2026-08-17T12:00:00.5Z").seconds == 1_786_968_000.5
    assert read_moment(1.5e18).ns == 1_500_000_000_000_000_000
    assert read_moment(0).seconds == 0.0


@pytest.mark.parametrize(
    "wire",
    [
        *("", "yesterday", "2026-08-17", "2026-08-17T12:00:00", "2026-13-17T12:00:00Z", "9" * 21),
        *(-1, 1 << 80, math.inf, math.nan, True, None, [], {}, "١٢٣", "0001-01-01T00:00:00Z"),
    ],
)
def test_anything_else_is_refused(wire):
    with pytest.raises(ValueError, match=r"date|month"):
        read_moment(wire)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans()))
def test_never_anything_but_a_moment_or_a_value_error(wire):
    try:
        moment = read_moment(wire)
    except ValueError:
        return
    assert moment.ns >= 0
