"""Words of all scripts, and where a phrase stands among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.search.tokens import phrase_of, spans_of, squeezed, tokens_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't STOP, me!", "don t stop me"),
        ("Crème brûlée", "creme brulee"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full width"),
        ("straße ΟΔΟΣ Ёлка", "strasse οδοσ елка"),
        ("東京タワー", "東京 京タ タワ ワー ー"),
        ("猫", "猫"),
        ("ไปตาย", "ไป ปต ตา าย ย"),
        ("안녕하세요", "안녕 녕하 하세 세요 요"),
        ("हिन्दी में", "हिन्दी में"),
        ("مَرْحَبًا", "مرحبا"),
        ("b\u200ba\u00add 🔪x", "bad 🔪 x"),
        ("iPhone買った", "iphone 買っ った た"),
        ("user_12", "user 12"),
        ("...", ""),
        ("\x00\n", ""),
    ],
)
def test_a_text_becomes_these_words(text, words):
    assert words_of(text) == words


def test_a_composed_and_a_decomposed_text_are_the_same():
    assert words_of("e\u0301t\u00e9") == "ete"
    assert words_of("\u1112\u1161\u11ab\u1100\u116e\u11a8") == words_of("한국")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("東京", "大東京だ", ["東京"]),
        ("東京だ", "大東京だ", ["東京だ"]),
        ("猫", "黒猫 と 猫", ["猫", "猫"]),
        ("ตาย", "ไปตายซะ", ["ตาย"]),
        ("stop me", "Don't stop  me", ["stop  me"]),
        ("CREME", "une crème", ["crème"]),
        ("bad", "so b\u200bad", ["b\u200bad"]),
        ("買った iphone", "彼が買った iPhone", ["買った iPhone"]),
        ("stop you", "stop, but you", []),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase, text, found):
    wanted = phrase_of(phrase)
    spans = spans_of(wanted, tokens_of(text), prefix=wanted[-1].last)
    assert [text[start:end] for start, end in spans] == found


def test_a_prefix_marks_the_whole_word():
    assert list(spans_of(phrase_of("kil"), tokens_of("no killing"), prefix=True)) == [(3, 10)]


@given(st.text(max_size=60))
def test_places_are_inside_the_text_and_in_order(text):
    tokens = tokens_of(text)
    assert all(0 <= one.start < one.end <= len(text) for one in tokens)
    assert [one.start for one in tokens] == sorted(one.start for one in tokens)


@given(
    st.text(alphabet="aé東京ตาย 한🔪-x", min_size=1, max_size=12), st.text("ab 京ตк", max_size=5)
)
def test_a_text_holds_itself_whatever_stands_around_it(text, around):
    phrase = phrase_of(text)
    if phrase:
        tokens = tokens_of(f"{around} {text} {around}")
        assert list(spans_of(phrase, tokens, prefix=phrase[-1].last))


def test_a_name_of_stream_is_one_word():
    assert squeezed("SELF_HARM") == squeezed("self harm") == "selfharm"
