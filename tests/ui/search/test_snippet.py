"""What a row shows of a long text: whole words around what was searched for."""

import pytest

from console.ui.search.snippet import snippet
from console.ui.widgets.marked_text import Stretch

LONG = "somebody just gave us the keys and nobody knows why they did that"


def shown(text, word, room):
    """With letters that are one pixel wide."""
    at = text.index(word)
    words, marks = snippet(text, [Stretch(at, at + len(word), "warn")], room, len)
    return words, [words[mark.start : mark.end] for mark in marks]


@pytest.mark.parametrize(
    ("room", "word", "words"),
    [
        (100, "keys", LONG),
        (40, "gave", "somebody just gave us the keys and…"),
        (40, "keys", "… just gave us the keys and nobody…"),
        (30, "that", "… they did that"),
        (8, "keys", "… keys…"),
    ],
)
def test_it_is_cut_at_words_and_says_so(room, word, words):
    assert shown(LONG, word, room) == (words, [word])
    assert len(words) <= room


def test_a_text_without_spaces_is_cut_between_letters():
    words, marks = shown("東京タワーに行く" * 9, "タワ", 12)
    assert words == "東京タワーに行く東京タ…"
    assert marks == ["タワ"]
    assert len(words) == 12


def test_marks_that_are_not_shown_are_left_out():
    text = "one two three four five"
    words, marks = snippet(text, [Stretch(0, 3, "warn"), Stretch(19, 23, "warn")], 12, len)
    assert (words, marks) == ("one two…", [Stretch(0, 3, "warn")])
