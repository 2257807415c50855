import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.spelling import respellings


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("fool", {"phool"}),
        ("stuff", {"stvff"}),
        ("buck", {"bvck", "bukk", "bvkk", "bucc", "bvcc"}),
        ("bucket", {"bvcket", "bukket", "bvkket", "buccet", "bvccet", "buket", "bvket"}),
        ("pest", set()),
        ("pests", {"pestz"}),
        ("pass", {"pazz"}),
        ("passes", {"pazzes", "passez"}),
        ("idiot", set()),
        ("", set()),
    ],
)
def test_what_sounds_the_same(word, others):
    assert respellings(word) == others


@given(st.text(max_size=40))
def test_there_are_never_many_and_never_the_word_itself(word):
    found = respellings(word)
    assert len(found) <= 47
    assert word not in found
