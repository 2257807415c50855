import unicodedata

import pytest

from console.base.invisible import BLANK, INVISIBLE, has_invisible, shows_nothing

EVERY = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def test_every_character_that_unicode_calls_a_format_shows_nothing_but_number_signs():
    formats = {char for char in EVERY if unicodedata.category(char) == "Cf"}
    seen = {char for char in formats if not INVISIBLE.match(char)}
    # Signs that are written over or before numbers (Prepended_Concatenation_Mark) are seen.
    assert {unicodedata.name(char).split()[0] for char in seen} <= {"ARABIC", "SYRIAC", "KAITHI"}


def test_no_letter_digit_or_space_is_taken_for_nothing_but_those_that_are_blank():
    wrong = [
        unicodedata.name(char)
        for char in EVERY
        if INVISIBLE.match(char) and unicodedata.category(char)[0] in "LNPZ"
    ]
    assert sorted(wrong) == [
        "HALFWIDTH HANGUL FILLER",
        "HANGUL CHOSEONG FILLER",
        "HANGUL FILLER",
        "HANGUL JUNGSEONG FILLER",
    ]


def test_what_is_blank_shows_nothing():
    assert all(INVISIBLE.match(char) for char in EVERY if BLANK.match(char))


@pytest.mark.parametrize("text", ["", "  ", "\u3164", "\u2800 \u00ad", "\u200d\ufe0f", "\x00\x07"])
def test_a_text_that_shows_nothing(text):
    assert shows_nothing(text)


@pytest.mark.parametrize("text", ["a", " - ", "\u3164a", "😀", "ㅎ"])
def test_a_text_that_shows_something(text):
    assert not shows_nothing(text)


@pytest.mark.parametrize(
    ("text", "has"), [("plain", False), ("tab\tand\nline", False), ("é", False), ("a\x00", True)]
)
def test_whether_anything_shows_nothing(text, has):
    assert has_invisible(text) is has
