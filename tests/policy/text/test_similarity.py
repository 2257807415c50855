import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.similarity import LexicalSimilarity, stem, word_spans


def score(phrase, text):
    words = [word for word, _, _ in word_spans(text)]
    found = LexicalSimilarity([phrase]).best(words)
    return round(found[0].score, 2) if found else 0.0


@pytest.mark.parametrize(
    ("phrase", "text", "least", "most"),
    [
        ("send me your password", "Send me your PASSWORD!", 1.0, 1.0),
        ("send me your password", "well, sending me your passwords would help", 0.99, 1.0),
        ("send me your password", "can you send over the password", 0.6, 0.9),
        ("send me your password", "I forgot my password again today", 0.0, 0.6),
        ("send me your password", "good morning to all of you", 0.0, 0.0),
        ("to be or not", "to be or not", 0.0, 0.0),
        ("привет мир", "Привет, мир!", 1.0, 1.0),
    ],
)
def test_scores(phrase, text, least, most):
    assert least <= score(phrase, text) <= most


def test_stems_keep_at_least_three_letters():
    assert [stem(word) for word in ("sending", "passwords", "is", "easy", "naïves")] == [
        "send",
        "password",
        "is",
        "eas",
        "naïves",
    ]


def test_word_spans_are_code_points():
    assert word_spans(" É-x \u200bab!") == [("e", 1, 2), ("x", 3, 4), ("ab", 6, 8)]


@given(st.text(), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_scores_between_nothing_and_one(text, phrases):
    spans = word_spans(text)
    for likeness in LexicalSimilarity(phrases).best([word for word, _, _ in spans]).values():
        assert 0 <= likeness.score <= 1
        assert 0 <= likeness.first <= likeness.last < len(spans)
    for word, start, end in spans:
        assert word
        assert 0 <= start < end <= len(text)
