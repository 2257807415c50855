import pytest

from console.policy.text.vietnamese import is_vietnamese


@pytest.mark.parametrize("word", ["Đông", "Hưng", "Phúc", "Đồng", "Cốc"])
def test_syllables_with_accents_are_vietnamese(word):
    assert is_vietnamese(word, f"{word} ở Việt Nam")


@pytest.mark.parametrize("word", ["díck", "shít", "bịtch", "fụck", "Dong", "Спб"])
def test_what_no_vietnamese_writes_is_not(word):
    assert not is_vietnamese(word, f"{word} ở Việt Nam")


def test_accents_alone_do_not_tell():
    assert not is_vietnamese("cúm", "cúm")
