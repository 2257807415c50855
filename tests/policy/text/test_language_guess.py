import pytest

from console.policy.text.language_guess import is_plainly_other
from tests.benchmarks.ordinary_speech import LANGUAGES, ordinary

GROUPS = ordinary()
LATIN = [group for group in GROUPS if group.language not in ("en", "ar", "hi", "zh")]


@pytest.mark.parametrize(
    "text",
    ["kys", "liar", "you liar", "", "die, you liar", "12 %", "не знаю", "moron!"],
)
def test_nothing_is_said_of_what_gives_no_hint(text):
    assert not is_plainly_other(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "c0ck",
        "a$$",
        "b!tch",
        "sh1t",
        "f u c k",
        "man whore",
        "dirty hoe",
        "come, bastard",
        "die liar",
    ],
)
def test_a_part_of_a_disguised_word_and_an_english_one_are_no_hint(text):
    assert not is_plainly_other(text, "en")


@pytest.mark.parametrize("group", LATIN, ids=lambda group: group.name)
def test_most_sentences_of_another_language_are_told_from_english(group):
    other = [text for text in group.texts if is_plainly_other(text, "en")]
    assert len(other) >= 0.5 * len(group.texts)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_hardly_any_sentence_is_taken_for_another_language_than_its_own(group):
    wrong = [text for text in group.texts if is_plainly_other(text, group.language)]
    assert len(wrong) <= 0.04 * len(group.texts), wrong


def test_every_language_with_sentences_is_named_as_stream_names_it():
    assert {group.language for group in GROUPS} == set(LANGUAGES.values())
