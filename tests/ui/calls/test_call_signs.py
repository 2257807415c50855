"""The signs of calls: what they mean, in words and icons."""

import pytest

from console.ui.calls.calls_delegate import heat_level, status_of
from console.ui.calls.sparkline import bar_heights


@pytest.mark.parametrize(("heat", "level"), [(0.0, 0), (0.6, 1), (5.0, 2), (40.0, 3)])
def test_heat_levels(heat, level):
    assert heat_level(heat) == level


def test_status_of_calls(make):
    assert status_of(make.call(), gone=False)[0] == "live"
    assert status_of(make.call(backstage=True), gone=False)[0] == "backstage"
    assert status_of(make.call(unmonitored_since=1.0), gone=False) == ("gap", "warn")
    assert status_of(make.call(), gone=True)[0] == "end-call"
    assert status_of(None, gone=False)[0] == "all"


def test_sparkline_bars_are_never_invisible():
    assert bar_heights([0, 1, 400], [0, 0, 1], 12) == [(0, 0), (1, 0), (12, 2)]
