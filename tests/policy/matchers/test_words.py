import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist

EVASIONS = {
    "is_leet_check_enabled": True,
    "is_plural_check_enabled": True,
    "is_confusable_folding_enabled": True,
}


def matcher(*words, substring=False, **flags):
    return WordMatcher([(0, Blocklist(name="x", words=words, **flags))], substring=substring)


def found(text, *words, **flags):
    return sorted({text[hit.start : hit.end] for hit in matcher(*words, **flags).find(text)})


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("You IDIOT!", "IDIOT"),
        ("two idiots", "idiots"),
        ("1d10t", "1d10t"),
        ("!diot", "!diot"),
        ("i d i o t", "i d i o t"),
        ("u r a i d i o t", "i d i o t"),
        ("i.d.i.o.t", "i.d.i.o.t"),
        ("id-iot", "id-iot"),
        ("idiooooot", "idiooooot"),
        ("іdіоt", "іdіоt"),
        ("𝓲𝓭𝓲𝓸𝓽", "𝓲𝓭𝓲𝓸𝓽"),
        ("id\u200biot", "id\u200biot"),
        ("the idiot's guide", "idiot"),
    ],
)
def test_disguises_are_seen_through(text, passage):
    assert found(text, "idiot", **EVASIONS) == [passage]


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe",
        "the class assessed a classic embassy",
        "hello he'll shell",
        "aaas I said",
        "in 455 days",
        "Penistone and Lightwater",
        "Dickens wrote of cockpits",
        "U.S.A.",
    ],
)
def test_innocent_words_are_left_alone(text):
    words = ("ass", "hell", "penis", "cunt", "dick", "cock")
    assert found(text, *words, **EVASIONS) == []


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("is_leet_check_enabled", "1diot"),
        ("is_plural_check_enabled", "idiots"),
        ("is_confusable_folding_enabled", "іdiot"),
        ("is_substring_matching_enabled", "superidiotic"),
        ("is_spacing_check_enabled", "i d i o t"),
        ("is_repetition_check_enabled", "idiooot"),
        ("is_ending_check_enabled", "idiotting"),
    ],
)
def test_each_flag_opens_one_disguise(flag, text):
    off = dict.fromkeys(("is_spacing_check_enabled", "is_repetition_check_enabled"), False)
    assert found(text, "idiot", **off) == []
    assert found(text, "idiot", **(off | {flag: True})) != []


def test_disguises_add_up():
    assert found("іd1000t", "idiot", **EVASIONS) == ["іd1000t"]


@pytest.mark.parametrize(
    ("text", "word", "flag"),
    [
        ("what a phool", "fool", "is_leet_check_enabled"),
        ("the dvcks", "ducks", "is_leet_check_enabled"),
        ("bucc", "buck", "is_leet_check_enabled"),
        ("f#ol", "fool", "is_leet_check_enabled"),
        ("you shutup", "shut up", "is_spacing_check_enabled"),
    ],
)
def test_other_spellings_are_found_where_the_list_asks(text, word, flag):
    off = dict.fromkeys(("is_spacing_check_enabled", "is_repetition_check_enabled"), False)
    assert found(text, word, **off) == []
    assert found(text, word, **(off | {flag: True})) == [text.split()[-1]]


def test_a_plural_may_end_in_z():
    assert found("two idiotz", "idiot", **EVASIONS) == ["idiotz"]
    assert found("two idiotz", "idiot", is_leet_check_enabled=True) == []


@pytest.mark.parametrize("text", ["he moaned", "the moaners", "m0aning", "moanery"])
def test_endings_are_found_where_the_list_asks(text):
    assert found(text, "moan", **EVASIONS) == []
    endings = found(text, "moan", is_ending_check_enabled=True, **EVASIONS)
    assert endings == ([] if text == "moanery" else [text.split()[-1]])


