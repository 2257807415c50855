"""A model that repeats itself is cut; a person who does is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.models.speech_repeats import without_repeats


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I will find you. I will find you. I will find you. I will", "I will find you. I will"),
        ("no no no no no no", "no"),
        ("And so on, and so on, and so on.", "And so on,"),
    ],
)
def test_loops_are_said_once(text, kept):
    assert without_repeats(text, 10.0) == (kept, True)


@pytest.mark.parametrize("text", ["no no, not that one", "I do I do", "", "Bye bye."])
def test_what_people_say_stays(text):
    assert without_repeats(text, 10.0) == (text, False)


def test_nobody_says_a_hundred_words_in_a_second():
    text = " ".join(f"word{number}" for number in range(100))
    kept, cut = without_repeats(text, 1.0)
    assert cut
    assert len(kept.split()) == 9


@given(st.text(max_size=2_000), st.floats(0, 30))
def test_nothing_is_made_up(text, seconds):
    kept, _ = without_repeats(text, seconds)
    assert set(kept.split()) <= set(text.split())
