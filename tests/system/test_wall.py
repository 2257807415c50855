"""The wall of the real window, with the calls that a real engine tells of a real sandbox."""

import gc

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.base.tasks import Tasks
from console.protocol.codec import LineRefusedError
from console.ui.shell.assembly import assemble
from console.ui.shell.main_window import MainWindow
from console.ui.wall.feature import WALL
from console.ui.wall.tile import CallState
from tests.system.conftest import until
from tests.ui.silent_engine import SilentEngine

CALLS = 200
# Graver than two people of one name, one of them a host, of whom another call has some.
THREAT = "I will kill you tonight."


@pytest.fixture
def window(qtbot, qapp, tmp_path, engine):
    """A window that takes in what the engine says, and shows the wall."""
    paths = Paths.under(tmp_path / "window")
    paths.create()
    context = assemble(paths, SilentEngine(), Tasks(), secrets=Secrets("test"), theme="dark")
    fold = engine._fold

    def take_in(message):
        fold(message)
        if not isinstance(message, LineRefusedError):
            context.session.apply(message)

    engine._fold = take_in
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.show_workspace(WALL)
    yield made
    engine._fold = fold
    shiboken6.delete(context.engine)
    gc.collect(1)


async def test_200_calls_are_heard_lost_and_heard_again(start_sandbox, engine, window, qapp, qtbot):
    sandbox = await start_sandbox("supervisor-wall")
    session, wall = window.context.session, window.panels["wall"]

    async def comes(condition, what):
        def look():
            qapp.processEvents()
            return condition()

        return await until(look, what=what, changed=engine.changed)

    await engine.sign_in(sandbox.address)
    await comes(lambda: wall.model.rowCount() == CALLS, "a tile for every call")
    places = wall.model.cids()
    await comes(lambda: all(call.captioning for call in session.calls.values()), "captions")
    assert {wall.model.tile(cid).state for cid in places} == {CallState.LIVE}

    cid = places[120]
    engine.people.clear()
    await engine.focus(cid)
    speaker = next(iter(engine.people.values())).user_id
    said = {"cid": cid, "user_id": speaker, "text": THREAT}
    assert (await sandbox.control("/say", said))["captioned"]
    await comes(
        lambda: wall.model.tile(cid).heat and session.raised.count(cid), "heat, an open item"
    )
    assert wall.model.tile(cid).said == THREAT
    QTest.keyClick(wall.tiles, Qt.Key.Key_H)
    assert (window.workspace.id, window.context.controller.cid) == ("live", cid)
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert (window.workspace.id, wall.current()) == ("wall", cid)

    # Nothing is heard until the handshake succeeds again.
    await sandbox.control("/faults", {"kind": "error", "path": "connect", "times": 3})
    assert (await sandbox.control("/drop", {"code": 1011}))["dropped"] > 0
    await comes(
        lambda: {wall.model.tile(each).state for each in places} == {CallState.NOT_HEARD},
        "every call not heard",
    )
    lost = wall.model.tile(cid)
    assert lost.frozen
    assert lost.note.startswith("not monitored since ")
    assert " as of " in lost.people
    assert WALL.count(window.context) == CALLS

    await sandbox.control("/faults", {"kind": "clear"})
    await comes(
        lambda: {wall.model.tile(each).state for each in places} == {CallState.LIVE},
        "every call heard again",
    )
    assert wall.model.cids() == places
    assert engine.refused == []