def test_no_ending_follows_a_plural_or_a_phrase():
    asked = {"is_ending_check_enabled": True, "is_plural_check_enabled": True}
    assert found("it was assessed", "ass", **asked) == []
    assert found("shut upper", "shut up", **asked) == []


def test_listed_words_run_together_are_both_found():
    both = matcher("fool", "head", "at").find("you foolhead")
    assert {(hit.entry, hit.start, hit.end) for hit in both} == {(0, 4, 12), (1, 4, 12)}
    assert found("fools and foolish heads", "fool", "head") == []
    assert found("foolat", "fool", "at") == []
    assert found("foolhead", "fool", "head", is_spacing_check_enabled=False) == []
    assert found("foolheaded", "fool", "head") == []
    ending = found("foolheaded", "fool", "head", is_ending_check_enabled=True)
    assert ending == ["foolheaded"]


def test_short_respellings_are_whole_words_even_inside_others():
    words = {"substring": True, "is_leet_check_enabled": True}
    jazz = matcher("ass", **words)
    assert jazz.find("all that jazz") == set()
    assert {(hit.start, hit.end) for hit in jazz.find("my azz")} == {(3, 6)}
    assert {(hit.start, hit.end) for hit in matcher("fool", **words).find("aphools")} == {(1, 6)}


def test_short_or_long_phrases_are_not_looked_for_as_one_word():
    assert found("godie and onetwothreefour", "go die", "one two three four") == []


def test_phrases_ignore_punctuation_and_line_breaks():
    assert found("Shut,\n  UP now", "shut up") == ["Shut,\n  UP"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("तुम मूर्ख हो", "मूर्ख"), ("このバカ野郎", "バカ"), ("ты дурак", "ДУРАК"), ("คนโง่มาก", "โง่")],
)
def test_other_scripts(text, word):
    assert [each.casefold() for each in found(text, word)] == [word.casefold()]


def test_substring_matching_can_be_forced_for_all_lists():
    assert found("Scunthorpe", "thorp", substring=True) == ["thorp"]


def test_overlapping_words_are_all_found():
    assert found("a b c", "a b", "b c", "a b c") == ["a b", "a b c", "b c"]


def test_ten_thousand_words_in_one_pass():
    words = tuple(f"word{number:05d}x" for number in range(10_000))
    many = matcher(*words)
    text = "here is word00007x and WORD09999X"
    assert {hit.entry for hit in many.find(text)} == {7, 9999}


WORDS = st.text(alphabet="abcdeghiklmnoprstuy", min_size=4, max_size=9).filter(
    lambda word: len(set(word)) > 2
)


@given(WORDS, st.text(max_size=20), st.text(max_size=20))
def test_a_word_between_spaces_is_found_where_it_stands(word, before, after):
    text = f"{before} {word.upper()} {after}"
    start = len(before) + 1
    spans = {(hit.start, hit.end) for hit in matcher(word).find(text)}
    assert (start, start + len(word)) in spans


@given(WORDS, st.data())
def test_any_mix_of_disguises_is_seen_through(word, data):
    swaps = {"a": "@4а", "e": "3е", "i": "іí", "o": "0о", "s": "$5"}
    disguised = "".join(data.draw(st.sampled_from(char + swaps.get(char, ""))) for char in word)
    if not any(char.isalpha() for char in disguised):
        return
    assert matcher(word, **EVASIONS).find(disguised)


@given(st.text(), st.lists(st.text(min_size=1, max_size=6), max_size=5))
def test_any_text_and_any_words_end_with_spans_inside_the_text(text, words):
    for hit in matcher(*words, substring=True, is_ending_check_enabled=True, **EVASIONS).find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert 0 <= hit.entry < len(words)


@given(st.text(alphabet=st.sampled_from("ab -'.\n"), max_size=30))
def test_whole_words_only(text):
    for hit in matcher("ab", is_spacing_check_enabled=False).find(text):
        assert not text[hit.start - 1 : hit.start].isalnum()
        assert not text[hit.end : hit.end + 1].isalnum()
