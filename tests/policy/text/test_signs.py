"""An entry of a word list matches what its author sees, signs and emoji included."""

import pytest

from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist
from console.policy.text.signs import has_signs, signed

EVERYTHING = {
    "is_leet_check_enabled": True,
    "is_plural_check_enabled": True,
    "is_confusable_folding_enabled": True,
    "is_ending_check_enabled": True,
}


def found(entry, text, **flags):
    hits = WordMatcher([(0, Blocklist(name="x", words=(entry,), **flags))]).find(text)
    return [text[hit.start : hit.end] for hit in sorted(hits, key=lambda hit: hit.start)]


@pytest.mark.parametrize("flags", [{}, EVERYTHING], ids=["plain", "every switch"])
@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("c++", "I like c"),
        ("c++", "c, and c too"),
        ("c#", "c"),
        ("f#", "an f sharp"),
        ("(h)", "vitamin H is good"),
        ("-1", "number 1"),
        ("-1", "10-1"),
        ("+1", "1"),
        ("🖕 you", "thank you"),
        (".onion", "onion soup"),
        (".net", "a net"),
        ("@ss", "the ss"),
        ("@ss", "p@ss"),
        ("a$$", "a"),
        ("sh!t", "sh t"),
        ("f*ck", "f ck"),
        ("at&t", "look at t shirts"),
        ("r&b", "r b"),
        ("100%", "100"),
        ("#1", "1"),
        ("<3", "3"),
        ("18+", "18"),
        ("no!", "no"),
        ("ℹ️", "i am here"),
        ("1️⃣", "1"),
        ("🅰️", "a"),
        ("Ⓜ️", "m"),
        ("❤️", "😀"),
    ],
)
def test_without_its_signs_it_is_not_there(entry, text, flags):
    assert found(entry, text, **flags) == []


@pytest.mark.parametrize("flags", [{}, EVERYTHING], ids=["plain", "every switch"])
@pytest.mark.parametrize(
    ("entry", "text", "passage"),
    [
        ("c++", "I love C++!", "C++"),
        ("c#", "(C#)", "C#"),
        ("(h)", "vitamin (H).", "(H)"),
        ("-1", "it is -1 now", "-1"),
        ("-1", "it is −1 now", "−1"),
        ("🖕 you", "🖕 you", "🖕 you"),
        ("🖕 you", "oh🖕🏽you", "🖕🏽you"),
        (".onion", "go to abc.onion", ".onion"),
        ("@ss", "my @SS hurts", "@SS"),
        ("a$$", "A$$, yes", "A$$"),
        ("sh!t", "oh sh!t", "sh!t"),
        ("at&t", "at AT&T's", "AT&T"),
        ("🖕", "well🖕🏿so", "🖕"),
        ("❤️", "I ❤ it", "❤"),
        ("👨‍👩‍👧", "my 👨‍👩‍👧.", "👨‍👩‍👧"),
        ("!!", "what!!", "!!"),
        ("1️⃣", "take 1️⃣", "1️⃣"),
        ("don't @ me", "Don’t @ me", "Don’t @ me"),
    ],
)
def test_with_its_signs_it_is(entry, text, passage, flags):
    assert passage in found(entry, text, **flags)


@pytest.mark.parametrize(
    "entry",
    [
        "i'll find you",
        "e-mail",
        "and/or",
        "stop, thief",
        "rock 'n' roll",
        "u.s.a",
        "nobody likes you.",
        "what? no",
        "this - that",
        "кто-то",
        "मूर्ख",
        "馬鹿野郎",
        "can’t",
    ],
)
def test_punctuation_between_letters_and_words_does_not_count(entry):
    assert not has_signs(entry)
    assert found(entry, f"so {entry} there")


def test_a_look_alike_of_letters_beside_signs_is_seen_where_the_list_says_so():
    assert found("c++", "ｃ＋＋ rocks") == []
    assert found("c++", "ｃ＋＋ rocks", is_confusable_folding_enabled=True) == ["ｃ＋＋"]


def test_a_signed_reading_keeps_signs_and_forgets_case_skin_and_spaces():
    assert signed("  A  B! \u2014 🖕🏽 ") == "a b! - 🖕"
