import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.plain_text import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hello", "hello"),
        ("a\nb\tc", "a␊b␉c"),
        ("\x1b[31mred", "␛[31mred"),
        ("user\u202egnp.exe", "user⟦RLO⟧gnp.exe"),
        ("\u2066hidden\u2069", "⟦LRI⟧hidden⟦PDI⟧"),
        ("zero\u200bwidth", "zero⟦ZWSP⟧width"),
        ("\x9b31m", "⟦U+009B⟧31m"),
        ("tag\U000e0041", "tag⟦U+E0041⟧"),
        ("مرحبا", "مرحبا"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\ud800", "⟦U+D800⟧"),
    ],
)
def test_deceiving_characters_become_marks(text, shown):
    assert visible(text) == shown


def test_stacked_marks_are_cut_and_counted():
    assert visible("e" + "\u0301" * 9 + "x") == "e" + "\u0301" * 4 + "⟦+5⟧x"
    assert visible("e" + "\u0301" * 9) == "e" + "\u0301" * 4 + "⟦+5⟧"


@given(st.text())
def test_nothing_that_deceives_is_left(text):
    shown = visible(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)
    assert not any(unicodedata.bidirectional(char) in _DIRECTION_MARKS for char in shown)
    assert visible(shown) == shown


_DIRECTION_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
