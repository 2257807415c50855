import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.folding import CONFUSABLE, LOOK_ALIKES, PLAIN, SPACE, is_unspaced, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, World!", "hello world"),
        ("  a\n\tb  ", "a b"),
        ("id\u200bi\u00adot", "idiot"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
        ("?!…", ""),
        ("\ud800x", "x"),
    ],
)
def test_plain_keeps_only_words_in_lower_case(text, words):
    assert words_of(text, PLAIN) == words


def test_composed_and_combining_letters_are_equal():
    assert words_of("caf\u00e9", PLAIN) == words_of("cafe\u0301", PLAIN)
    assert words_of("caf\u00e9", PLAIN) != "cafe"


def test_vowel_signs_that_make_another_word_stay():
    assert words_of("कि", CONFUSABLE) != words_of("का", CONFUSABLE)


@pytest.mark.parametrize(
    "disguised",
    ["іdіоt", "ｉｄｉｏｔ", "𝓲𝓭𝓲𝓸𝓽", "🅸🅳🅸🅾🆃", "ÍDÌÖT", "ⓘⓓⓘⓞⓣ", "ιԁιοт", "i̷d̷i̷o̷t̷"],
)
def test_look_alikes_read_as_the_plain_word(disguised):
    assert words_of(disguised, CONFUSABLE) == "idiot"


def test_scripts_without_spaces_are_known():
    assert is_unspaced("バ")
    assert is_unspaced("ไ")
    assert not is_unspaced("b")
    assert not is_unspaced("П")


@given(st.text())
def test_folding_twice_changes_nothing_more_in_plain_words(text):
    once = words_of(text, PLAIN)
    assert words_of(once, PLAIN) == once


@given(st.text())
def test_case_never_counts(text):
    assert words_of(text.casefold(), PLAIN) == words_of(text, PLAIN)


def test_case_never_counts_among_cyrillic_look_alikes():
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    assert words_of(letters.upper(), CONFUSABLE) == words_of(letters, CONFUSABLE)


@given(st.characters())
def test_every_character_folds_to_letters_or_one_space_or_nothing(char):
    for table in (PLAIN, CONFUSABLE):
        folded = table[ord(char)]
        assert folded == SPACE or all(unicodedata.category(each)[0] in "LNM" for each in folded)


# Syllables of Hangul stay whole, so that no word begins or ends inside one.
NO_HANGUL = st.text(st.characters().filter(lambda char: not "\uac00" <= char <= "\ud7a3"))


@given(NO_HANGUL)
def test_composed_and_combining_forms_fold_to_the_same(text):
    for table in (PLAIN, CONFUSABLE):
        composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
        assert words_of(composed, table) == words_of(apart, table)


ALIKE: dict[str, list[str]] = {}
for look_alike, letter in LOOK_ALIKES.items():
    ALIKE.setdefault(letter, []).append(look_alike)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12), st.data())
def test_any_mix_of_look_alikes_folds_to_the_plain_word(word, data):
    disguised = "".join(data.draw(st.sampled_from([char, *ALIKE.get(char, ())])) for char in word)
    assert words_of(disguised, CONFUSABLE) == word


@given(st.text())
def test_folding_look_alikes_twice_changes_nothing_more(text):
    once = words_of(text, CONFUSABLE)
    assert words_of(once, CONFUSABLE) == once
