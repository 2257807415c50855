"""Every key of every command does something or says why not, in every state of the window."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from console.domain.phase import Phase
from console.protocol.to_window import EngineState
from console.ui.shell.commands import WINDOW_COMMANDS
from console.ui.shell.features import FEATURES, WORKSPACES
from console.ui.state.targets import target_of_person
from tests.ui.watched_window import WatchedWindow

QUIT = "session.quit"


def signed_out(parts, make):
    pass


def no_call(parts, make):
    parts.session.apply(EngineState(phase=Phase.LIVE, user_id="mod", directory_complete=True))
    parts.session.apply(make.calls(whole=True))


def no_call_chosen(parts, make):
    no_call(parts, make)
    parts.session.apply(make.calls(make.call(), make.call("default:yard")))


def no_person_and_no_line(parts, make):
    no_call_chosen(parts, make)
    parts.session.apply(make.people(make.person("ann"), make.person("ben"), whole=True))
    parts.controller.choose_call("default:hall")


def a_line_and_no_person(parts, make):
    no_person_and_no_line(parts, make)
    parts.session.apply(make.heard(make.said("one")))


def a_person_and_no_line(parts, make):
    no_person_and_no_line(parts, make)
    person = parts.session.people.find("default:hall", "ann")
    parts.controller.choose_person(target_of_person(person, parts.session.calls["default:hall"]))


def not_live(parts, make):
    a_person_and_no_line(parts, make)
    parts.session.apply(EngineState(phase=Phase.RECONNECTING, sentence="Gone.", user_id="mod"))


WHERE_ONE_IS = {
    *(each.command.id for each in WORKSPACES),
    *(each.show.id for each in FEATURES if each.show is not None),
}
"""Commands that go somewhere: to be there is all that they do."""


def look(window, told):
    """All that a press can change."""
    controller, panels = window.context.controller, window.panels
    dialog = window.dialogs.open_dialog
    return (
        window.focusWidget(),
        window.workspace.id,
        controller.cid,
        controller.chosen,
        dialog and dialog.objectName(),
        QApplication.activeModalWidget() is not None,
        panels["transcript"].model.raised_only,
        panels["transcript"].why.isVisible(),
        panels["transcript"].list.currentIndex().row(),
        panels["people"].list.currentIndex().row(),
        panels["calls"].list.currentIndex().row(),
        tuple(panels["calls"].model._pinned),
        window.context.theme.tokens,
        len(window.sent),
        tuple(window.stages.windows),
        window.heat.popup.isVisible(),
        QApplication.activePopupWidget() is not None,
        tuple(window.beside.panes),
        tuple(window.call_windows.by_cid),
        panels["wall"].current() if "wall" in panels else "",
        tuple(told),
    )


BY_ID = {workspace.id: workspace for workspace in WORKSPACES}
LIVE, REQUESTS, POLICIES = BY_ID["live"], BY_ID["requests"], BY_ID["policies"]
WALL, OPEN = BY_ID["wall"], BY_ID["open"]

CASES = (
    (LIVE, signed_out),
    (LIVE, no_call),
    (LIVE, no_call_chosen),
    (LIVE, no_person_and_no_line),
    (LIVE, a_line_and_no_person),
    (LIVE, not_live),
    (OPEN, no_person_and_no_line),
    (REQUESTS, a_person_and_no_line),
    (POLICIES, signed_out),
    (WALL, signed_out),
    (WALL, no_call_chosen),
)


@pytest.mark.parametrize(
    ("workspace", "state"), CASES, ids=[f"{each.id}-{state.__name__}" for each, state in CASES]
)
def test_every_key_acts_or_says_why_not(parts, make, qtbot, qapp, workspace, state):
    state(parts, make)
    window = WatchedWindow(parts)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.show_workspace(workspace)
    own = window.panel(workspace.stage).commands
    taken = own.keys_in_use() if own is not None else frozenset()
    told, silent = [], []
    parts.controller.said.connect(lambda sentence, _token: told.append(sentence))
    parts.controller.act_refused.connect(lambda _kind, sentence: told.append(sentence))
    for command in WINDOW_COMMANDS.values():
        if command.id == QUIT or command.id in WHERE_ONE_IS:
            continue
        for key in {command.key, *command.more_keys} - taken - {""}:
            if window.workspace is not workspace:
                window.show_workspace(workspace)
            if own is None:
                window.stages.take_focus()
            else:
                window.rail.buttons[workspace.id].setFocus()  # in the editor keys write
            before = look(window, told)
            QTest.keySequence(window.focusWidget() or window, QKeySequence(key))
            if look(window, told) == before:
                silent.append((command.id, key))
            if window.dialogs.open_dialog is not None:
                window.dialogs.open_dialog.reject()
            if isinstance(asked := QApplication.activeModalWidget(), QDialog):
                asked.reject()
            window.stages.close_windows()
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            window.call_windows.close_all()
            if not window.isActiveWindow():
                window.activateWindow()
                qtbot.waitUntil(window.isActiveWindow)
    assert silent == []
