"""Numbers, codes, prices, brackets, formulas and flags spell no words by accident."""

import pytest

from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist

WORDS = (
    *("ass", "boob", "gos", "bos", "tos", "kys", "tit", "clit", "crap", "bass", "sass", "cunt"),
    *("arse", "shit", "slut", "idiot", "its", "tis"),
)


@pytest.fixture(scope="module")
def found():
    listed = Blocklist(
        name="x",
        words=WORDS,
        is_leet_check_enabled=True,
        is_plural_check_enabled=True,
        is_confusable_folding_enabled=True,
    )
    matcher = WordMatcher([(0, listed)])
    return lambda text: sorted({text[hit.start : hit.end] for hit in matcher.find(text)})


@pytest.mark.parametrize(
    "text",
    [
        "hold it for 45s please",
        "hold it for 45s, 55s or (45s)",
        "the 60s, 70s, 80s and 90s",
        "the 90's and the ’70s",
        "a 455-meter run took 45s-55s",
        "take the A55 to the coast",
        "we flew an Airbus A55",
        "take the A55/A5117, then the A-55",
        "part number B00B-1234",
        "order B00B/12, B00B.99 and 77-B00B",
        "part b00b-1234",
        "postcode KY5 0AA",
        "an AK47, an MP5 and a PS5",
        "number 4th of 5, 4ss of 5",
        "that is A$5, or A$55, or US$5",
        "it costs $45s",
        "5€ a piece, 45€s",
        "colour #a55a55 at 0xB00B",
        "it was 45°s",
        "light the candles (lit up by noon)",
        "we play music (rap and soul)",
        "call f(unt) and g(lit)",
        "grade A+, then B+",
        "¡diot! ¡ts!",
        "area = a + s + s",
        "k+y+s = 12",
        "𝑘 𝑦 𝑠 are variables",
        "𝑎 + 𝑠 + 𝑠",
        "the final was 🇦🇷🇸🇪",
        "🇸🇭🇮🇹 flags",
        "from 🇰🇾 to 🇸🇪",
        "team🇦🇸🇸🇪",
    ],
)
def test_no_word_by_accident(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("you 1d10t", "1d10t"),
        ("1D10T!", "1D10T"),
        ("1d10t-22", "1d10t"),
        ("b00b", "b00b"),
        ("sh1t", "sh1t"),
        ("5hit", "5hit"),
        ("5lut", "5lut"),
        ("5h1t", "5h1t"),
        ("slu7", "slu7"),
        ("@ss", "@ss"),
        ("@$$", "@$$"),
        ("a$$", "a$$"),
        ("$hit", "$hit"),
        ("$lut", "$lut"),
        ("!diot", "!diot"),
        ("¡diot", "¡diot"),
        ("(unt", "(unt"),
        ("you (unt :)", "(unt"),
        ("(rap that", "(rap"),
        ("i+d+i+o+t", "i+d+i+o+t"),
        ("i d i o t", "i d i o t"),
        ("k y s", "k y s"),
        ("k.y.s", "k.y.s"),
        ("k-y-s", "k-y-s"),
        ("𝐚𝐬𝐬", "𝐚𝐬𝐬"),
        ("𝐢 𝐝 𝐢 𝐨 𝐭", "𝐢 𝐝 𝐢 𝐨 𝐭"),
        ("🇮🇩🇮🇴🇹", "🇮🇩🇮🇴🇹"),
        ("🇰🇾🇸", "🇰🇾🇸"),
        ("🅰🆂🆂", "🅰🆂🆂"),
    ],
)
def test_a_word_on_purpose(found, text, passage):
    assert passage in found(text)
