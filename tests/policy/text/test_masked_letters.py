import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.text.masked_letters import MaskedLetters


def found(text, *words):
    masked: MaskedLetters[str] = MaskedLetters()
    for word in words:
        masked.add(word, word)
    return [(owner, text[start:end]) for owner, start, end in masked.find(text)]


@pytest.mark.parametrize("text", ["cr*p", "CR*P!", "c***", "so c**p.", "(c*ap)", "cra*"])
def test_stars_stand_for_letters(text):
    [(owner, passage)] = found(text, "crap", "crab pot")
    assert owner == "crap"
    assert passage == text.strip("so .!()")


@pytest.mark.parametrize("text", ["cr#p", "c%ap", "CR@P!", "so c&ap."])
def test_another_sign_inside_a_word_stands_for_a_letter(text):
    assert found(text, "crap", "crab pot") == [("crap", text.strip("so .!"))]


@pytest.mark.parametrize(
    "text", ["cr@p@ton.example", "#crap", "cra#", "R&D", "c#p", "#c%ap", "c#$p"]
)
def test_addresses_tags_and_short_words_hold_no_masks(text):
    assert found(text, "crap", "rad", "cup") == []


@pytest.mark.parametrize(
    "text",
    ["*crap*", "c*", "**ap", "2*3 and c*d", "c*****", "crap", "cr*px", "* c r a p *", "d***"],
)
def test_other_stars_stand_for_nothing(text):
    assert found(text, "crap") == []


def test_what_may_be_several_words_is_all_of_them():
    assert [owner for owner, _ in found("d***", "damn", "dork", "dare", "dunce")] == [
        "damn",
        "dork",
        "dare",
    ]


@given(st.text(alphabet="ab*A é1 _", max_size=40))
def test_spans_lie_in_the_text(text):
    for _, passage in found(text, "abba", "aaa", "éab"):
        assert "*" in passage
        assert passage[0] != "*"


def test_long_rows_of_stars_end_quickly():
    assert found("a" + "*" * 50_000, "aaa") == []
    assert found("a*" * 50_000, "aaa") == []
