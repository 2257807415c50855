import json

import pytest

from console.ui.command_table.keymap import Keymap, portable
from console.ui.shell.commands import COMMAND_TABLES, WINDOW_COMMANDS
from tests.ui.key_conflicts import conflicts


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.json"


@pytest.fixture
def keymap(qapp, file):
    keymap = Keymap(file, COMMAND_TABLES)
    keymap.load()
    return keymap


def test_equal_keys_are_equal_texts(qapp):
    assert portable("ctrl+shift+m") == portable("Shift+Ctrl+M") == "Ctrl+Shift+M"
    assert portable("") == ""


def test_without_a_file_the_defaults_hold(keymap):
    assert keymap.keys() == {id_: command.key for id_, command in WINDOW_COMMANDS.items()}


def test_a_change_is_kept_and_only_the_change(keymap, file, recorder):
    recorder.watch(changed=keymap.changed)
    assert keymap.assign("go.next", "ctrl+j") == ""
    assert json.loads(file.read_text()) == {"go.next": "Ctrl+J"}
    again = Keymap(file, COMMAND_TABLES)
    again.load()
    assert again.key("go.next") == "Ctrl+J"
    assert len(recorder.all) == 1


def test_a_taken_key_moves_and_the_loser_is_named(keymap):
    assert keymap.assign("go.next", "K") == "go.previous"
    assert (keymap.key("go.next"), keymap.key("go.previous")) == ("K", "")
    assert keymap.holder("k") == "go.next"
    assert conflicts(WINDOW_COMMANDS, keymap.keys()) == {}


def test_fixed_second_keys_are_not_given_away(keymap):
    with pytest.raises(ValueError, match="Find"):
        keymap.assign("go.next", "Ctrl+F")
    assert keymap.assign("go.find", "Ctrl+F") == ""


def test_a_key_can_be_taken_away_and_all_reset(keymap, file):
    keymap.assign("go.next", "")
    assert keymap.key("go.next") == ""
    keymap.reset()
    assert keymap.key("go.next") == "J"
    assert json.loads(file.read_text()) == {}


def test_commands_of_another_version_stay_in_the_file(qapp, file):
    file.write_text('{"go.future": "Ctrl+9"}')
    keymap = Keymap(file, COMMAND_TABLES)
    keymap.load()
    keymap.assign("go.next", "Ctrl+J")
    keymap.reset()
    assert json.loads(file.read_text()) == {"go.future": "Ctrl+9"}


def test_a_file_that_is_not_understood_is_left_alone(qapp, file, recorder):
    file.write_text("[]")
    keymap = Keymap(file, COMMAND_TABLES)
    recorder.watch(trouble=keymap.trouble_found)
    keymap.load()
    keymap.assign("go.next", "Ctrl+J")
    assert keymap.key("go.next") == "Ctrl+J"
    assert file.read_text() == "[]"
    assert "keys.json" in recorder.of("trouble")[0]


def test_conflicts_name_every_claimant(qapp):
    keys = {"go.next": "M", "act.mute_audio": "m", "go.find": "", "go.newest": "ctrl+f"}
    assert conflicts(WINDOW_COMMANDS, keys) == {
        "M": ("go.next", "act.mute_audio"),
        "Ctrl+F": ("go.find", "go.newest"),
    }
