import itertools

from hypothesis import given
from hypothesis import strategies as st

from console.ui.calls.hysteresis import overtakes, settle

HEAT = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 100), max_size=8)


def test_small_differences_move_nothing():
    assert settle(["a", "b"], {"a": 10.0, "b": 12.0}) == ["a", "b"]
    assert settle(["a", "b"], {"a": 0.1, "b": 0.5}) == ["a", "b"]


def test_the_clearly_hotter_overtakes():
    assert settle(["a", "b", "c"], {"a": 1.0, "b": 2.0, "c": 9.0}) == ["c", "b", "a"]


def test_new_keys_find_their_place_and_old_ones_go():
    assert settle(["a", "gone", "b"], {"a": 5.0, "b": 1.0, "new": 50.0}) == ["new", "a", "b"]
    assert settle([], {"b": 0.0, "a": 0.0, "c": 3.0}) == ["c", "b", "a"]


@given(st.permutations("abcdefgh"), HEAT)
def test_every_key_is_there_once_and_no_neighbour_is_overtaken(previous, heat):
    order = settle(previous, heat)
    assert sorted(order) == sorted(heat)
    neighbours = itertools.pairwise(order)
    assert not [pair for pair in neighbours if overtakes(heat[pair[1]], heat[pair[0]])]


@given(st.permutations("abcdefgh"), HEAT)
def test_a_settled_order_is_settled(previous, heat):
    order = settle(previous, heat)
    assert settle(order, heat) == order
