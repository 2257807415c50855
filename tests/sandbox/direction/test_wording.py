from random import Random

import pytest

from console.sandbox.direction.wording import (
    LONGEST,
    SHORTEST,
    Deck,
    drawn,
    spoken_seconds,
)
from tests.sandbox.direction.expectation import variants


def test_choices_are_drawn():
    dice = Random(1)
    seen = {drawn("the {red|blue|} door", dice) for _ in range(50)}
    assert seen == {"the red door", "the blue door", "the  door"}


@pytest.mark.parametrize("line", ["no choice", "{n}", "a { brace", "{}"])
def test_other_braces_stay(line):
    assert drawn(line, Random(1)) == line


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Okay.", SHORTEST, SHORTEST),
        ("Good evening everyone, and welcome to the budget hearing.", 2.5, 4.5),
        ("大家晚上好，我想问一下老城区的路灯什么时候修。", 0.9, 3.0),
        ("…", SHORTEST, SHORTEST),
        ("word " * 400, LONGEST, LONGEST),
    ],
)
def test_speaking_takes_as_long_as_it_does(text, least, most):
    assert least <= spoken_seconds(text) <= most


def test_a_shuffled_deck_says_everything_before_it_repeats():
    deck = Deck(("a", "b", "c", "d"), shuffled=True)
    dice = Random(4)
    rounds = [[deck.draw(dice) for _ in range(4)] for _ in range(3)]
    assert [sorted(cards) for cards in rounds] == [["a", "b", "c", "d"]] * 3


def test_a_written_deck_keeps_its_order():
    deck = Deck(("a", "b"), shuffled=False)
    assert [deck.draw(Random(1)) for _ in range(5)] == ["a", "b", "a", "b", "a"]


def test_variants_are_all_that_can_be_drawn():
    assert list(variants("a {b|c} d {e|f}")) == ["a b d e", "a b d f", "a c d e", "a c d f"]
    assert list(variants("plain {n}")) == ["plain {n}"]
