"""Several transcripts side by side, and calls in windows of their own."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.acts.table import spec_of
from console.protocol.acts import RequestAct
from console.ui.shell import call_windows, side_by_side
from console.ui.state.entries import ItemEntry
from console.ui.state.targets import target_of_line

HALL, YARD, ATTIC = "default:hall", "default:yard", "default:attic"
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def calls(window, live, make):
    live.session.apply(make.calls(make.call(ATTIC, captioning=True)))
    return window


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifiers)


def hear(live, make, cid, key):
    said = make.said(key, cid=cid, received_at=live.clock.now(), text=f"words in {cid}")
    live.session.apply(make.heard(said, verdicts=[make.verdict(key)]))


def said_in(panel):
    rows = (panel.model.entry(row) for row in range(panel.model.rowCount()))
    return [entry.item.item_id for entry in rows if isinstance(entry, ItemEntry)]


def test_a_transcript_that_is_kept_stays_while_the_reader_goes_through_others(calls, live, make):
    live.controller.choose_call(YARD)
    press(calls.transcript.list, Qt.Key.Key_B, CTRL)
    live.controller.choose_call(HALL)
    hear(live, make, HALL, "one")
    hear(live, make, YARD, "two")
    pane = calls.beside.panes[YARD]
    assert pane.isVisible()
    assert (said_in(calls.transcript), said_in(pane)) == (["one"], ["two"])
    assert pane.header.name.accessibleName() == "yard"


def test_each_has_as_much_room_and_only_the_calls_show_them(calls, live):
    assert calls.beside.keep((YARD, ATTIC)) == ""
    sizes = calls.beside.sizes()
    assert max(sizes) - min(sizes) <= 2
    calls.context.commands.run("workspace.requests")
    assert not any(pane.isVisible() for pane in calls.beside.panes.values())
    calls.context.commands.run("workspace.live")
    assert all(pane.isVisible() for pane in calls.beside.panes.values())


def test_keys_work_in_the_transcript_that_has_the_keyboard(calls, live, make, qtbot):
    hear(live, make, YARD, "raised")
    live.controller.choose_call(HALL)
    calls.beside.keep((YARD,))
    pane = calls.beside.panes[YARD]
    qtbot.waitUntil(pane.list.hasFocus)
    press(pane.list, Qt.Key.Key_F)
    assert (pane.model.raised_only, calls.transcript.model.raised_only) == (True, False)
    press(pane.list, Qt.Key.Key_K)
    assert pane.list.currentIndex().row() == pane.model.rowCount() - 1
    assert live.controller.target.cid == YARD


def test_an_act_on_the_call_is_for_the_one_that_is_read(calls, live, qtbot):
    live.controller.choose_call(HALL)
    calls.beside.keep((YARD,))
    qtbot.waitUntil(lambda: calls.beside.focused() is not None)
    assert live.controller.call_target().cid == YARD
    calls.transcript.take_focus()
    assert live.controller.call_target().cid == HALL


def test_lines_in_a_transcript_beside_count_as_seen(calls, live, make):
    hear(live, make, YARD, "before")
    assert live.session.heat[YARD].unseen == {"before"}
    calls.beside.keep((YARD,))
    assert live.session.heat[YARD].unseen == set()
    hear(live, make, YARD, "after")
    assert live.session.heat[YARD].unseen == set()
    calls.beside.close_all()
    hear(live, make, YARD, "unread")
    assert live.session.heat[YARD].unseen == {"unread"}


def test_a_key_or_the_button_closes_one(calls, live, qtbot):
    calls.beside.keep((YARD, ATTIC))
    press(calls.transcript.list, Qt.Key.Key_B, CTRL | SHIFT)
    assert list(calls.beside.panes) == [YARD]
    calls.beside.panes[YARD].header.close_button.click()
    assert calls.beside.panes == {}
    assert calls.beside.close_one() == "No transcript stands beside the stage."
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    live.session.state_changed.emit(live.session.state)  # nobody who is gone hears of it


def test_there_is_a_most_and_it_is_said(calls, live, make):
    cids = [f"default:more-{number}" for number in range(side_by_side.MOST + 1)]
    live.session.apply(make.calls(*(make.call(cid) for cid in cids)))
    assert calls.beside.keep(cids) == side_by_side.FULL
    assert len(calls.beside.panes) == side_by_side.MOST
    live.controller.choose_call("")
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    press(calls.transcript, Qt.Key.Key_B, CTRL)
    assert side_by_side.NO_CALL in said[0]


def test_chosen_tiles_become_transcripts_side_by_side(calls, live, make):
    calls.context.commands.run("workspace.wall")
    tiles = calls.wall.tiles
    press(tiles, Qt.Key.Key_Home)
    press(tiles, Qt.Key.Key_J, SHIFT)
    press(tiles, Qt.Key.Key_J, SHIFT)
    chosen = tiles.chosen()
    assert chosen == (ATTIC, HALL, YARD)
    press(tiles, Qt.Key.Key_B, CTRL)
    assert (calls.workspace.id, live.controller.cid) == ("live", ATTIC)
    assert list(calls.beside.panes) == [HALL, YARD]
    press(calls, Qt.Key.Key_Backspace)
    assert calls.workspace.id == "wall"


def test_a_call_has_a_window_of_its_own(calls, live, make, sent, qtbot):
    hear(live, make, YARD, "line")
    live.controller.choose_call(YARD)
    press(calls.transcript.list, Qt.Key.Key_Return, SHIFT)
    own = calls.call_windows.by_cid[YARD]
    live.controller.choose_call(HALL)
    qtbot.waitUntil(own.isActiveWindow)
    assert own.windowTitle() == "yard – Moderator Console"
    assert said_in(own.transcript) == ["line"]
    press(own.transcript.list, Qt.Key.Key_K)
    assert live.controller.target.user_id == "ann"
    assert own.card.name.text() == "Ann"
    sent.clear()
    press(own.transcript.list, Qt.Key.Key_M)
    (request,) = sent.of(RequestAct)
    assert (request.act.cid, request.act.user_ids) == (YARD, ("ann",))
    assert live.controller.call_target().cid == YARD
    press(own.transcript.list, Qt.Key.Key_B, CTRL | SHIFT)
    assert calls.call_windows.by_cid == {}


def test_a_heavy_act_arms_in_the_window_of_the_call_too(calls, live, make, sent, qtbot):
    hear(live, make, YARD, "line")
    calls.call_windows.open((YARD,))
    own = calls.call_windows.by_cid[YARD]
    qtbot.waitUntil(own.isActiveWindow)
    item = live.session.history.line("line").item
    live.controller.choose_person(target_of_line(item, live.session.call(YARD)))
    sent.clear()
    press(own.transcript.list, Qt.Key.Key_X)
    assert not sent.of(RequestAct)
    assert live.controller.arming.shown is not None
    assert live.controller.arming.shown.name == spec_of("kick").kind
    live.controller.arming.stop()


def test_the_windows_of_calls_close_with_the_main_one(calls, live, make):
    cids = [f"default:more-{number}" for number in range(call_windows.MOST + 1)]
    live.session.apply(make.calls(*(make.call(cid) for cid in cids)))
    assert calls.call_windows.open(cids) == call_windows.FULL
    assert len(calls.call_windows.by_cid) == call_windows.MOST
    calls.close()
    assert calls.call_windows.by_cid == {}
    assert live.settings["call_geometry"]
