"""Ten thousand presses of hands that come from outside, on lists that change all the time."""

from random import Random

import pytest

from tests.ui.moving_lists import press

PRESSES = 10_000


@pytest.mark.timeout(0)
@pytest.mark.parametrize("rate", [1, 3])
@pytest.mark.parametrize("where", ["people", "transcript", "requests"])
def test_nobody_is_hit_whom_the_hand_did_not_mean(
    where, rate, window, live, make, clock, record_property
):
    count = -(-PRESSES // 6)
    presses = press(where, rate, count, window, live, make, clock, Random())
    wrong = [each for each in presses if not each.right]
    record_property("acted", sum(each.hit is not None for each in presses))
    assert wrong == []
