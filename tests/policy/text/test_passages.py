from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.similarity import MAX_PASSAGES, STEP, WORDS, passages


def test_a_short_text_is_one_passage_without_its_margins():
    assert passages("  how are you \n") == [(2, 13)]


def test_a_text_without_words_has_none():
    assert passages(" \n\t") == []


def test_a_long_text_is_read_in_windows_that_overlap():
    text = " ".join(f"w{number:02}" for number in range(40))
    found = [text[start:end].split() for start, end in passages(text)]
    assert [(each[0], each[-1]) for each in found] == [
        ("w00", "w23"),
        ("w12", "w35"),
        ("w24", "w39"),
    ]


@given(st.integers(1, WORDS + STEP * MAX_PASSAGES))
def test_every_word_lies_in_a_passage(count):
    text = " ".join(["ab"] * count)
    found = passages(text)
    assert len(found) <= MAX_PASSAGES
    seen = {at for start, end in found for at in range(start, end)}
    assert all(at in seen for at in range(0, min(len(text), 3 * STEP * MAX_PASSAGES), 3))
