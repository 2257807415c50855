"""Matched words stay marked when deceiving characters are made visible."""

from hypothesis import given
from hypothesis import strategies as st

from console.base.plain_text import visible
from console.domain.verdict import Match
from console.ui.widgets.marked_text import Stretch, shown, stretches, tone_of


def test_the_stronger_action_shows_where_matches_overlap():
    matches = [
        Match(rule="a", action="flag", start=0, end=6),
        Match(rule="b", action="remove", start=4, end=8),
    ]
    assert stretches(matches, 10) == [Stretch(0, 4, "warn"), Stretch(4, 8, "bad")]


def test_spans_outside_of_the_text_are_cut():
    assert stretches([Match(rule="a", start=3, end=99)], 5) == [Stretch(3, 5, "warn")]


def test_marks_move_with_the_characters_that_are_spelled_out():
    text = "\u202eyou idiot"
    match = Match(rule="a", start=5, end=10)
    words, marks = shown(text, (match,))
    assert words == visible(text)
    assert [words[mark.start : mark.end] for mark in marks] == ["idiot"]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_marks_are_in_order_and_inside(text, spans):
    matches = tuple(Match(rule="a", start=start, end=end) for start, end in spans)
    words, marks = shown(text, matches)
    at = 0
    for mark in marks:
        assert at <= mark.start < mark.end <= len(words)
        at = mark.end


def test_tones():
    assert [tone_of(each) for each in ("flag", "mask", "shadow", "remove")] == [
        "warn",
        "warn",
        "bad",
        "bad",
    ]
