import pytest

from console.policy.text.common_words import common_words


@pytest.mark.parametrize("word", ["table", "tables", "happily", "stopped", "making", "snigger"])
def test_words_and_their_forms_are_common(word):
    assert common_words().has(word)


@pytest.mark.parametrize("word", ["fuck", "bitches", "qwxz", "whores", "basterd"])
def test_abuse_and_nonsense_are_not(word):
    assert not common_words().has(word)


def test_a_word_within_common_ones_is_known_and_scunthorpe_says_nothing():
    assert common_words().hold("cock")
    assert not common_words().hold("cunt")
