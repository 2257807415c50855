"""Whoever a press hits is who was under the hand when it set out; else it does nothing, aloud.

``make drills`` presses 10,000 times.
"""

from random import Random

import pytest

from tests.ui.moving_lists import press


@pytest.mark.parametrize("rate", [1, 3])
@pytest.mark.parametrize("where", ["people", "transcript", "requests"])
def test_a_hand_in_flight_hits_nobody_else(where, rate, window, live, make, clock):
    presses = press(where, rate, 25, window, live, make, clock, Random(f"{where}{rate}"))
    assert [each for each in presses if not each.right] == []
    assert any(each.hit for each in presses)
