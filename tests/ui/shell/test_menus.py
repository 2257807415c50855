"""Menus grey what cannot be done, and keys still say why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console.ui.shell.commands import WINDOW_COMMANDS
from console.ui.state.targets import target_of_person


@pytest.fixture
def acts_menu(window):
    (menu,) = (each for each in window.menuBar().findChildren(QMenu) if "Acts" in plain(each))
    return menu


def plain(menu):
    return menu.title().replace("&", "")


def test_what_cannot_be_done_is_grey_while_the_menu_is_open(window, live, acts_menu):
    mute = live.commands.action("act.mute_audio")
    acts_menu.aboutToShow.emit()
    assert not mute.isEnabled()
    assert "Choose a person first." in mute.toolTip()
    acts_menu.aboutToHide.emit()
    assert mute.isEnabled()


def test_the_key_of_what_was_grey_says_why(window, live, acts_menu):
    acts_menu.aboutToShow.emit()
    acts_menu.aboutToHide.emit()
    told = []
    live.controller.act_refused.connect(lambda kind, why: told.append((kind, why)))
    QTest.keyClick(window, Qt.Key.Key_M)
    assert told == [("mute_audio", "Choose a person first.")]


def test_what_can_be_done_is_not_grey(window, live, acts_menu):
    person = live.session.people.find("default:hall", "ben")
    live.controller.choose_person(target_of_person(person, live.session.calls["default:hall"]))
    acts_menu.aboutToShow.emit()
    assert live.commands.action("act.mute_audio").isEnabled()
    assert not live.commands.action("act.unban").isEnabled()
    acts_menu.aboutToHide.emit()


def test_no_menu_takes_the_key_of_a_command(window):
    keys = {key for each in WINDOW_COMMANDS.values() for key in (each.key, *each.more_keys)}
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if "&" in menu.title()]
    letters = [menu.title()[menu.title().index("&") + 1].upper() for menu in menus]
    assert not {f"Alt+{letter}" for letter in letters} & keys
    assert len(set(letters)) == len(letters)
