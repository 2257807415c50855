"""Texts are cut into the likeliest pieces of a vocabulary."""

from console.models.e5_pieces import SPACE, UNKNOWN, Pieces

SPECIAL = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
PIECES = [*SPECIAL, (SPACE, -3.0), (f"{SPACE}ab", -2.0), ("a", -4.0), ("b", -4.0), ("abc", -5.0)]


def pieces():
    return Pieces(PIECES, {ord("ﬀ"): "ab", ord("\n"): " "})


def test_the_likeliest_pieces_win():
    assert pieces().cut("ab") == [5]
    assert pieces().cut("abc") == [4, 8]  # -8, where ▁ab and an unknown c cost more


def test_what_is_in_no_piece_is_unknown_one_character_at_a_time():
    assert pieces().cut("abxy") == [5, UNKNOWN, UNKNOWN]


def test_characters_are_written_another_way_first():
    assert pieces().cut("ﬀ") == [5]


def test_spaces_count_once_and_begin_a_text():
    assert pieces().cut("  ab \n ab") == [5, 5]


def test_marks_of_the_model_in_a_text_are_no_marks():
    assert not {0, 1, 2} & set(pieces().cut("<s></s><pad>"))


def test_an_empty_text_is_the_space_before_it():
    assert pieces().cut("") == [4]
