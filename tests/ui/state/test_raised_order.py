"""N and P go through what is open in all calls, and P leads back."""

from console.ui.state.raised_order import neighbour


def step(items, chosen, by):
    found = neighbour(items, "me", chosen, by)
    return found.item_id if found is not None else ""


def test_next_and_previous_go_around_all_that_is_open_and_come_back(make):
    items = [make.raised_item(key) for key in ("a", "b", "c")]
    ids = [one.item_id for one in items]
    walked, at = [], ids[0]
    for by in (1, 1, 1, -1, -1, -1):
        at = step(items, {at}, by)
        walked.append(at)
    assert walked == [ids[1], ids[2], ids[0], ids[2], ids[1], ids[0]]
    assert step(items, (), -1) == ids[0]
    assert step(items[:1], {ids[0]}, 1) == ""
    assert step([], (), 1) == ""
