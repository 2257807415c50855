import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.spelling import forms_without_e, is_ending, stems


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("moan", "ed"),
        ("moan", "ers"),
        ("moan", "ing"),
        ("crap", "py"),
        ("dimwit", "ted"),
        ("whine", "d"),
        ("whine", "rs"),
        ("pass", "ed"),
    ],
)
def test_an_ending(word, rest):
    assert is_ending(word, rest)
    assert word in stems(word + rest)


@pytest.mark.parametrize(
    ("word", "rest"),
    [("moan", ""), ("moan", "s"), ("moan", "in"), ("whine", "ed"), ("moan", "den"), ("a", "aed")],
)
def test_no_ending(word, rest):
    assert not is_ending(word, rest)


def test_an_e_goes_before_ing():
    assert forms_without_e("whine") == ("whining", "whinings")
    assert forms_without_e("moan") == ()
    assert forms_without_e("the") == ()


@given(st.text(max_size=20))
def test_a_stem_is_the_beginning_of_its_word(word):
    for stem in stems(word):
        assert word.startswith(stem)
        assert is_ending(stem, word[len(stem) :])
