"""The keys of the window's commands, kept in a file of the test."""

import pytest

from console.ui.command_table.keymap import Keymap
from console.ui.shell.commands import COMMAND_TABLES


@pytest.fixture
def keymap(qapp, tmp_path):
    return Keymap(tmp_path / "keys.json", COMMAND_TABLES)
