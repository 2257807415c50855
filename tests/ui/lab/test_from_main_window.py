"""The command that opens the lab from the main window."""

from console.ui.lab.window import LabWindow
from console.ui.shell.main_window import MainWindow
from tests.ui.lab.conftest import make_parts


def test_the_command_opens_one_lab_and_quitting_closes_it(qtbot, clock, tmp_path):
    parts = make_parts(clock, tmp_path, ["never-started"])
    window = MainWindow(parts)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert parts.commands.action("view.lab").shortcut().toString() == "Ctrl+Shift+L"
    parts.commands.run("view.lab")
    lab = window.lab
    assert isinstance(lab, LabWindow)
    assert lab.isVisible()
    parts.commands.run("view.lab")
    assert window.lab is lab
    parts.commands.run("session.quit")
    assert not lab.isVisible()
    assert not window.isVisible()
    lab.deleteLater()
