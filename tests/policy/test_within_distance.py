import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.velocity import within_distance


def distance(one, other):
    """The textbook way."""
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        before, row[0] = row[0], down
        for at, wanted in enumerate(other, 1):
            before, row[at] = (
                row[at],
                min(before + (letter != wanted), row[at] + 1, row[at - 1] + 1),
            )
    return row[-1]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("kitten", "sitting", 3),
        ("buy my coins", "buy my c0ins!", 2),
        ("abcdef", "bcdefa", 2),
    ],
)
def test_known_distances(one, other, edits):
    assert within_distance(one, other, edits)
    assert edits == 0 or not within_distance(one, other, edits - 1)


WORDS = st.text("abc", max_size=12)


@given(WORDS, WORDS, st.integers(0, 12))
def test_it_says_what_the_textbook_says(one, other, most):
    assert within_distance(one, other, most) == (distance(one, other) <= most)


def test_only_the_beginning_of_very_long_texts_counts():
    assert within_distance("a" * 1_000 + "b", "a" * 1_000 + "c" * 9_000, 0)


def test_unlike_texts_are_told_apart_at_once():
    one, other = "ab" * 500, "cd" * 500
    began = time.thread_time()
    for _ in range(100):
        assert not within_distance(one, other, 5)
    assert time.thread_time() - began < 1.0
