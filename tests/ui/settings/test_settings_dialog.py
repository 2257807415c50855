"""Every setting can be found, understood, changed and put back, with the keyboard too."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget

from console.ui.settings.settings_dialog import SettingsDialog
from console.ui.state.settings import Settings
from console.ui.state.settings_table import SETTINGS
from console.ui.widgets.segments import Segments


@pytest.fixture
def settings(qapp, tmp_path):
    made = Settings(tmp_path / "settings.json")
    made.load()
    return made


@pytest.fixture
def dialog(settings, qtbot):
    owner = QWidget()  # the dialog deletes itself when it closes
    qtbot.addWidget(owner)
    made = SettingsDialog(settings, owner)
    made.open()
    yield made
    owner.close()


def shown(dialog):
    return [name for name, row in dialog.rows.items() if row.isVisible()]


def test_every_setting_of_the_table_that_has_a_title_is_there_with_help_and_default(dialog):
    titled = [setting for setting in SETTINGS.values() if setting.title]
    assert shown(dialog) == [setting.name for setting in titled]
    assert all(setting.help.endswith(".") and setting.group for setting in titled)
    assert dialog.rows["theme"].note.text() == "Default: As the system"
    assert dialog.rows["show_notices"].note.text() == "Default: on"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("theme", ["theme"]),
        ("DARK", ["theme"]),
        ("joins leaves", ["show_notices"]),
        ("keyring", ["sign_in_at_start"]),
        ("joins theme", []),
    ],
)
def test_a_search_looks_at_all_that_is_said_of_a_setting(dialog, typed, found):
    QTest.keyClicks(dialog.search, typed)
    assert shown(dialog) == found
    assert dialog.nothing.isVisible() is (not found)
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert len(shown(dialog)) > 1
    assert not dialog.nothing.isVisible()


def test_a_change_takes_effect_at_once_and_can_be_put_back(dialog, settings):
    row = dialog.rows["theme"]
    assert not row.reset.isVisible()
    assert isinstance(row.editor, Segments)
    row.editor.button("dark").click()
    assert settings["theme"] == "dark"
    assert row.reset.isVisible()
    row.reset.click()
    assert settings["theme"] == "system"
    assert row.editor.key() == "system"
    assert not row.reset.isVisible()


def test_a_setting_changed_elsewhere_is_shown(dialog, settings):
    settings["show_notices"] = False
    box = dialog.rows["show_notices"].editor
    assert isinstance(box, QCheckBox)
    assert not box.isChecked()
    box.click()
    assert settings["show_notices"] is True


def test_all_of_them_are_put_back(dialog, settings):
    assert not dialog.all_defaults.isEnabled()
    settings["text_size"] = 130
    settings["calls_sort"] = "name"
    settings["pinned_calls"] = ["default:a"]
    dialog.all_defaults.click()
    assert (settings["text_size"], settings["calls_sort"]) == (100, "heat")
    assert settings["pinned_calls"] == ["default:a"], "only what the dialog shows"
    assert not dialog.all_defaults.isEnabled()


def test_the_keyboard_reaches_every_row(dialog):
    reached = set()
    for _ in range(40):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        at = dialog.focusWidget()
        reached |= {name for name, row in dialog.rows.items() if row.isAncestorOf(at)}
    assert reached == set(dialog.rows)


def test_escape_empties_the_search_and_then_closes(dialog, qtbot):
    QTest.keyClicks(dialog.search, "theme")
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
