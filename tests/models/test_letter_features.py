from zlib import crc32

from console.models.letter_features import letter_buckets, word_buckets

MANY = 1 << 30


def buckets(*pieces):
    return sorted(crc32(piece.encode()) % MANY for piece in pieces)


def test_words_and_pairs_of_words_are_kept_in_lower_case():
    assert word_buckets("You're a  CLOWN a clown", MANY) == buckets(
        "you're", "a", "clown", "you're a", "a clown", "clown a"
    )


def test_letter_groups_know_where_a_word_begins_and_ends():
    assert letter_buckets("Hi", MANY) == buckets(" h", "hi", "i ", " hi", "hi ", " hi ")


def test_buckets_are_few_and_in_order():
    found = letter_buckets("some more words than buckets", 8)
    assert found == sorted(set(found))
    assert set(found) <= set(range(8))


def test_a_text_without_letters_has_none():
    assert word_buckets("", 8) == []
    assert letter_buckets(" \n", 8) == []


def test_half_a_character_is_no_reason_to_fail():
    assert word_buckets("\ud800 hi", MANY) == buckets("?", "hi", "? hi")
    assert len(letter_buckets("\ud800", MANY)) == 3
