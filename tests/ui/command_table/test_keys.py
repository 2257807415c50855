"""Changing keys."""

import pytest
from PySide6.QtGui import QKeySequence

from console.ui.command_table.keys_dialog import KeysDialog
from console.ui.shell.commands import WINDOW_COMMANDS
from tests.ui.table_cells import cell


@pytest.fixture
def dialog(keymap, theme, qtbot):
    made = KeysDialog(keymap, theme)
    qtbot.addWidget(made)
    made.open()
    return made


def choose(dialog, command_id):
    dialog.table.choose(list(WINDOW_COMMANDS).index(command_id))


def test_a_free_key_is_taken(dialog, keymap):
    choose(dialog, "go.next")
    dialog.recorder.setKeySequence(QKeySequence("Ctrl+9"))
    dialog.assign.click()
    assert keymap.key("go.next") == "Ctrl+9"
    row = list(WINDOW_COMMANDS).index("go.next")
    assert cell(dialog.commands, row, "Key") == "Ctrl+9"


def test_a_conflict_is_said_before_the_key_is_taken(dialog, keymap):
    choose(dialog, "go.next")
    dialog.recorder.setKeySequence(QKeySequence("K"))
    dialog.assign.click()
    assert (keymap.key("go.next"), keymap.key("go.previous")) == ("J", "K")
    asked = "“Previous row” has K now. Press once more to take it from there."
    assert dialog.words.text() == asked
    choose(dialog, "go.extend_next")
    dialog.recorder.setKeySequence(QKeySequence("K"))
    dialog.assign.click()
    assert dialog.words.text() == asked
    choose(dialog, "go.next")
    dialog.recorder.setKeySequence(QKeySequence("K"))
    dialog.assign.click()
    dialog.assign.click()
    assert keymap.key("go.next") == "K"
    assert keymap.key("go.previous") == ""
    assert dialog.words.text() == "“Previous row” had K and has no key now."


def test_a_fixed_key_is_refused(dialog, keymap):
    choose(dialog, "go.next")
    dialog.recorder.setKeySequence(QKeySequence("Ctrl+F"))
    dialog.assign.click()
    assert keymap.key("go.next") == "J"
    assert dialog.words.property("ink") == "bad"


def test_no_key_and_all_defaults(dialog, keymap):
    choose(dialog, "go.next")
    dialog.none.click()
    assert keymap.key("go.next") == ""
    keymap.reset()
    assert keymap.key("go.next") == "J"
