import pytest
from PySide6.QtGui import QKeySequence

from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, spec_of
from console.ui.command_table.commands import Command, CommandSet, act_command_id, table_of
from console.ui.command_table.keymap import portable
from console.ui.shell.commands import WINDOW_COMMANDS
from tests.ui.key_conflicts import conflicts


@pytest.fixture
def commands(qapp):
    return CommandSet(WINDOW_COMMANDS)


def test_every_act_is_a_command():
    acts = {command.act: command for command in WINDOW_COMMANDS.values() if command.act}
    assert list(acts) == [spec.kind for spec in ACTS if spec.scope is not Scope.ITEM]
    assert all(spec_of(kind).label == command.title for kind, command in acts.items())


def test_default_keys_are_keys_and_free_of_conflicts(qapp):
    keys = {id_: command.key for id_, command in WINDOW_COMMANDS.items()}
    assert [key for key in keys.values() if key and portable(key) != key] == []
    assert conflicts(WINDOW_COMMANDS, keys) == {}


def test_every_command_is_an_action_with_its_key(commands):
    assert [action.objectName() for action in commands.actions()] == list(WINDOW_COMMANDS)
    assert commands.action("go.next").shortcut() == QKeySequence("J")
    assert commands.action("go.find").shortcuts() == [QKeySequence("/"), QKeySequence("Ctrl+F")]
    assert commands.action("view.about").shortcuts() == []


def test_an_action_runs_its_handler(commands, recorder):
    ran = []
    recorder.watch(act=commands.act_wanted)
    commands.on("go.next", lambda: ran.append("next"))
    commands.action("go.next").trigger()
    commands.action(act_command_id("kick")).trigger()
    assert ran == ["next"]
    assert recorder.all == [("act", "kick")]


def test_only_known_commands_have_handlers(commands):
    with pytest.raises(KeyError):
        commands.on("go.nowhere", print)


def test_keys_can_change(commands):
    commands.set_keys({"go.next": "Ctrl+J"})
    assert commands.action("go.next").shortcut() == QKeySequence("Ctrl+J")
    assert commands.action("go.previous").shortcuts() == []


def test_keys_that_somebody_else_uses_are_left_to_them(commands):
    keys = {"go.next": "Ctrl+J", "go.previous": "K", "go.find": "/"}
    commands.set_keys(keys, reserved=frozenset({"Ctrl+J", "Ctrl+F"}))
    assert commands.action("go.next").shortcuts() == []
    assert commands.action("go.previous").shortcut() == QKeySequence("K")
    assert commands.action("go.find").shortcuts() == [QKeySequence("/")]


def test_the_keys_in_use_are_all_of_them(commands):
    commands.set_keys({"go.next": "Ctrl+9", "go.find": "/"})
    assert {"Ctrl+9", "/", "Ctrl+F"} <= commands.keys_in_use()
    assert not {"", "J"} & commands.keys_in_use()


def test_two_commands_cannot_have_one_id():
    one = Command(id="same", title="One", group="Go")
    with pytest.raises(ValueError, match="same id"):
        table_of(one, one)
