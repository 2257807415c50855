"""The keys that move act on the rows that are in sight, and on no panel of another workspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from console.domain.phase import Phase
from console.protocol.acts import RequestAct
from console.protocol.requests import RequestsChanged
from console.protocol.to_window import EngineState
from console.ui.shell.features import WORKSPACES
from console.ui.widgets.row_moves import NO_ROWS

BY_ID = {workspace.id: workspace for workspace in WORKSPACES}
LIVE, REQUESTS, POLICIES = (BY_ID[each] for each in ("live", "requests", "policies"))

COMMAND_KEYS = ("J", "K", "Shift+J", "Shift+K", "Return", "N", "P", "/")
KEYS = (*COMMAND_KEYS, "Home", "End", "PgDown", "PgUp", "Up", "Down", "Shift+Down")


@pytest.fixture
def told(live):
    heard = []
    live.controller.said.connect(lambda sentence, _token: heard.append(sentence))
    return heard


def press(window, keys):
    """Each key where the keyboard is; gives those that chose somebody or a line."""
    controller, chose = window.context.controller, []
    for key in keys:
        QTest.keySequence(window.focusWidget() or window, QKeySequence(key))
        if controller.target is not None or window.transcript.list.currentIndex().isValid():
            chose.append(key)
            controller.choose_person(None)
    return chose


@pytest.mark.parametrize("workspace", [REQUESTS, POLICIES], ids=lambda each: each.id)
@pytest.mark.parametrize("left_in", ["transcript", "people"])
def test_no_key_chooses_somebody_through_a_hidden_panel(
    window, live, say, make, session, workspace, left_in
):
    session.apply(RequestsChanged(whole=True, known_since=make.start))
    say(5)
    hidden = getattr(window, left_in).list
    hidden.setFocus()
    window.show_workspace(workspace)
    rail = window.rail.buttons[workspace.id]
    if workspace is REQUESTS:
        assert press(window, KEYS) == []
    rail.setFocus()  # in the editor of a policy keys write
    assert press(window, KEYS) == []
    window.show_workspace(workspace)  # the arrows go to other workspaces on the rail
    for key in COMMAND_KEYS:
        hidden.setFocus()  # as Qt leaves it when another window had the keyboard
        assert window.focusWidget() is hidden
        assert press(window, [key]) == []
    assert window.workspace is workspace
    assert not [message for message in window.sent if isinstance(message, RequestAct)]


def test_signed_out_the_lines_behind_the_page_are_not_moved_in(window, live, say, told):
    say(5)
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    assert press(window, COMMAND_KEYS) == []
    assert f"Next row: {NO_ROWS}" in told


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_K])
def test_an_empty_list_of_requests_says_that_it_has_no_rows(
    window, live, say, make, session, told, key
):
    session.apply(RequestsChanged(whole=True, known_since=make.start))
    say(5)
    window.transcript.list.setFocus()
    window.show_workspace(REQUESTS)
    QTest.keyClick(window.focusWidget() or window, key)
    assert told[-1].endswith(NO_ROWS)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_M)
    assert not [message for message in window.sent if isinstance(message, RequestAct)]
