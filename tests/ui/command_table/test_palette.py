"""How well typed letters fit a title."""

import pytest

from console.ui.command_table.fuzzy import score
from console.ui.command_table.palette import matching
from console.ui.shell.commands import WINDOW_COMMANDS


@pytest.mark.parametrize("typed", ["revoke mic", "rm", "REVOKE", "rvk"])
def test_letters_in_order_fit(typed):
    assert score(typed, "Revoke microphone") > 1


def test_others_do_not():
    assert score("xr", "Revoke microphone") == 0
    assert score("", "anything") == 1


def test_beginnings_of_words_win():
    assert score("mm", "Mute microphone") > score("mm", "Revoke some hammers")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("mute mic", "Mute microphone"),
        ("end", "End call"),
        ("kick", "Kick"),
        ("all calls", "All calls together"),
        ("unban", "Unban"),
    ],
)
def test_the_palette_offers_the_obvious_first(typed, title):
    titles = [command.title for command in matching(typed, WINDOW_COMMANDS)]
    assert titles[0] == title


def test_nothing_typed_lists_everything_in_order():
    assert matching("  ", WINDOW_COMMANDS) == list(WINDOW_COMMANDS.values())
