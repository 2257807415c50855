"""Every command of the lab has a menu, a key that can be changed, and a place in the palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog

from console.ui.command_table.keymap import LAB, MAIN, Keymap, portable
from console.ui.command_table.keys_dialog import KeysDialog
from console.ui.command_table.palette import PaletteDialog, matching
from console.ui.lab.commands import LAB_COMMANDS
from console.ui.shell.commands import COMMAND_TABLES
from tests.ui.key_conflicts import conflicts

WAIT = 15_000


@pytest.fixture
def keymap(qapp, tmp_path):
    return Keymap(tmp_path / "keys.json", COMMAND_TABLES)


def test_no_key_does_two_things_in_one_window_and_every_id_is_one_commands(keymap):
    assert conflicts(LAB_COMMANDS, keymap.keys(LAB)) == {}
    assert not keymap.keys(LAB).keys() & keymap.keys(MAIN).keys()
    assert [key for key in keymap.keys(LAB).values() if portable(key) != key] == []


def test_the_same_key_may_do_one_thing_in_each_window(keymap):
    assert keymap.assign("lab.start", "Ctrl+L") == ""
    assert keymap.key("go.filter_calls") == "Ctrl+L"
    assert keymap.holder("Ctrl+L") == "go.filter_calls"
    assert keymap.holder("Ctrl+L", LAB) == "lab.start"
    assert keymap.assign("lab.stop", "Ctrl+L") == "lab.start"
    assert keymap.key("lab.start") == ""


@pytest.mark.parametrize("key", ["J", "Shift+J", "Space", "Ctrl+C", "ctrl+v"])
def test_keys_for_writing_stay_free_in_the_lab(keymap, key):
    with pytest.raises(ValueError, match="in the lab"):
        keymap.assign("lab.start", key)
    assert keymap.key("lab.start") == "Ctrl+R"


@pytest.mark.parametrize("key", ["F5", "Alt+J", "Ctrl+Alt+J", "Shift+F5", ""])
def test_other_keys_can_be_taken(keymap, key):
    assert keymap.assign("lab.start", key) == ""
    assert keymap.key("lab.start") == key


def test_defaults_come_back_for_one_window_alone(keymap):
    keymap.assign("lab.start", "F5")
    keymap.assign("go.next", "Ctrl+J")
    keymap.reset(LAB)
    assert (keymap.key("lab.start"), keymap.key("go.next")) == ("Ctrl+R", "Ctrl+J")


def test_the_dialog_shows_the_keys_of_either_window(keymap, theme, qtbot):
    dialog = KeysDialog(keymap, theme, None, LAB)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.commands.rowCount() == len(LAB_COMMANDS)
    dialog.table.choose(list(LAB_COMMANDS).index("lab.start"))
    dialog.recorder.setKeySequence(QKeySequence("F5"))
    dialog.assign.click()
    assert keymap.key("lab.start") == "F5"
    dialog.recorder.setKeySequence(QKeySequence("J"))
    dialog.assign.click()
    assert dialog.words.property("ink") == "bad"
    dialog.windows.button(MAIN).click()
    assert dialog.commands.rowCount() == len(keymap.keys(MAIN))
    dialog.windows.button(LAB).click()
    dialog.findChild(QDialog)
    dialog._reset()
    assert keymap.key("lab.start") == "Ctrl+R"


def test_every_command_is_in_a_menu_with_its_key_and_follows_changes(lab):
    titles = {
        action.objectName()
        for menu in lab.menuBar().actions()
        for action in menu.menu().actions()
        if action.objectName()
    }
    assert titles == set(LAB_COMMANDS)
    assert [menu.text()[:1] for menu in lab.menuBar().actions()] == ["&"] * 5
    start = lab.action("lab.start")
    assert start.shortcut() == QKeySequence("Ctrl+R")
    lab.context.keymap.assign("lab.start", "F5")
    assert start.shortcut() == QKeySequence("F5")
    assert lab.action("lab.palette").shortcuts()[1] == QKeySequence("F1")


def test_the_palette_runs_a_command_of_the_lab(lab, qtbot):
    lab.action("lab.palette").trigger()
    palette = lab.findChild(PaletteDialog)
    qtbot.keyClicks(palette.typed, "to the form")
    qtbot.keyClick(palette.typed, Qt.Key.Key_Return)
    assert lab.policy.views.key() == "form"
    assert matching("use live", LAB_COMMANDS)[0].id == "lab.use"


def test_the_palette_says_that_nothing_fits(lab, qtbot):
    lab.action("lab.palette").trigger()
    palette = lab.findChild(PaletteDialog)
    qtbot.keyClicks(palette.typed, "zzzz")
    assert (palette.nothing.isVisible(), palette.list.isVisible()) == (True, False)
    qtbot.keyClick(palette.typed, Qt.Key.Key_Return)
    palette.typed.clear()
    assert (palette.nothing.isVisible(), palette.list.isVisible()) == (False, True)


def test_the_palette_says_why_stream_cannot_be_asked(lab):
    assert "signed out" in lab.why_not(LAB_COMMANDS["lab.push"])
    assert lab.why_not(LAB_COMMANDS["lab.undo"]) == "Nothing was changed."
    assert lab.why_not(LAB_COMMANDS["lab.try"]) == ""


def test_enter_presses_the_button_that_has_the_focus(lab, qtbot):
    button = lab.try_panel.examples[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert lab.try_panel.text.toPlainText().startswith("You are such")


def test_the_key_for_a_run_starts_what_is_shown(lab, monkeypatch):
    started = []
    for panel in (lab.run_panel, lab.stream_panel, lab.calls_panel):
        monkeypatch.setattr(panel, "start", lambda panel=panel: started.append(panel))
    for page in (lab.stream_panel, lab.calls_panel, lab.try_panel):
        lab.tabs.show_page(page)
        lab.action("lab.start").trigger()
    assert started == [lab.stream_panel, lab.calls_panel, lab.run_panel]


def test_f6_goes_to_the_other_side_and_back(lab):
    lab.policy.editor.setFocus()
    lab.action("lab.next_pane").trigger()
    assert lab.focusWidget() is lab.try_panel.text
    lab.action("lab.next_pane").trigger()
    assert lab.focusWidget() is lab.policy.editor
