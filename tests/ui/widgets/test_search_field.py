"""A search begins once typing has paused."""

import pytest
from PySide6.QtCore import Qt

from console.ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot):
    made = SearchField("Find", "Only what holds")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_once_what_was_typed(field, qtbot, recorder):
    recorder.watch(settled=field.settled)
    qtbot.keyClicks(field, "abc")
    assert recorder.of("settled") == []
    qtbot.waitUntil(lambda: recorder.of("settled") == ["abc"])
    assert (field.placeholderText(), field.accessibleName()) == ("Find", "Only what holds")


def test_what_is_emptied_for_others_starts_no_search(field, qtbot, recorder):
    qtbot.keyClicks(field, "abc")
    recorder.watch(settled=field.settled, changed=field.textChanged)
    field.empty()
    assert field.text() == ""
    qtbot.keyClicks(field, "d")
    qtbot.waitUntil(lambda: recorder.of("settled") == ["d"])
    assert recorder.of("changed") == ["d"]


def test_escape_clears_it_first(field, qtbot):
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
