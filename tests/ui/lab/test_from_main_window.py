"""The lab in the main window: as the stage of its workspace, and in a window of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from console.ui.lab.window import LabWindow
from console.ui.shell.main_window import MainWindow
from tests.ui.lab.conftest import make_parts


@pytest.fixture
def window(qtbot, clock, tmp_path):
    made = MainWindow(make_parts(clock, tmp_path, ["never-started"]))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_lab_is_made_when_its_workspace_is_shown_for_the_first_time(window):
    commands = window.context.commands
    assert "lab" not in window.panels
    commands.run("workspace.policies")
    panel = window.panels["lab"]
    assert panel.isVisible()
    assert window.rail.buttons["policies"].isChecked()
    assert window.focusWidget() is panel
    commands.run("workspace.live")
    assert not panel.isVisible()
    commands.run("workspace.policies")
    assert window.panels["lab"] is panel


def test_the_lab_is_made_in_steps_and_a_tab_when_it_is_shown(window, qtbot):
    window.context.commands.run("workspace.policies")
    panel = window.panels["lab"]
    assert not panel.parts.was_made("policy")
    assert not panel.parts.was_made("try_panel")
    qtbot.waitUntil(lambda: panel.parts.was_made("try_panel"), timeout=5000)
    assert panel.policy.editor.isVisible()
    assert panel.policy.editor.toPlainText() == panel.document.text
    assert panel.tabs.page() is panel.try_panel
    assert not panel.parts.was_made("run_panel")
    assert not panel.policy.form.pages
    panel.tabs.bar.setCurrentIndex(1)
    assert not panel.parts.was_made("run_panel")
    qtbot.waitUntil(lambda: panel.parts.was_made("run_panel"), timeout=5000)
    assert panel.tabs.page() is panel.run_panel
    assert panel.run_panel.isVisible()
    assert not panel.parts.was_made("compare_panel")


def test_a_key_for_a_tab_puts_the_keyboard_there_once_it_is_made(window, qtbot):
    window.context.commands.run("workspace.policies")
    panel = window.panels["lab"]
    panel.commands.run("lab.compare")
    qtbot.waitUntil(lambda: panel.parts.was_made("compare_panel"), timeout=5000)
    qtbot.waitUntil(lambda: panel.compare_panel.source.path.hasFocus(), timeout=5000)
    panel.commands.run("lab.calls")
    panel.tabs.bar.setCurrentIndex(0)  # somebody went on before it was made
    qtbot.waitUntil(lambda: panel.parts.was_made("calls_panel"), timeout=5000)
    assert panel.tabs.page() is panel.try_panel


def test_a_narrow_lab_shows_one_side_and_every_key_the_side_it_is_about(window, qtbot):
    window.resize(800, 600)
    window.context.commands.run("workspace.policies")
    panel = window.panels["lab"]
    qtbot.waitUntil(lambda: panel.parts.was_made("try_panel"), timeout=5000)
    room = window.centralWidget()
    assert panel.sides.isVisible()
    assert panel.width() <= room.viewport().width()
    assert panel.policy.isVisible()
    assert not panel.tabs.isVisible()
    panel.commands.run("lab.try")
    assert panel.try_panel.text.hasFocus()
    assert panel.tabs.isVisible()
    assert not panel.policy.isVisible()
    panel.commands.run("lab.text")
    assert panel.policy.editor.hasFocus()
    assert not panel.tabs.isVisible()
    panel.sides.bar.button("results").click()
    assert panel.tabs.isVisible()
    window.resize(1400, 800)
    assert panel.policy.isVisible()
    assert not panel.sides.isVisible()


def test_a_number_key_changes_the_workspace_and_not_the_policy(window, qtbot):
    window.context.commands.run("workspace.policies")
    panel = window.panels["lab"]
    before = panel.document.text
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert window.focusWidget() is panel.policy.editor
    qtbot.keyClick(panel.policy.editor, Qt.Key.Key_Escape)
    assert window.focusWidget() is panel
    qtbot.keyClick(panel, Qt.Key.Key_1)
    assert panel.document.text == before


def test_keys_belong_to_the_lab_while_it_is_on_the_stage(window):
    commands = window.context.commands
    commands.run("workspace.policies")
    lab = window.panels["lab"].commands
    assert lab.action("lab.undo").shortcut() == QKeySequence("Ctrl+Z")
    assert commands.action("undo").shortcuts() == []
    assert not commands.action("act.kick").isEnabled()
    assert commands.action("workspace.live").shortcuts() == [
        QKeySequence("1"),
        QKeySequence("Alt+1"),
    ]
    mine, labs = commands.keys_in_use(), lab.keys_in_use()
    assert not mine & labs
    commands.run("workspace.live")
    assert commands.action("undo").shortcut() == QKeySequence("Ctrl+Z")
    assert commands.action("act.kick").isEnabled()


def test_a_key_that_the_lab_is_given_is_the_labs_at_once(window, qtbot):
    commands, keymap = window.context.commands, window.context.keymap
    commands.run("workspace.policies")
    assert commands.action("view.disagreements").shortcut() == QKeySequence("D")
    keymap.assign("view.disagreements", "Ctrl+Alt+D")
    keymap.assign("lab.start", "Ctrl+Alt+D")
    qtbot.waitUntil(lambda: not commands.action("view.disagreements").shortcuts(), timeout=2000)
    assert window.panels["lab"].commands.action("lab.start").shortcut().toString() == "Ctrl+Alt+D"


def test_its_commands_have_a_menu_and_stand_in_the_palette_only_there(window):
    def menus():
        shown = [each for each in window.menuBar().actions() if each.isVisible()]
        return [each.text().replace("&", "") for each in shown]

    commands = window.context.commands
    assert menus() == ["Session", "View", "Go", "Acts", "Help"]
    commands.run("workspace.policies")
    assert menus() == ["Session", "View", "Go", "Acts", "Help", "Policies"]
    commands.run("view.palette")
    palette = window.dialogs.open_dialog
    palette.typed.setText("to the form")
    assert palette.list.item(0).text() == "Go: To the form"
    palette._choose()
    assert window.panels["lab"].policy.views.key() == "form"
    commands.run("workspace.live")
    assert "Policies" not in menus()


def test_a_window_of_its_own_holds_the_same_policy_and_gives_it_back(window):
    commands = window.context.commands
    assert commands.action("view.lab").shortcut().toString() == "Ctrl+Shift+L"
    commands.run("workspace.policies")
    panel = window.panels["lab"]
    panel.document.set_text("# mine")
    commands.run("view.lab")
    lab = window.stages.windows["lab"]
    assert isinstance(lab, LabWindow)
    assert lab.panel is panel
    assert panel.isVisible()
    assert "window of its own" in window.stages.currentWidget().accessibleName()
    commands.run("view.lab")
    assert window.stages.windows["lab"] is lab
    lab.close()
    assert window.stages.windows == {}
    assert window.stages.currentWidget() is panel
    assert panel.document.text == "# mine"
    panel.document.set_text("")
    panel._given_up = True


def test_quitting_asks_about_an_unsaved_policy_and_then_closes_both_windows(window):
    commands = window.context.commands
    commands.run("view.lab")
    lab = window.stages.windows["lab"]
    assert lab.isVisible()
    window.panels["lab"].document.set_text("# not saved")
    commands.run("session.quit")
    assert window.isVisible()
    dialog = window.panels["lab"].findChild(object, "leave-dialog")
    dialog.findChild(QPushButton, "discard").click()
    assert not lab.isVisible()
    assert not window.isVisible()
