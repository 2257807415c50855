import pytest

from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist

WORDS = ("сука", "дурак", "мудак", "حمار", "شرموطة", "चूतिया", "कमीना", "μαλάκας")


def found(text, words=WORDS, on=True):
    listed = Blocklist(name="x", words=words, is_transliteration_check_enabled=on)
    hits = WordMatcher([(0, listed)]).find(text)
    return sorted({(text[hit.start : hit.end], words[hit.entry]) for hit in hits})


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("suka", "сука"),
        ("durak", "дурак"),
        ("mudak", "мудак"),
        ("7mar", "حمار"),
        ("hmar", "حمار"),
        ("sharmouta", "شرموطة"),
        ("chutiya", "चूतिया"),
        ("kamina", "कमीना"),
        ("malakas", "μαλάκας"),
    ],
)
def test_words_of_other_alphabets_are_read_in_latin_letters(typed, word):
    assert found(f"you {typed}!") == [(typed, word)]


def test_the_switch_is_off_unless_asked_for():
    assert found("suka 7mar chutiya", on=False) == []
    assert found("сука", on=False) == [("сука", "сука")]


@pytest.mark.parametrize(
    "text",
    [
        "a hammer, the chat, kitchens, a charming common comma and the sock",
        "room 7, seat 12b, 3pm, 5th, 2nd, A55",
        "Hamar and Homer, Mexico and Moscow",
    ],
)
def test_common_words_and_numbers_are_left_alone(text):
    assert found(text, ("сука", "дурак", "شرموطة", "चूतिया", "μαλάκας")) == []
