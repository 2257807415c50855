"""What counts where Stream, the words, the letters and the speaker say different things."""

import pytest

from console.domain.scripts import language_of_letters
from console.domain.spoken_language import (
    NOT_KNOWN,
    UNKNOWN,
    Guess,
    KnownBy,
    Spoken,
    identified,
    plain_language,
)


class Says:
    """Guesses the same of every text."""

    def __init__(self, *guesses):
        self._guesses = [Guess(*each) for each in guesses]

    def guesses(self, text):
        return self._guesses


NOBODY = Says()
LONG = "what somebody says in many words"


@pytest.mark.parametrize(
    ("name", "plain"),
    [("en-GB", "en"), ("EN_us", "en"), ("auto", ""), ("und", ""), ("multi", ""), ("", "")],
)
def test_a_name_of_a_language_is_without_country(name, plain):
    assert plain_language(name) == plain


def test_what_stream_states_counts_as_it_stands():
    stated = identified(LONG, "en-GB", Says(("en", 0.9)))
    assert stated == Spoken("en-GB", 0.9, KnownBy.STATED)
    assert identified(LONG, "de", NOBODY) == Spoken("de", -1.0, KnownBy.STATED)
    assert identified("👍", "de", NOBODY) == Spoken("de", -1.0, KnownBy.STATED)


def test_words_that_are_plainly_in_another_language_overrule_stream():
    english = Says(("en", 0.97), ("de", 0.01))
    assert identified(LONG, "de", english) == Spoken("en", 0.97, KnownBy.WORDS)
    assert identified("oh yes", "de", english).language == "de", "too short to overrule"
    assert identified("oh yes", "de", english, "en").language == "en", "but not with more of it"
    unsure = Says(("en", 0.7), ("de", 0.2))
    assert identified(LONG, "de", unsure).language == "de"


def test_without_stream_the_words_tell():
    assert identified(LONG, "auto", Says(("es", 0.6))) == Spoken("es", 0.6, KnownBy.WORDS)
    assert identified(LONG, "", Says(("es", 0.4), ("en", 0.3))) == NOT_KNOWN


def test_a_short_text_is_in_the_language_of_before():
    finnish = Says(("fi", 0.93))
    assert identified("haha ja", "", finnish, "de") == Spoken("de", -1.0, KnownBy.SPEAKER)
    assert identified("👍", "", NOBODY, "de") == Spoken("de", -1.0, KnownBy.SPEAKER)
    assert identified("👍", "", NOBODY) == NOT_KNOWN
    assert identified("haha ja", "", Says(("fi", 0.7))) == NOT_KNOWN


def test_a_long_text_does_not_follow_what_was_before():
    assert identified(LONG, "", Says(("fi", 0.9)), "de").language == "fi"


def test_a_long_text_that_is_surely_not_english_is_in_some_language():
    hinglish = Says(("nl", 0.4), ("sw", 0.1))
    assert identified(LONG, "", hinglish) == Spoken(UNKNOWN, -1.0, KnownBy.WORDS)
    assert identified(LONG, "", Says(("nl", 0.4), ("en", 0.06))) == NOT_KNOWN
    assert identified(LONG, "", hinglish, "nl") == Spoken("nl", 0.4, KnownBy.SPEAKER)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("สวัสดีครับ", "th"),
        ("안녕하세요", "ko"),
        ("今日はいい天気", "ja"),
        ("我来了", "zh"),
        ("вы меня слышите", "und-Cyrl"),
        ("هل تسمعني", "und-Arab"),
        ("שלום לכולם", "he"),
        ("γεια σας", "el"),
        ("good morning", ""),
        ("schön, café", ""),
        ("say สวัสดี to everybody", ""),
        ("😀 … “”", ""),
    ],
)
def test_letters_tell_what_they_tell(text, language):
    assert language_of_letters(text) == language


def test_letters_of_one_language_need_no_words():
    assert identified("ครับ", "", NOBODY) == Spoken("th", 1.0, KnownBy.LETTERS)
    assert identified("ครับ", "en", NOBODY) == Spoken("th", 1.0, KnownBy.LETTERS)
    assert identified("我来了", "ja", NOBODY) == Spoken("ja", 1.0, KnownBy.STATED)


def test_letters_of_several_languages_wait_for_words():
    assert identified("вы меня слышите", "", Says(("ru", 0.99))).language == "ru"
    assert identified("вы меня слышите", "", NOBODY).language == "und-Cyrl"
