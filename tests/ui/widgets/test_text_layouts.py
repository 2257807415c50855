"""Text in rows: cut, marked, wrapped, and laid out once."""

import pytest
from PySide6.QtGui import QFont

from console.ui.widgets.text_layouts import (
    SHOWN_CHARACTERS,
    TextLayouts,
    lay_out_text,
    shown_text,
)


def test_a_caption_of_32_kilobytes_is_cut_and_says_so():
    shown = shown_text("x" * 32_768)
    assert shown.endswith(f"… (+{32_768 - SHOWN_CHARACTERS:,} characters)")
    assert len(shown) < SHOWN_CHARACTERS + 40


def test_deceiving_characters_become_visible_and_markup_stays_text():
    assert shown_text("<b>a</b>\u202eb\n") == "<b>a</b>⟦RLO⟧b␊"


@pytest.mark.usefixtures("qapp")
def test_a_word_without_spaces_is_wrapped():
    layout, height = lay_out_text("w" * 400, QFont(), 200)
    assert layout.lineCount() > 5
    assert height >= layout.lineCount() * 8
    widest = max(layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
    assert widest <= 200


@pytest.mark.usefixtures("qapp")
def test_the_same_row_is_laid_out_once_and_the_oldest_is_forgotten():
    layouts = TextLayouts(capacity=2)
    first = layouts.find(1, 0, "one", QFont(), "f", 200)
    assert layouts.find(1, 0, "one", QFont(), "f", 200)[0] is first[0]
    assert layouts.find(1, 1, "another", QFont(), "f", 200)[0] is not first[0]
    layouts.find(2, 0, "two", QFont(), "f", 200)
    assert len(layouts) == 2
    assert layouts.find(1, 0, "one", QFont(), "f", 200)[0] is not first[0]
